package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * Why the model stopped.
 *
 * @param kind the reason in one vocabulary for all vendors
 * @param raw the reason as sent, or {@code null} when the vendor sent none
 * @since 0.1.0
 */
public record FinishReason(Kind kind, @Nullable String raw) {

	/**
	 * The reasons; more may come.
	 */
	public enum Kind {

		/** The model was done, or met a stop sequence. */
		STOP,

		/** The answer hit a limit on tokens: it is cut off. */
		LENGTH,

		/** The model waits for the results of its tool calls. */
		TOOL_CALLS,

		/** The vendor withheld the answer or a part of it. */
		CONTENT_FILTER,

		/** The vendor paused a long turn: send the message back to go on. */
		PAUSE,

		/** The vendor failed while answering. */
		ERROR,

		/** The vendor gave no reason, or one that has no common name. */
		UNKNOWN

	}

}
