// Time and tokens of the last answers as bars, drawn by hand in SVG; a running answer grows.

import { element, svg } from './dom.js';
import { seconds, speed } from './words.js';

const SHOWN = 12;
const WIDTH = 340;
const HEIGHT = 92;
const GAP = 4;

export class Chart {

	constructor(root) {
		this.root = root;
		this.runs = [];
		this.draw();
	}

	/** Follows an answer until it has ended. */
	follow(answer) {
		this.runs.push(answer);
		this.runs.splice(0, this.runs.length - SHOWN);
		this.timer ??= setInterval(() => this.draw(), 150);
		this.draw();
	}

	clear() {
		this.runs = [];
		this.draw();
	}

	draw() {
		const runs = this.runs.map(measure);
		if (!runs.some((run) => run.live)) {
			clearInterval(this.timer);
			this.timer = undefined;
		}
		if (this.root.offsetParent === null) {
			return; // the panel is closed
		}
		if (runs.length === 0) {
			this.root.replaceChildren(element('p', 'hint', 'Each answer becomes a bar here.'));
			return;
		}
		this.root.replaceChildren(
			plot(runs, 'Time', (run) => [['wait', run.firstMs], ['write', run.totalMs - run.firstMs]], seconds),
			plot(runs, 'Tokens out', (run) => [['tokens', run.tokens]], (tokens) => String(Math.round(tokens))),
			element('p', 'legend', element('i', 'wait'), 'until the first token ', element('i', 'write'), 'writing ',
				element('i', 'tokens'), 'tokens'),
			element('p', 'hint', describe(runs.at(-1))));
	}
}

function measure(answer) {
	const facts = answer.facts;
	const live = answer.root.getAttribute('aria-busy') === 'true';
	const totalMs = live ? performance.now() - answer.started : (facts?.totalMs ?? answer.totalMs);
	return {
		alias: answer.model.alias,
		live,
		failed: !facts && !live,
		totalMs,
		firstMs: Math.min(totalMs, facts?.firstEventMs ?? answer.firstMs ?? totalMs),
		// Pieces stand for tokens until the provider says how many there were.
		tokens: facts?.usage?.outputTokens ?? answer.pieces,
		pace: speed(facts?.usage?.outputTokens, facts?.generationMs),
	};
}

function describe(run) {
	const end = run.live ? 'so far' : (run.failed ? 'then no whole answer' : 'in all');
	return `${run.alias}: first token after ${seconds(run.firstMs)}, ${seconds(run.totalMs)} ${end}, `
		+ `${run.tokens} tokens${run.pace ? `, ${run.pace.toFixed(0)} a second` : ''}.`;
}

function plot(runs, title, parts, inWords) {
	const total = (run) => parts(run).reduce((sum, [, value]) => sum + value, 0);
	const max = Math.max(...runs.map(total), 1);
	const slot = WIDTH / Math.max(runs.length, 7);
	const scale = (HEIGHT - 34) / max;
	const bars = runs.map((run, i) => {
		const group = svg('g', { class: run.live ? 'live' : (run.failed ? 'failed' : 'done') });
		let y = HEIGHT - 16;
		for (const [name, value] of parts(run)) {
			const height = Math.max(0, value * scale);
			y -= height;
			group.append(svg('rect', { class: name, x: i * slot + GAP, y, width: slot - 2 * GAP, height, rx: 2 }));
		}
		const middle = i * slot + slot / 2;
		const room = Math.floor(slot / 6.2);
		group.append(svg('text', { x: middle, y: y - 4 }, inWords(total(run))),
			svg('text', { x: middle, y: HEIGHT - 3 }, run.alias.length > room ? `${run.alias.slice(0, Math.max(1, room - 1))}…` : run.alias));
		return group;
	});
	const label = `${title}: ${runs.map((run) => `${run.alias} ${inWords(total(run))}`).join(', ')}`;
	return element('figure', '', element('figcaption', '', title),
		svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label },
			svg('line', { x1: 0, x2: WIDTH, y1: HEIGHT - 16, y2: HEIGHT - 16 }), ...bars));
}
