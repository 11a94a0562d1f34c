// The chat page: the conversation, the stream and the controls.

import { Answer, element, keepAtBottom } from './answer.js';

const find = (id) => document.getElementById(id);
const page = Object.fromEntries(['model', 'reasoning', 'tools', 'clear', 'guidance', 'notice', 'chat', 'welcome',
	'suggestions', 'status', 'composer', 'message', 'send', 'stop'].map((id) => [id, find(id)]));

// ---------------------------------------------------------------- server-sent events over fetch

/** Yields {name, data} for each event. EventSource would do, but it cannot POST. */
async function* readEvents(body) {
	const reader = body.pipeThrough(new TextDecoderStream()).getReader();
	let buffer = '';
	let name = 'message';
	let data = [];
	for (;;) {
		const { value, done } = await reader.read();
		if (done) {
			return;
		}
		buffer += value;
		// A "\r" at the end of the buffer may be the first half of "\r\n".
		const lines = buffer.split(/\r\n|\n|\r(?!$)/);
		buffer = lines.pop();
		for (const line of lines) {
			if (line === '') {
				if (data.length > 0) {
					yield { name, data: JSON.parse(data.join('\n')) };
				}
				name = 'message';
				data = [];
			}
			else if (line.startsWith('event:')) {
				name = line.slice(6).trimStart();
			}
			else if (line.startsWith('data:')) {
				data.push(line.slice(5).replace(/^ /, ''));
			}
		}
	}
}

// ---------------------------------------------------------------- the conversation

const models = new Map();
let history = [];
let running = null;

function say(text) {
	page.status.textContent = text;
}

async function ask(text) {
	page.welcome.hidden = true;
	page.clear.disabled = false;
	history.push({ role: 'user', content: text });
	page.chat.append(element('article', 'turn mine', element('h2', '', 'You'), text));
	await answer();
}

async function answer() {
	const alias = page.model.value;
	const view = new Answer(models.get(alias), page.chat, retry);
	page.chat.append(view.root);
	page.chat.scrollTop = page.chat.scrollHeight;
	const call = new AbortController();
	setRunning(call);
	say('The model is answering');
	let note = '';
	let ended = false;
	try {
		const response = await fetch('api/chat', {
			method: 'POST',
			signal: call.signal,
			headers: { 'Content-Type': 'application/json', 'Accept': 'text/event-stream, application/problem+json' },
			body: JSON.stringify({ model: alias, messages: history, tools: page.tools.checked, reasoning: page.reasoning.value || null }),
		});
		if (!response.ok) {
			throw new Error(await problem(response));
		}
		for await (const { name, data } of readEvents(response.body)) {
			view.handle(name, data);
			ended ||= name === 'complete' || name === 'error';
		}
		if (!ended) {
			throw new Error('The connection ended before the answer did');
		}
	}
	catch (error) {
		if (call.signal.aborted) {
			note = 'Stopped by you.';
		}
		else if (!ended) {
			view.fail(error instanceof TypeError ? 'The application cannot be reached' : error.message);
		}
	}
	keepAtBottom(page.chat, () => view.end(note));
	// "New chat" may have been pressed meanwhile: then this answer belongs nowhere.
	if (running === call) {
		settle(view);
		setRunning(null);
		say(view.failed ? page.chat.lastElementChild.querySelector('.problem').textContent : note || `Answer complete. ${view.text}`);
	}
}

/** What was said stays in the conversation; a question that got no word of answer waits for another try. */
function settle(view) {
	if (view.text !== '') {
		history.push({ role: 'assistant', content: view.text });
	}
	else if (!view.failed) {
		history.pop();
	}
}

async function problem(response) {
	try {
		const body = await response.json();
		return body.detail ?? body.title;
	}
	catch {
		return `The application answered with status ${response.status}`;
	}
}

function retry(view) {
	if (running) {
		return;
	}
	if (view.text !== '' && history.at(-1)?.role === 'assistant') {
		history.pop();
	}
	view.root.remove();
	answer();
}

function setRunning(call) {
	running = call;
	page.send.hidden = call !== null;
	page.stop.hidden = call === null;
	page.model.disabled = call !== null || models.size === 0;
	for (const button of page.chat.querySelectorAll('.problem button')) {
		button.disabled = call !== null;
		// An older failure cannot be retried once the conversation has gone on.
		button.hidden = button.closest('.turn') !== page.chat.lastElementChild;
	}
	if (call === null) {
		page.message.focus();
	}
}

function submit() {
	const text = page.message.value.trim();
	if (text === '' || running || models.size === 0) {
		return;
	}
	// A question that failed is asked no more once another one is.
	while (history.at(-1)?.role === 'user') {
		history.pop();
	}
	page.message.value = '';
	fitComposer();
	ask(text);
}

function fitComposer() {
	page.message.style.height = 'auto';
	page.message.style.height = `${page.message.scrollHeight + 2}px`;
}

// ---------------------------------------------------------------- controls

page.composer.addEventListener('submit', (event) => {
	event.preventDefault();
	submit();
});
page.message.addEventListener('input', fitComposer);
page.message.addEventListener('keydown', (event) => {
	// isComposing: Enter that ends the input of a Japanese word, say, is not meant to send.
	if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
		event.preventDefault();
		submit();
	}
});
page.stop.addEventListener('click', () => running?.abort());
document.addEventListener('keydown', (event) => {
	if (event.key === 'Escape') {
		running?.abort();
	}
});
page.clear.addEventListener('click', () => {
	const call = running;
	setRunning(null);
	call?.abort();
	history = [];
	for (const turn of page.chat.querySelectorAll('.turn')) {
		turn.remove();
	}
	page.welcome.hidden = false;
	page.clear.disabled = true;
	say('New chat');
});
page.suggestions.addEventListener('click', (event) => {
	if (event.target.matches('button')) {
		page.message.value = event.target.textContent;
		submit();
	}
});
page.model.addEventListener('change', showGuidance);

function showGuidance() {
	const model = models.get(page.model.value);
	page.guidance.textContent = model ? [model.modelId, model.guidance].filter(Boolean).join(' — ') : '';
}

function showNotice(text) {
	page.notice.textContent = text;
	page.notice.hidden = false;
}

async function loadModels() {
	const response = await fetch('api/models');
	if (!response.ok) {
		throw new Error(await problem(response));
	}
	const list = await response.json();
	const groups = new Map();
	for (const model of list.models) {
		models.set(model.alias, model);
		if (!groups.has(model.provider)) {
			const group = element('optgroup');
			group.label = (model.type === model.provider) ? model.provider : `${model.provider} (${model.type})`;
			groups.set(model.provider, group);
		}
		const option = new Option(model.alias, model.alias, model.isDefault, model.isDefault);
		groups.get(model.provider).append(option);
	}
	page.model.replaceChildren(...groups.values());
	page.model.disabled = models.size === 0;
	showGuidance();
	if (models.size === 0) {
		showNotice('No models are configured: add some under nexus3.models.');
	}
	else if (list.simulated) {
		showNotice('Answers are simulated: a script writes them, no model does. For real ones start with a profile such as openrouter.');
	}
	else if (list.models.some((model) => model.simulated)) {
		showNotice('Some of these models are simulated; their answers are marked.');
	}
}

loadModels().catch((error) => showNotice(`The models could not be loaded: ${error.message}`));
