// Small steps with elements. Strings always become text nodes, never HTML.

/** Makes an element; strings among the children become text nodes. */
export function element(tag, className, ...children) {
	const node = document.createElement(tag);
	if (className) {
		node.className = className;
	}
	node.append(...children);
	return node;
}

export function button(className, label, onClick) {
	const node = element('button', className, label);
	node.type = 'button';
	node.addEventListener('click', onClick);
	return node;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag, attributes, ...children) {
	const node = document.createElementNS(SVG, tag);
	for (const [name, value] of Object.entries(attributes)) {
		node.setAttribute(name, value);
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

/** A button that copies a text and says so for a moment. */
export function copyButton(text, what) {
	const copy = button('copy', 'Copy', async () => {
		try {
			await navigator.clipboard.writeText(text());
			copy.textContent = 'Copied';
		}
		catch {
			copy.textContent = 'Not allowed';
		}
		setTimeout(() => copy.textContent = 'Copy', 1500);
	});
	copy.setAttribute('aria-label', `Copy ${what}`);
	return copy;
}
