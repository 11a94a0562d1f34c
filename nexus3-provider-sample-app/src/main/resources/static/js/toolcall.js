// One call of a tool: its arguments as they come, and what the tool said.

import { element } from './dom.js';

export class ToolCallView {

	constructor(name) {
		this.state = element('span', 'state', 'running …');
		this.args = element('pre', '', element('code'));
		this.list = element('dl', '', element('dt', '', 'Arguments'), element('dd', '', this.args));
		this.root = element('details', 'tool', element('summary', '', 'Tool ', element('b', '', name), this.state),
			element('div', 'body', this.list));
		this.root.open = true;
	}

	argument(text) {
		this.args.firstChild.append(text);
	}

	result(data) {
		// Arguments that are no JSON object come as the model wrote them.
		const broken = typeof data.arguments === 'string';
		this.args.firstChild.textContent = broken ? data.arguments : JSON.stringify(data.arguments, null, 1).replace(/\n\s*/g, ' ');
		if (broken) {
			this.list.firstChild.textContent = 'Arguments, broken';
		}
		this.list.append(element('dt', '', data.error ? 'The model is told' : 'Result'),
			element('dd', '', element('pre', '', element('code', '', data.result))));
		this.root.classList.add(data.error ? 'failed' : 'done');
		this.state.textContent = broken ? 'not run: broken arguments' : (data.error ? 'failed' : 'done');
	}

	/** The answer ended before the tool did. */
	close() {
		if (!this.root.matches('.done, .failed')) {
			this.state.textContent = 'not run';
		}
	}
}
