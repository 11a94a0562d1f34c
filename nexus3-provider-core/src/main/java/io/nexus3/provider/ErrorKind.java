package io.nexus3.provider;

/**
 * What went wrong, in one vocabulary for all vendors. More kinds may come.
 *
 * @since 0.1.0
 */
public enum ErrorKind {

	/** The vendor refused the request as wrong (400, 422 and other 4xx). */
	INVALID_REQUEST(Family.REQUEST, false),

	/** The prompt and the answer do not fit the model's context window. */
	CONTEXT_LENGTH(Family.REQUEST, false),

	/** The vendor's content filter refused the prompt. */
	CONTENT_FILTER(Family.REQUEST, false),

	/** The model, deployment or path does not exist (404). */
	NOT_FOUND(Family.REQUEST, false),

	/** The request is too large for the vendor (413). */
	REQUEST_TOO_LARGE(Family.REQUEST, false),

	/** The key is missing at the vendor, wrong or expired (401). */
	AUTHENTICATION(Family.ACCESS, false),

	/** The key may not do this (403). */
	PERMISSION(Family.ACCESS, false),

	/** Too many requests or tokens for now (429). */
	RATE_LIMIT(Family.RATE_LIMIT, true),

	/** The account's credit or quota is used up (402, or 429 with a quota code). */
	QUOTA_EXHAUSTED(Family.RATE_LIMIT, false),

	/** The vendor has no capacity at the moment (529, 503). */
	OVERLOADED(Family.SERVER, true),

	/** The vendor failed (5xx and their like). */
	SERVER_ERROR(Family.SERVER, true),

	/** The host's name could not be resolved. */
	DNS(Family.CONNECTION, true),

	/** No connection could be made. */
	CONNECT(Family.CONNECTION, true),

	/** The connection was lost before anything was handed over. */
	CONNECTION_LOST(Family.CONNECTION, true),

	/** The TLS handshake failed. */
	TLS(Family.CONNECTION, false),

	/** The configured proxy is away, or does not connect. */
	PROXY(Family.CONNECTION, true),

	/** No pooled connection became free in time. */
	POOL_EXHAUSTED(Family.CONNECTION, false),

	/** The address is refused by the address policy. */
	ADDRESS_REFUSED(Family.CONNECTION, false),

	/** One of the clocks ran out. */
	TIMEOUT(Family.TIMEOUT, true),

	/** The answer breaks its protocol: malformed JSON, a field of a wrong type. */
	PROTOCOL(Family.RESPONSE, false),

	/** The answer is of another kind than a model's answer, such as an HTML page. */
	UNEXPECTED_CONTENT(Family.RESPONSE, false),

	/** The answer has no content at all. */
	EMPTY_RESPONSE(Family.RESPONSE, true),

	/** The answer exceeds a limit. */
	RESPONSE_TOO_LARGE(Family.RESPONSE, false),

	/** The server redirects; redirects are never followed. */
	REDIRECT(Family.RESPONSE, false),

	/** The stream ended before the model was done. */
	INTERRUPTED(Family.INTERRUPTED, true),

	/** The provider or the registry is closed. */
	CLOSED(Family.STATE, false),

	/** The configuration does not allow the call: no key, unknown alias. */
	CONFIGURATION(Family.STATE, false),

	/** None of the others. */
	OTHER(Family.OTHER, false);

	private final Family family;

	private final boolean retryable;

	ErrorKind(Family family, boolean retryable) {
		this.family = family;
		this.retryable = retryable;
	}

	/**
	 * Whether another try may help, where the vendor says nothing else.
	 * @return whether errors of this kind are retried by default
	 */
	public boolean retryable() {
		return this.retryable;
	}

	Family family() {
		return this.family;
	}

	enum Family {

		REQUEST, ACCESS, RATE_LIMIT, SERVER, CONNECTION, TIMEOUT, RESPONSE, INTERRUPTED, STATE, OTHER

	}

}
