package io.nexus3.provider.protocol;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log, for debugging, which events of a stream nobody understood.
 *
 * @since 0.1.0
 */
public final class SkippedEvents {

	private static final Logger logger = LoggerFactory.getLogger(SkippedEvents.class);

	private static final int LONGEST_NAME = 50;

	private SkippedEvents() {
	}

	/**
	 * An event was skipped.
	 * @param position its position in the stream, from 1
	 * @param name what the server calls it, or {@code null} when it has no name
	 */
	public static void log(long position, @Nullable String name) {
		if (logger.isDebugEnabled()) {
			logger.debug("Event {} of the stream is of an unknown kind and was skipped: {}", position,
					(name != null) ? printable(name) : "without a name");
		}
	}

	/** On one line, so that no server can write lines of a log. */
	private static String printable(String name) {
		return name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
	}

}
