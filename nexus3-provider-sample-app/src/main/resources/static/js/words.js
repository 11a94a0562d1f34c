// Numbers and errors in words.

export function seconds(milliseconds) {
	return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Tokens a second, or undefined where it cannot be told. */
export function speed(tokens, milliseconds) {
	return tokens > 1 && milliseconds >= 50 ? (tokens - 1) / milliseconds * 1000 : undefined;
}

const KINDS = {
	'invalid-request': 'The provider refused the request',
	'context-length': 'The conversation is too long for this model',
	'content-filter': 'The provider\'s content filter refused it',
	'not-found': 'The provider does not know this model',
	'request-too-large': 'The request is too large',
	'authentication': 'The key is missing or wrong',
	'permission': 'The key may not do this',
	'rate-limit': 'Too many requests for now',
	'quota-exhausted': 'The account\'s credit is used up',
	'overloaded': 'The provider is overloaded',
	'server-error': 'The provider failed',
	'dns': 'The provider\'s name could not be resolved',
	'connect': 'No connection could be made',
	'connection-lost': 'The connection was lost',
	'tls': 'No secure connection could be made',
	'timeout': 'There was no answer in time',
	'protocol': 'The answer was garbled',
	'unexpected-content': 'That was no answer of a model',
	'empty-response': 'The answer was empty',
	'interrupted': 'The stream broke off',
	'configuration': 'The configuration does not allow it',
	'too-many-rounds': 'The model called tools without end',
};

/** What went wrong, for a person. */
export function kindInWords(kind) {
	return KINDS[kind] ?? 'It failed';
}
