package io.nexus3.provider.protocol.json;

/**
 * Bytes that should be a JSON object of a known form and are not. Internal: a protocol
 * turns it into a typed error that says where.
 *
 * @since 0.1.0
 */
public final class MalformedJsonException extends RuntimeException {

	/**
	 * A new exception.
	 * @param message what is wrong, without the text itself
	 */
	public MalformedJsonException(String message) {
		super(message);
	}

}
