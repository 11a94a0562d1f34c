// Runs before the first paint, so that nobody sees the other theme flash up.
try {
	const theme = localStorage.getItem('theme');
	if (theme === 'light' || theme === 'dark') {
		document.documentElement.dataset.theme = theme;
	}
}
catch {
	// No storage: the system's theme it is.
}
