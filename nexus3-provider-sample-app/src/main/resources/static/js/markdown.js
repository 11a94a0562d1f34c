// Markdown that grows. What models write is foreign text: all HTML goes through DOMPurify.

import { marked } from '../webjars/marked/lib/marked.esm.js';
import '../webjars/dompurify/dist/purify.min.js'; // no module: it sets a global
import { copyButton, element } from './dom.js';

const purify = globalThis.DOMPurify;

const RULES = {
	ALLOWED_TAGS: ['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'strong', 'em', 'del', 'code', 'pre', 'blockquote',
		'ul', 'ol', 'li', 'a', 'b', 'i', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'sup', 'sub'],
	ALLOWED_ATTR: ['href', 'title', 'start', 'align', 'class'],
	ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
	ALLOW_DATA_ATTR: false,
	ALLOW_ARIA_ATTR: false,
	RETURN_DOM_FRAGMENT: true,
};

const HARMLESS = /^<\/?(?:br|sub|sup|b|i|em|strong|del)\s*\/?>$/i;

// HTML that a model writes is shown as it wrote it; that also makes answers about HTML readable.
marked.use({
	renderer: {
		html: ({ text }) => HARMLESS.test(text.trim()) ? text
			: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
	},
});

purify.addHook('uponSanitizeAttribute', (node, data) => {
	// The one class that markdown makes; others would dress text up as a part of the page.
	if (data.attrName === 'class' && !/^language-[\w+#-]+$/.test(data.attrValue)) {
		data.keepAttr = false;
	}
});
purify.addHook('afterSanitizeAttributes', (node) => {
	if (node.nodeName === 'A') {
		node.setAttribute('target', '_blank');
		node.setAttribute('rel', 'noopener noreferrer nofollow');
	}
});

function render(token) {
	const fragment = purify.sanitize(marked.parser([token]), RULES);
	for (const pre of fragment.querySelectorAll('pre')) {
		const language = /language-(\S+)/.exec(pre.firstElementChild?.className ?? '')?.[1] ?? 'text';
		const frame = element('div', 'code');
		pre.replaceWith(frame);
		pre.tabIndex = 0;
		frame.append(element('div', 'bar', language, copyButton(() => pre.textContent, 'the code')), pre);
	}
	return fragment;
}

/** A text in markdown. Blocks that have not changed stay as they are, so that a selection survives. */
export class Markdown {

	constructor(className) {
		this.root = element('div', `markdown ${className}`);
		this.blocks = [];
	}

	show(text) {
		const tokens = marked.lexer(text, { gfm: true, breaks: true }).filter((token) => token.type !== 'space');
		tokens.forEach((token, i) => {
			const old = this.blocks[i];
			if (old?.raw === token.raw) {
				return;
			}
			const node = element('div', 'block', render(token));
			if (old) {
				old.node.replaceWith(node);
			}
			else {
				this.root.append(node);
			}
			this.blocks[i] = { raw: token.raw, node };
		});
		for (const block of this.blocks.splice(tokens.length)) {
			block.node.remove();
		}
	}
}
