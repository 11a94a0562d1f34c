// Images to send along: dropped, pasted or chosen, made small enough before they leave the page.

import { button, element } from './dom.js';

const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const MAX_IMAGES = 4;
const MAX_SIDE = 1568; // more is scaled down by the vendors anyway
const MAX_BYTES = 1_000_000;

function read(file) {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.addEventListener('load', () => resolve(reader.result));
		reader.addEventListener('error', () => reject(reader.error));
		reader.readAsDataURL(file);
	});
}

async function dataUrl(file) {
	const bitmap = await createImageBitmap(file);
	try {
		const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
		if (scale === 1 && file.size <= MAX_BYTES) {
			return await read(file);
		}
		const canvas = element('canvas');
		canvas.width = Math.round(bitmap.width * scale);
		canvas.height = Math.round(bitmap.height * scale);
		canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
		return canvas.toDataURL('image/jpeg', 0.85);
	}
	finally {
		bitmap.close();
	}
}

export class Images {

	/** @param page {images, attach, file, message, dropzone} @param say tells the user something */
	constructor(page, say) {
		this.page = page;
		this.say = say;
		this.urls = [];
		page.attach.addEventListener('click', () => page.file.click());
		page.file.addEventListener('change', () => {
			this.add(page.file.files);
			page.file.value = '';
		});
		page.message.addEventListener('paste', (event) => {
			if (event.clipboardData.files.length > 0) {
				event.preventDefault();
				this.add(event.clipboardData.files);
			}
		});
		this.acceptDrops();
	}

	acceptDrops() {
		let depth = 0;
		const over = (change) => {
			depth = Math.max(0, depth + change);
			this.page.dropzone.hidden = depth === 0;
		};
		const withFiles = (action) => (event) => {
			if (event.dataTransfer?.types.includes('Files')) {
				event.preventDefault();
				action(event);
			}
		};
		addEventListener('dragenter', withFiles(() => over(1)));
		addEventListener('dragleave', withFiles(() => over(-1)));
		addEventListener('dragover', withFiles((event) => event.dataTransfer.dropEffect = 'copy'));
		addEventListener('drop', withFiles((event) => {
			over(-Infinity);
			this.add(event.dataTransfer.files);
			this.page.message.focus();
		}));
	}

	async add(files) {
		for (const file of [...files]) {
			if (!TYPES.includes(file.type)) {
				this.say(`${file.name} was left out: images are PNG, JPEG, GIF or WebP.`, true);
			}
			else if (this.urls.length === MAX_IMAGES) {
				this.say(`A message takes at most ${MAX_IMAGES} images.`, true);
			}
			else {
				try {
					this.urls.push(await dataUrl(file));
					this.say('Image added');
				}
				catch {
					this.say(`${file.name} could not be read as an image.`, true);
				}
			}
		}
		this.draw();
	}

	/** Hands the images over and forgets them. */
	take() {
		const urls = this.urls;
		this.urls = [];
		this.draw();
		return urls;
	}

	draw() {
		this.page.images.replaceChildren(...this.urls.map((url, i) => {
			const remove = button('icon', '×', () => {
				this.urls.splice(i, 1);
				this.draw();
				this.page.message.focus();
			});
			remove.setAttribute('aria-label', `Remove image ${i + 1}`);
			return element('li', '', thumbnail(url, `Image ${i + 1} to send`), remove);
		}));
	}
}

export function thumbnail(url, alt) {
	const image = element('img');
	image.src = url;
	image.alt = alt;
	return image;
}
