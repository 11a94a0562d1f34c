package io.nexus3.provider.sample.web;

import org.jspecify.annotations.Nullable;

/**
 * What happens to a call to the model behind an answer: its attempts, the waits between
 * them and, where asked for, its raw traffic. A round is one call; several attempts may
 * be made for it.
 *
 * @since 0.1.0
 */
public sealed interface CallEvent extends ChatEvent {

	/**
	 * Which call it belongs to.
	 * @return the number of the round, from 1
	 */
	int round();

	/**
	 * An attempt begins.
	 *
	 * @param round the number of the round, from 1
	 * @param number the number of the attempt, from 1
	 * @param provider the configured name of the provider
	 * @param model what the vendor calls the model
	 */
	record AttemptStarted(int round, int number, String provider, String model) implements CallEvent {

		@Override
		public String eventName() {
			return "attempt-started";
		}

	}

	/**
	 * An attempt has ended.
	 *
	 * @param round the number of the round, from 1
	 * @param number the number of the attempt, from 1
	 * @param outcome completed, failed or cancelled
	 * @param status the HTTP status, or {@code null} when no answer came
	 * @param requestId the vendor's id of the request, or {@code null}
	 * @param kind what went wrong, such as {@code rate-limit}, or {@code null}
	 * @param message what went wrong, in words, or {@code null}
	 * @param elapsedMs how long it took
	 */
	record AttemptEnded(int round, int number, String outcome, @Nullable Integer status, @Nullable String requestId,
			@Nullable String kind, @Nullable String message, long elapsedMs) implements CallEvent {

		@Override
		public String eventName() {
			return "attempt-ended";
		}

	}

	/**
	 * Another attempt will be made.
	 *
	 * @param round the number of the round, from 1
	 * @param number the number of the next attempt
	 * @param delayMs how long until then
	 * @param kind why the last one failed, such as {@code rate-limit}
	 */
	record RetryPlanned(int round, int number, long delayMs, String kind) implements CallEvent {

		@Override
		public String eventName() {
			return "retry-planned";
		}

	}

	/**
	 * A piece of raw traffic, without keys and headers.
	 *
	 * @param round the number of the round, from 1
	 * @param attempt the number of the attempt, from 1
	 * @param what request, response, chunk or end
	 * @param status the HTTP status of a response, or {@code null}
	 * @param text the body, the piece of a stream, or how the attempt ended
	 */
	record Wire(int round, int attempt, String what, @Nullable Integer status, String text) implements CallEvent {

		@Override
		public String eventName() {
			return "wire";
		}

	}

}
