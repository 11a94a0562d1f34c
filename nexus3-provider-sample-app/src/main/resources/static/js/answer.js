// One answer on the page: reasoning, text, tool calls and attempts in their order.

import { Attempts } from './attempts.js';
import { button, copyButton, element, keepAtBottom } from './dom.js';
import { Markdown } from './markdown.js';
import { ToolCallView } from './toolcall.js';
import { kindInWords, seconds, speed } from './words.js';

/** Shows one answer as it comes. */
export class Answer {

	/**
	 * @param model {alias, provider, simulated} of who answers
	 * @param scroller what scrolls
	 * @param on {retry, wire, say}: the user wants another try or the raw traffic; there is something to tell
	 */
	constructor(model, scroller, on) {
		this.model = model;
		this.scroller = scroller;
		this.on = on;
		this.text = '';
		this.pieces = 0;
		this.block = null;
		this.calls = new Map();
		this.rounds = new Map();
		this.traffic = [];
		this.started = performance.now();
		this.clock = element('span', 'clock');
		this.clock.setAttribute('aria-hidden', 'true');
		this.waiting = element('p', 'waiting', 'Waiting for the model ', this.clock);
		this.body = element('div', 'body', this.waiting);
		this.root = element('article', 'turn answer', element('h2', '', model.alias, element('small', '', ` ${model.provider}`)),
			this.body);
		this.root.setAttribute('aria-busy', 'true');
		this.timer = setInterval(() => this.clock.textContent = seconds(performance.now() - this.started), 100);
	}

	/** Shows one server-sent event. */
	handle(name, data) {
		keepAtBottom(this.scroller, () => this.show(name, data));
	}

	show(name, data) {
		switch (name) {
			case 'content':
				this.text += data.text;
				this.piece('text', data.text);
				break;
			case 'refusal':
				this.text += data.text;
				this.piece('refusal', data.text);
				break;
			case 'reasoning':
				this.piece('thoughts', data.text);
				break;
			case 'tool-call':
				this.call(data);
				break;
			case 'tool-arguments':
				this.call(data).argument(data.text);
				break;
			case 'tool-result':
				this.call(data).result(data);
				this.rest('Waiting for the model to go on ');
				break;
			case 'attempt-started':
				this.round(data).started(data);
				break;
			case 'attempt-ended':
				this.round(data).ended(data);
				break;
			case 'retry-planned':
				this.body.insertBefore(this.round(data).root, this.waiting.parentNode ? this.waiting : null);
				this.round(data).planned(data);
				this.on.say(`${kindInWords(data.kind)}. Waiting ${seconds(data.delayMs)} before attempt ${data.number}.`);
				break;
			case 'wire':
				this.traffic.push(data);
				this.onTraffic?.(data);
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

	/** Waiting again, after something was there. */
	rest(words) {
		this.close();
		this.waiting.firstChild.data = words;
		this.body.append(this.waiting);
	}

	round(data) {
		if (!this.rounds.has(data.round)) {
			this.rounds.set(data.round, new Attempts());
		}
		return this.rounds.get(data.round);
	}

	/** Appends to the open block, or opens one when the kind changes. */
	piece(kind, text) {
		this.waiting.remove();
		this.pieces++;
		this.firstMs ??= performance.now() - this.started;
		if (this.block?.kind !== kind) {
			this.close();
			this.block = this.open(kind);
		}
		const block = this.block;
		block.text += text;
		// Many pieces may come in one frame; draw them once.
		block.frame ||= requestAnimationFrame(() => {
			block.frame = 0;
			keepAtBottom(this.scroller, () => block.markdown.show(block.text));
		});
	}

	open(kind) {
		const block = { kind, text: '', markdown: new Markdown(kind), frame: 0 };
		if (kind === 'thoughts') {
			block.details = element('details', 'thoughts', element('summary', '', 'Thinking …'), block.markdown.root);
			block.details.open = true;
			block.since = performance.now();
			this.body.append(block.details);
		}
		else {
			this.body.append(block.markdown.root);
		}
		return block;
	}

	close() {
		const block = this.block;
		this.block = null;
		if (!block) {
			return;
		}
		cancelAnimationFrame(block.frame);
		block.markdown.show(block.text);
		if (block.details) {
			block.details.open = false;
			block.details.firstChild.textContent = `Thought for ${seconds(performance.now() - block.since)}`;
		}
	}

	call(data) {
		const key = `${data.round}.${data.index}`;
		if (!this.calls.has(key)) {
			this.waiting.remove();
			this.close();
			this.firstMs ??= performance.now() - this.started;
			const call = new ToolCallView(data.name ?? '');
			this.body.append(call.root);
			this.calls.set(key, call);
		}
		return this.calls.get(key);
	}

	complete(data) {
		this.facts = data;
		this.close();
		if (this.text === '') {
			this.body.append(element('p', 'hint', 'The model sent no text.'));
		}
		const list = element('ul', 'facts', ...this.list(data).filter(Boolean).map((fact) => element('li', '', fact)));
		if (this.model.simulated) {
			list.prepend(element('li', 'badge', 'simulated'));
		}
		this.body.append(list);
	}

	list(data) {
		const usage = data.usage ?? {};
		const pace = speed(usage.outputTokens, data.generationMs);
		const attempts = [...this.rounds.values()].reduce((sum, round) => sum + round.count, 0);
		const known = usage.inputTokens !== undefined || usage.outputTokens !== undefined;
		return [
			data.finishReason === 'length' ? 'cut off at the token limit' : null,
			['length', 'stop'].includes(data.finishReason) ? null : `ended: ${data.finishReason}`,
			`first token ${seconds(data.firstEventMs)}`,
			`total ${seconds(data.totalMs)}`,
			pace ? `${pace.toFixed(pace < 10 ? 1 : 0)} tokens/s` : null,
			known ? `${usage.inputTokens ?? '?'} tokens in, ${usage.outputTokens ?? '?'} out` : 'usage unknown',
			usage.reasoningTokens ? `${usage.reasoningTokens} of them reasoning` : null,
			usage.cacheReadTokens ? `${usage.cacheReadTokens} from the cache` : null,
			usage.cost !== undefined ? `cost ${Number(usage.cost.toPrecision(3))}` : 'cost not told',
			data.summary.rounds > 1 ? `${data.summary.rounds} rounds` : null,
			attempts > data.summary.rounds ? `${attempts} attempts` : null,
			[data.upstreamProvider, data.model].filter(Boolean).join(' · '),
		];
	}

	fail(message, { kind, retryable = true, retryAfterMs, status } = {}) {
		const words = [message.replace(/\.$/, '') + '.'];
		if (status >= 400 && !message.includes(status)) {
			words.push(`The provider answered with status ${status}.`);
		}
		if (retryAfterMs) {
			words.push(`Try again in ${seconds(retryAfterMs)}.`);
		}
		if (this.text !== '') {
			words.push('What you see above is not the whole answer.');
		}
		const box = element('div', 'problem');
		if (kind) {
			box.append(element('strong', '', kindInWords(kind)));
		}
		box.append(element('p', '', words.join(' ')));
		if (retryable) {
			box.append(button('again', 'Try again', () => this.on.retry(this)));
		}
		this.close();
		this.waiting.remove();
		this.body.append(box);
		this.failure = box.querySelector('strong')?.textContent ?? message;
	}

	/** Nothing more comes. */
	end(note) {
		clearInterval(this.timer);
		this.totalMs = performance.now() - this.started;
		this.waiting.remove();
		this.close();
		this.calls.forEach((call) => call.close());
		this.rounds.forEach((round) => round.close());
		if (note) {
			this.body.append(element('p', 'hint', note));
		}
		const actions = element('div', 'actions');
		if (this.text !== '') {
			actions.append(copyButton(() => this.text, 'the answer'));
		}
		if (this.traffic.length > 0) {
			const wire = button('', 'Wire log', () => this.on.wire(this));
			wire.setAttribute('aria-label', `Wire log of this answer of ${this.model.alias}`);
			actions.append(wire);
		}
		this.body.append(actions);
		this.root.setAttribute('aria-busy', 'false');
	}
}
