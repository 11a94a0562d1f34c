package io.nexus3.provider.transport.sse;

/**
 * One server-sent event, or one line of a stream, has more bytes than the limit allows.
 * <p>
 * What the peer sent is not part of the message.
 *
 * @since 0.1.0
 */
public class SseEventTooLargeException extends RuntimeException {

	private final int limit;

	/**
	 * Create the exception.
	 * @param limit how many bytes one event may have
	 */
	public SseEventTooLargeException(int limit) {
		super("A server-sent event exceeds the limit of " + limit + " bytes");
		this.limit = limit;
	}

	/**
	 * How much was allowed.
	 * @return a number of bytes
	 */
	public int limit() {
		return this.limit;
	}

}
