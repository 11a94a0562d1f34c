package io.nexus3.provider.protocol;

import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.ToolCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of tool calls that must not be executed: the model or its server did wrong, and
 * nobody else may look.
 *
 * @since 0.1.0
 */
public final class InvalidCallWarning {

	private static final Logger logger = LoggerFactory.getLogger(InvalidCallWarning.class);

	/** Arguments may hold what users wrote: a log gets no more than tells the fault. */
	private static final int MAX_EXCERPT = 100;

	private InvalidCallWarning() {
	}

	/**
	 * Warn of a part, if it is such a call.
	 * @param part a part of a whole answer
	 */
	public static void about(AssistantPart part) {
		if (part instanceof ToolCall call && !call.arguments().valid() && logger.isWarnEnabled()) {
			String raw = call.arguments().raw();
			logger.warn("The tool call '{}' has invalid arguments and must not be executed: {}", excerpt(call.name()),
					excerpt((raw != null) ? raw : ""));
		}
	}

	/** On one line, so that nobody can write lines of a log. */
	private static String excerpt(String text) {
		int end = Math.min(text.length(), MAX_EXCERPT);
		if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(0, end).replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
	}

}
