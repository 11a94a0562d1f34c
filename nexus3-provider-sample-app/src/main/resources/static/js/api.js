// Talks to the application: lists over GET, answers as server-sent events over POST.

/** An error with words for the user. */
export class ApiError extends Error {}

async function problem(response) {
	try {
		const body = await response.json(); // RFC 9457
		return body.detail ?? body.title;
	}
	catch {
		return `The application answered with status ${response.status}`;
	}
}

async function reach(path, options) {
	let response;
	try {
		response = await fetch(path, options);
	}
	catch (error) {
		throw (error instanceof TypeError) ? new ApiError('The application cannot be reached') : error;
	}
	if (!response.ok) {
		throw new ApiError(await problem(response));
	}
	return response;
}

export async function list(path) {
	return (await reach(path)).json();
}

/** Yields {name, data} for each event of an answer. EventSource would do, but it cannot POST. */
export async function* answer(request, signal) {
	const response = await reach('api/chat', {
		method: 'POST',
		signal,
		headers: { 'Content-Type': 'application/json', 'Accept': 'text/event-stream, application/problem+json' },
		body: JSON.stringify(request),
	});
	yield* events(response.body);
}

async function* events(body) {
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
