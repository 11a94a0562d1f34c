// Puts the page together: controls, conversation, panel.

import { list } from './api.js';
import { Chart } from './chart.js';
import { Conversation } from './conversation.js';
import { button, element } from './dom.js';
import { Images } from './images.js';
import { fillModels } from './models.js';
import { themeSwitch } from './theme.js';
import { WireLog } from './wire.js';

const ids = ['model', 'versus', 'second', 'compare', 'reasoning', 'tools', 'details', 'theme', 'clear', 'guidance', 'notice', 'chat',
	'welcome', 'suggestions', 'trouble', 'cards', 'panel', 'chart', 'wire', 'wire-answer', 'close-panel', 'status', 'composer',
	'images', 'message', 'file', 'attach', 'scenario', 'scenarios', 'scenario-list', 'send', 'stop', 'dropzone'];
const page = Object.fromEntries(ids.map((id) => [id.replace(/-(.)/g, (_, letter) => letter.toUpperCase()), document.getElementById(id)]));

function say(text, loud = false) {
	page.status.textContent = text;
	if (loud) {
		notify(text, true);
	}
}

function notify(text, loud = false) {
	page.notice.textContent = text;
	page.notice.classList.toggle('loud', loud);
	page.notice.hidden = false;
}

// ---------------------------------------------------------------- conversation and panel

const models = new Map();
const images = new Images(page, say);
const chart = new Chart(page.chart);
const wire = new WireLog(page.wire, page.wireAnswer);
const conversation = new Conversation(page.chat, models, {
	say,
	started(view) {
		chart.follow(view);
		wire.add(view);
		refresh();
	},
	settled(view, note) {
		chart.draw();
		refresh();
		if (!conversation.busy) {
			say(view.failure ?? (note || `Answer complete. ${view.text}`));
			// Only where the focus went away with the stop button.
			if (document.activeElement === document.body) {
				page.message.focus();
			}
		}
	},
	wire(view) {
		showPanel(true);
		wire.show(view);
		page.wire.focus();
	},
});

function refresh() {
	const busy = conversation.busy;
	page.send.hidden = busy;
	page.stop.hidden = !busy;
	page.clear.disabled = conversation.turns.length === 0;
	page.welcome.hidden = conversation.turns.length > 0;
	for (const control of [page.model, page.second, page.compare]) {
		control.disabled = busy || models.size === 0;
	}
	for (const again of page.chat.querySelectorAll('.again')) {
		again.disabled = busy;
	}
}

function showPanel(open) {
	page.panel.hidden = !open;
	page.details.setAttribute('aria-expanded', String(open));
	chart.draw();
}

page.details.addEventListener('click', () => showPanel(page.panel.hidden));
page.closePanel.addEventListener('click', () => {
	showPanel(false);
	page.details.focus();
});

// ---------------------------------------------------------------- asking

function submit(text, scenario = null) {
	if ((text === '' && images.urls.length === 0) || conversation.busy || models.size === 0) {
		return;
	}
	const compared = page.compare.getAttribute('aria-pressed') === 'true';
	conversation.ask({ text, images: images.take() }, {
		aliases: compared ? [page.model.value, page.second.value] : [page.model.value],
		tools: page.tools.checked,
		reasoning: page.reasoning.value,
		scenario,
	});
	refresh();
}

function submitMessage() {
	if (conversation.busy) {
		return;
	}
	const text = page.message.value.trim();
	page.message.value = '';
	fitComposer();
	submit(text);
}

function fitComposer() {
	page.message.style.height = 'auto';
	page.message.style.height = `${page.message.scrollHeight + 2}px`;
}

page.composer.addEventListener('submit', (event) => {
	event.preventDefault();
	submitMessage();
});
page.message.addEventListener('input', fitComposer);
page.message.addEventListener('keydown', (event) => {
	// isComposing: Enter that ends the input of a Japanese word, say, is not meant to send.
	if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
		event.preventDefault();
		submitMessage();
	}
});
page.stop.addEventListener('click', () => {
	conversation.stop();
	page.message.focus();
});
addEventListener('keydown', (event) => {
	if (event.key === 'Escape' && !page.scenarios.matches(':popover-open')) {
		conversation.stop();
	}
});
page.clear.addEventListener('click', () => {
	conversation.clear();
	chart.clear();
	wire.clear();
	refresh();
	say('New chat');
	page.message.focus();
});
page.suggestions.addEventListener('click', (event) => {
	if (event.target.matches('button')) {
		submit(event.target.textContent);
		page.message.focus();
	}
});

// ---------------------------------------------------------------- models and scenarios

page.model.addEventListener('change', showGuidance);
page.compare.addEventListener('click', () => {
	const compared = page.compare.getAttribute('aria-pressed') !== 'true';
	page.compare.setAttribute('aria-pressed', String(compared));
	page.versus.hidden = !compared;
	if (compared && page.second.value === page.model.value) {
		page.second.value = [...models.keys()].find((alias) => alias !== page.model.value) ?? page.model.value;
	}
});

function showGuidance() {
	const model = models.get(page.model.value);
	page.guidance.textContent = model ? [model.modelId, model.guidance].filter(Boolean).join(' — ') : '';
}

async function loadModels() {
	const found = await list('api/models');
	fillModels(found, models, [page.model, page.second]);
	refresh();
	showGuidance();
	if (models.size === 0) {
		notify('No models are configured: add some under nexus3.models.');
	}
	else if (found.simulated) {
		notify('Answers are simulated: a script writes them, no model does. For real ones start with a profile such as openrouter.');
	}
	else if (found.models.some((model) => model.simulated)) {
		notify('Some of these models are simulated; their answers are marked.');
	}
}

/** Real models get along without made-up trouble: the menus move to simulated ones. */
function chooseSimulated() {
	for (const menu of [page.model, page.second]) {
		if (!models.get(menu.value)?.simulated) {
			menu.value = [...models.values()].find((model) => model.simulated)?.alias ?? menu.value;
		}
	}
	showGuidance();
}

async function loadScenarios() {
	const scenarios = await list('api/scenarios');
	page.trouble.hidden = scenarios.length === 0;
	page.scenario.hidden = scenarios.length === 0;
	for (const target of [page.cards, page.scenarioList]) {
		target.replaceChildren(...scenarios.map((scenario) => {
			const start = button('card', '', () => {
				page.scenarios.hidePopover?.();
				chooseSimulated();
				page.tools.checked ||= scenario.id === 'broken-arguments';
				submit(scenario.message, scenario.id);
				page.message.focus();
			});
			start.dataset.scenario = scenario.id;
			start.append(element('b', '', scenario.title), element('span', '', scenario.description));
			return element('li', '', start);
		}));
	}
}

themeSwitch(page.theme);
loadModels().catch((error) => notify(`The models could not be loaded: ${error.message}`, true));
loadScenarios().catch(() => page.trouble.hidden = true);
