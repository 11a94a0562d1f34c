// One answer on the page. Text from models is only ever put into text nodes, never parsed as HTML.

/** Makes an element; strings among the children become text nodes. */
export function element(tag, className, ...children) {
	const node = document.createElement(tag);
	if (className) {
		node.className = className;
	}
	node.append(...children);
	return node;
}

/** Follows the text as it grows, unless the user has scrolled up to read. */
export function keepAtBottom(scroller, change) {
	const atBottom = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
	change();
	if (atBottom) {
		scroller.scrollTop = scroller.scrollHeight;
	}
}

// ---------------------------------------------------------------- text to nodes

/** Paragraphs, ``` blocks and `code`; everything else stays as the model wrote it. */
function renderText(target, text) {
	const nodes = [];
	text.split(/^[ \t]*```[^\n]*$/m).forEach((part, i) => {
		if (i % 2 === 1) {
			nodes.push(element('pre', '', element('code', '', part.replace(/^\n|\n$/g, ''))));
			return;
		}
		for (const paragraph of part.split(/\n\s*\n/)) {
			if (paragraph.trim() !== '') {
				nodes.push(element('p', '', ...renderLine(paragraph.replace(/^\n+|\s+$/g, ''))));
			}
		}
	});
	target.replaceChildren(...nodes);
}

function renderLine(text) {
	return text.split(/`([^`\n]+)`/).map((part, i) => (i % 2 === 1) ? element('code', '', part) : part);
}

// ---------------------------------------------------------------- one answer

/** Shows one answer as it comes: text, reasoning and tool calls in their order. */
export class Answer {

	/**
	 * @param model {alias, simulated} of who answers
	 * @param scroller what scrolls
	 * @param onRetry called when the user wants another try
	 */
	constructor(model, scroller, onRetry) {
		this.model = model;
		this.scroller = scroller;
		this.onRetry = onRetry;
		this.text = '';
		this.block = null;
		this.calls = new Map();
		this.waiting = element('p', 'waiting', 'Waiting for the model');
		this.body = element('div', 'body', this.waiting);
		this.root = element('article', 'turn answer', element('h2', '', model.alias), this.body);
		this.root.setAttribute('aria-busy', 'true');
	}

	/** Shows one server-sent event. */
	handle(name, data) {
		keepAtBottom(this.scroller, () => this.show(name, data));
	}

	show(name, data) {
		this.waiting.remove();
		switch (name) {
			case 'content':
				this.text += data.text;
				this.append('text', data.text);
				break;
			case 'refusal':
				this.text += data.text;
				this.append('refusal', data.text);
				break;
			case 'reasoning':
				this.append('thoughts', data.text);
				break;
			case 'tool-call':
				this.call(data);
				break;
			case 'tool-arguments':
				this.call(data).args.append(data.text);
				break;
			case 'tool-result':
				this.result(data);
				break;
			case 'complete':
				this.complete(data);
				break;
			case 'error':
				this.fail(data.message, data);
				break;
			default: // a newer server may send more
		}
	}

	/** Appends to the open block, or opens one when the kind changes. */
	append(kind, text) {
		if (this.block?.kind !== kind) {
			this.close();
			const node = element('div', kind);
			const block = { kind, text: '', node, frame: 0 };
			if (kind === 'thoughts') {
				block.node = element('div', 'body');
				const details = element('details', 'thoughts', element('summary', '', 'Thinking …'), block.node);
				details.open = true;
				block.details = details;
				this.body.append(details);
			}
			else {
				this.body.append(node);
			}
			this.block = block;
		}
		const block = this.block;
		block.text += text;
		if (kind === 'thoughts') {
			block.node.append(text);
		}
		else {
			// Many pieces may come in one frame; draw them once.
			block.frame ||= requestAnimationFrame(() => {
				block.frame = 0;
				keepAtBottom(this.scroller, () => renderText(block.node, block.text));
			});
		}
	}

	close() {
		const block = this.block;
		this.block = null;
		if (block?.details) {
			block.details.open = false;
			block.details.firstChild.textContent = 'Reasoning';
		}
		else if (block) {
			cancelAnimationFrame(block.frame);
			renderText(block.node, block.text);
		}
	}

	call(data) {
		const key = `${data.round}.${data.index}`;
		if (!this.calls.has(key)) {
			this.close();
			const state = element('span', 'state', 'running …');
			const args = element('dd');
			const list = element('dl', '', element('dt', '', 'Arguments'), args);
			const root = element('details', 'tool', element('summary', '', 'Tool ', element('b', '', data.name ?? ''), state),
				element('div', 'body', list));
			root.open = true;
			this.body.append(root);
			this.calls.set(key, { root, state, args, list });
		}
		return this.calls.get(key);
	}

	result(data) {
		const call = this.call(data);
		call.args.textContent = (typeof data.arguments === 'string') ? data.arguments : JSON.stringify(data.arguments);
		call.list.append(element('dt', '', data.error ? 'Error' : 'Result'), element('dd', '', data.result));
		call.root.classList.add(data.error ? 'failed' : 'done');
		call.state.textContent = data.error ? 'failed' : 'done';
	}

	complete(data) {
		if (this.text === '') {
			this.body.append(element('p', 'hint', 'The model sent no text.'));
		}
		const facts = [];
		const usage = data.usage ?? {};
		if (data.finishReason === 'length') {
			facts.push('cut off at the token limit');
		}
		else if (data.finishReason !== 'stop') {
			facts.push(`ended: ${data.finishReason}`);
		}
		facts.push(`first event ${seconds(data.firstEventMs)}`, `total ${seconds(data.totalMs)}`);
		facts.push((usage.inputTokens === undefined && usage.outputTokens === undefined) ? 'usage unknown'
			: `${usage.inputTokens ?? '?'} tokens in, ${usage.outputTokens ?? '?'} out`);
		if (usage.reasoningTokens) {
			facts.push(`${usage.reasoningTokens} of them reasoning`);
		}
		if (usage.cost !== undefined) {
			facts.push(`cost ${Number(usage.cost.toPrecision(3))}`);
		}
		if (data.summary.rounds > 1) {
			facts.push(`${data.summary.rounds} rounds`);
		}
		facts.push([data.upstreamProvider, data.model].filter(Boolean).join(' · '));
		const list = element('ul', 'facts', ...facts.filter(Boolean).map((fact) => element('li', '', fact)));
		if (this.model.simulated) {
			list.prepend(element('li', 'badge', 'simulated'));
		}
		this.body.append(list);
	}

	fail(message, { retryable = true, retryAfterMs, status } = {}) {
		const words = [message.replace(/\.$/, '') + '.'];
		if (status) {
			words.push(`The provider answered with status ${status}.`);
		}
		if (retryAfterMs) {
			words.push(`Try again in ${seconds(retryAfterMs)}.`);
		}
		if (this.text !== '') {
			words.push('What you see above is not the whole answer.');
		}
		this.problem = element('div', 'problem', element('p', '', words.join(' ')));
		if (retryable) {
			const again = element('button', '', 'Try again');
			again.type = 'button';
			again.addEventListener('click', () => this.onRetry(this));
			this.problem.append(again);
		}
		this.body.append(this.problem);
		this.failed = true;
	}

	end(note) {
		this.waiting.remove();
		this.close();
		for (const call of this.calls.values()) {
			if (!call.root.matches('.done, .failed')) {
				call.state.textContent = 'not run';
			}
		}
		if (note) {
			this.body.append(element('p', 'hint', note));
		}
		this.root.setAttribute('aria-busy', 'false');
	}
}

function seconds(milliseconds) {
	return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
