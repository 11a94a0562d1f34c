// The raw traffic of one answer at a time.

import { element, keepAtBottom } from './dom.js';

const TITLES = { request: 'Request', response: 'Response', chunk: 'Stream', end: 'End' };

export class WireLog {

	constructor(log, select) {
		this.log = log;
		this.select = select;
		this.answers = [];
		select.addEventListener('change', () => this.show(this.answers[select.selectedIndex]));
	}

	/** Another answer begins. */
	add(answer) {
		this.answers.push(answer);
		const name = `${this.answers.length}: ${answer.model.alias}`;
		this.select.disabled = false;
		this.select.replaceChildren(...(this.answers.length > 1 ? this.select.children : []), new Option(name));
		this.show(answer);
	}

	show(answer) {
		if (this.shown) {
			this.shown.onTraffic = null;
		}
		this.shown = answer;
		this.last = null;
		this.log.replaceChildren();
		this.select.selectedIndex = this.answers.indexOf(answer);
		answer.onTraffic = (data) => keepAtBottom(this.log, () => this.append(data));
		answer.traffic.forEach((data) => this.append(data));
	}

	append(data) {
		const key = `${data.round}.${data.attempt}.${data.what}`;
		// Pieces of a stream are one text, however the network cut it.
		if (data.what === 'chunk' && this.last?.key === key) {
			this.last.text.appendData(data.text);
			return;
		}
		const text = document.createTextNode(data.text);
		const title = `${TITLES[data.what] ?? data.what}${data.status ? ` ${data.status}` : ''}`;
		const place = `call ${data.round}, attempt ${data.attempt}`;
		this.log.append(element('section', data.what, element('h3', '', title, element('small', '', place)), element('pre', '', element('code', '', text))));
		this.last = { key, text };
	}

	clear() {
		this.answers = [];
		this.shown = null;
		this.log.replaceChildren();
		this.select.replaceChildren(new Option('No answer yet'));
		this.select.disabled = true;
	}
}
