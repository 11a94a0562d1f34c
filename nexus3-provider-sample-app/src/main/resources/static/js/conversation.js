// The conversation: who said what in which column, and the answers under way.

import { answer as ask } from './api.js';
import { Answer } from './answer.js';
import { element, keepAtBottom } from './dom.js';
import { thumbnail } from './images.js';
import { seconds, speed } from './words.js';

export class Conversation {

	/**
	 * @param chat where it is shown
	 * @param models by alias
	 * @param on {started, settled, say, wire}
	 */
	constructor(chat, models, on) {
		this.chat = chat;
		this.models = models;
		this.on = on;
		this.turns = [];
		this.running = new Map();
	}

	get busy() {
		return this.running.size > 0;
	}

	/**
	 * Asks one model, or two the same.
	 * @param question {text, images}
	 * @param settings {aliases, tools, reasoning, scenario}
	 */
	async ask(question, settings) {
		const turn = { ...question, settings, answers: [], row: element('div', 'row') };
		turn.row.classList.toggle('pair', settings.aliases.length > 1);
		this.turns.push(turn);
		const mine = element('article', 'turn mine', element('h2', '', 'You'));
		if (turn.images.length > 0) {
			mine.append(element('div', 'images', ...turn.images.map((url, i) => thumbnail(url, `Image ${i + 1} that you sent`))));
		}
		mine.append(turn.text);
		for (const old of this.chat.querySelectorAll('.again')) {
			old.remove(); // the conversation goes on: an older failure cannot be tried again
		}
		this.chat.append(mine, turn.row);
		this.chat.scrollTop = this.chat.scrollHeight;
		this.on.say(turn.settings.aliases.length > 1 ? 'Two models are answering' : 'The model is answering');
		await Promise.all(settings.aliases.map((alias, column) => this.answer(turn, column, settings)));
		this.compare(turn);
	}

	async answer(turn, column, settings) {
		const view = new Answer(this.models.get(settings.aliases[column]), this.chat, {
			retry: (failed) => this.retry(turn, column, failed),
			wire: this.on.wire,
			say: this.on.say,
		});
		const old = turn.answers[column];
		if (old) {
			old.root.replaceWith(view.root);
		}
		else {
			turn.row.append(view.root);
		}
		turn.answers[column] = view;
		const call = new AbortController();
		this.running.set(call, view);
		this.on.started(view);
		keepAtBottom(this.chat, () => {});
		const note = await this.play(view, {
			model: settings.aliases[column],
			messages: this.messages(turn, column),
			tools: settings.tools,
			reasoning: settings.reasoning || null,
			scenario: settings.scenario ?? null,
			wire: true,
		}, call.signal);
		keepAtBottom(this.chat, () => view.end(note));
		// "New chat" may have been pressed meanwhile: then this answer belongs nowhere.
		if (this.running.delete(call)) {
			this.on.settled(view, note);
		}
	}

	/** Shows an answer from its first event to its end; says what else there is to say about the end. */
	async play(view, request, signal) {
		let ended = false;
		try {
			for await (const { name, data } of ask(request, signal)) {
				view.handle(name, data);
				ended ||= name === 'complete' || name === 'error';
			}
			if (!ended) {
				throw new Error('The connection to the application ended before the answer did');
			}
		}
		catch (error) {
			if (signal.aborted) {
				return 'Stopped by you.';
			}
			if (!ended) {
				view.fail(error instanceof TypeError ? 'The connection to the application was lost' : error.message);
			}
		}
		return '';
	}

	/** What was said in a column before a turn, and the turn's question. Questions without an answer are left out. */
	messages(turn, column) {
		const messages = [];
		for (const past of this.turns) {
			const user = { role: 'user', content: past.text, images: past.images };
			if (past === turn) {
				return [...messages, user];
			}
			const text = (past.answers[column] ?? past.answers[0])?.text;
			if (text) {
				messages.push(user, { role: 'assistant', content: text });
			}
		}
		return messages;
	}

	async retry(turn, column) {
		if (!this.busy && turn === this.turns.at(-1)) {
			await this.answer(turn, column, { ...turn.settings, scenario: null });
		}
	}

	/** Says under two answers how they compare. */
	compare(turn) {
		const [left, right] = turn.answers;
		if (!left?.facts || !right?.facts || !turn.row.isConnected) {
			return;
		}
		const sooner = left.facts.firstEventMs <= right.facts.firstEventMs ? [left, right] : [right, left];
		const by = sooner[1].facts.firstEventMs - sooner[0].facts.firstEventMs;
		const paces = [left, right].map((view) => speed(view.facts.usage?.outputTokens, view.facts.generationMs));
		const words = [by < 20 ? 'Both began at the same time' : `${sooner[0].model.alias} began ${seconds(by)} sooner`];
		if (paces.every(Boolean)) {
			const faster = paces[0] >= paces[1] ? [left, 0, 1] : [right, 1, 0];
			words.push(`${faster[0].model.alias} wrote ${paces[faster[1]].toFixed(0)} tokens/s against ${paces[faster[2]].toFixed(0)}`);
		}
		keepAtBottom(this.chat, () => turn.row.append(element('p', 'verdict hint', `${words.join('; ')}.`)));
	}

	stop() {
		for (const call of this.running.keys()) {
			call.abort();
		}
	}

	clear() {
		const calls = [...this.running.keys()];
		this.running.clear();
		calls.forEach((call) => call.abort());
		this.turns = [];
		this.chat.querySelectorAll('.turn, .row').forEach((node) => node.remove());
	}
}
