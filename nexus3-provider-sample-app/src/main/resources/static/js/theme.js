// The switch between light and dark. Until it is used, the system decides.

const system = matchMedia('(prefers-color-scheme: dark)');

function current() {
	return document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light');
}

export function themeSwitch(button) {
	const name = () => {
		button.setAttribute('aria-label', `Use the ${current() === 'dark' ? 'light' : 'dark'} theme`);
		button.title = button.getAttribute('aria-label');
	};
	button.addEventListener('click', () => {
		const theme = current() === 'dark' ? 'light' : 'dark';
		document.documentElement.dataset.theme = theme;
		try {
			localStorage.setItem('theme', theme);
		}
		catch {
			// No storage: it holds until the page is closed.
		}
		name();
	});
	system.addEventListener('change', name);
	name();
}
