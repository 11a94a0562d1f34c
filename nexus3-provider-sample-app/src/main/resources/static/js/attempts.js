// The attempts of one call, once there is more to tell than that the first one went well.

import { element } from './dom.js';
import { kindInWords, seconds } from './words.js';

/** Tells of failed attempts, waits with a countdown, and the next attempt. */
export class Attempts {

	constructor() {
		this.root = element('ol', 'attempts');
		this.root.hidden = true;
		this.root.setAttribute('aria-label', 'Attempts');
		this.count = 0;
	}

	started(data) {
		this.count = data.number;
		this.waited();
		this.current = element('li', 'running', `Attempt ${data.number} …`);
		this.root.append(this.current);
	}

	ended(data) {
		const item = this.current ?? element('li');
		item.className = data.outcome;
		const status = data.status ? ` (status ${data.status})` : '';
		if (data.outcome === 'failed') {
			item.textContent = `Attempt ${data.number} failed after ${seconds(data.elapsedMs)}: `
				+ `${kindInWords(data.kind).toLowerCase()}${status}.`;
			if (data.message) {
				item.title = data.message;
			}
		}
		else {
			item.textContent = `Attempt ${data.number} ${data.outcome === 'completed' ? 'was answered' : 'was stopped'}${status}.`;
		}
		this.current = null;
	}

	planned(data) {
		this.root.hidden = false;
		this.wait = element('li', 'waiting');
		this.root.append(this.wait);
		this.delay = data.delayMs;
		const until = performance.now() + data.delayMs;
		const tick = () => {
			this.wait.textContent = `Waiting ${seconds(Math.max(0, until - performance.now()))} before attempt ${data.number}.`;
		};
		tick();
		this.timer = setInterval(tick, 100);
	}

	waited() {
		clearInterval(this.timer);
		if (this.wait) {
			this.wait.className = 'done';
			this.wait.textContent = `Waited ${seconds(this.delay)}.`;
			this.wait = null;
		}
	}

	/** The answer is over, however it ended. */
	close() {
		clearInterval(this.timer);
		if (this.wait) {
			this.wait.textContent = 'Stopped while waiting for the next attempt.';
		}
		else if (this.current) {
			this.current.textContent = this.current.textContent.replace(' …', ' was stopped.');
		}
	}
}
