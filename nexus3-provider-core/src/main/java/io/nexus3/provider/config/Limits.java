package io.nexus3.provider.config;

/**
 * How much of an answer is taken before it is refused. Sizes are bytes after
 * decompression.
 *
 * @param errorBody how much of an error body is read; the rest is not; 10 KiB by default
 * @param responseBody the whole answer; 32 MiB by default
 * @param sseEvent one event of a stream; 8 MiB by default
 * @param toolArguments the arguments of one tool call; 4 MiB by default
 * @param events the events of one stream; 1,000,000 by default
 * @param responseHeaders the answer's head; 32 KiB by default
 * @since 0.1.0
 */
public record Limits(int errorBody, int responseBody, int sseEvent, int toolArguments, int events,
		int responseHeaders) {

	private static final Limits DEFAULTS = new Limits(10 * 1024, 32 * 1024 * 1024, 8 * 1024 * 1024, 4 * 1024 * 1024,
			1_000_000, 32 * 1024);

	/**
	 * Check.
	 * @throws IllegalArgumentException when a limit is below 1
	 */
	public Limits {
		positive("error-body", errorBody);
		positive("response-body", responseBody);
		positive("sse-event", sseEvent);
		positive("tool-arguments", toolArguments);
		positive("events", events);
		positive("response-headers", responseHeaders);
	}

	/**
	 * The defaults.
	 * @return the limits
	 */
	public static Limits defaults() {
		return DEFAULTS;
	}

	private static void positive(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException("the limit " + name + " must be at least 1, not " + value);
		}
	}

}
