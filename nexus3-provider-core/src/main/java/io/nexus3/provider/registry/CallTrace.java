package io.nexus3.provider.registry;

import java.time.Duration;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ProviderException;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * Is told what happens to one call, in order. Exactly one {@link #ended} comes last.
 *
 * @since 0.1.0
 */
public interface CallTrace {

	/**
	 * Add to the context that an attempt's own work runs in: its credential, its exchange
	 * over the network. Asked once for each attempt, after {@link #attemptStarted}.
	 * @param context the subscriber's context
	 * @return the context to use
	 */
	default Context context(Context context) {
		return context;
	}

	/**
	 * An attempt begins.
	 * @param number its number, from 1
	 */
	default void attemptStarted(int number) {
	}

	/**
	 * An attempt has ended.
	 * @param attempt how
	 */
	default void attemptEnded(AttemptEnd attempt) {
	}

	/**
	 * Another attempt is planned.
	 * @param reason why the last one failed
	 * @param delay how long until the next one
	 */
	default void retryPlanned(ProviderException reason, Duration delay) {
	}

	/**
	 * The first event of the model is here.
	 */
	default void firstEvent() {
	}

	/**
	 * An event is about to be handed to the subscriber of a stream. Told for every event
	 * but the last, which is no event of the model, after {@link #firstEvent}.
	 */
	default void event() {
	}

	/**
	 * The call has ended.
	 * @param end how
	 */
	default void ended(CallEnd end) {
	}

	/** How something ended. */
	enum Outcome {

		/** With an answer. */
		COMPLETED,

		/** With an error. */
		FAILED,

		/** The subscriber went away. */
		CANCELLED

	}

	/**
	 * How an attempt ended.
	 *
	 * @param number its number, from 1
	 * @param outcome how
	 * @param status the HTTP status, or {@code null} when no answer came
	 * @param requestId the vendor's id of the request, or {@code null}
	 * @param error what went wrong, or {@code null}
	 * @param message the answer, or what had arrived by then, usage included;
	 * {@code null} when no answer had begun
	 */
	record AttemptEnd(int number, Outcome outcome, @Nullable Integer status, @Nullable String requestId,
			@Nullable ProviderException error, @Nullable AssistantMessage message) {

	}

	/**
	 * How a call ended.
	 *
	 * @param outcome how
	 * @param attempts how many attempts were made
	 * @param message the answer, or what had arrived, or {@code null}
	 * @param error what went wrong, or {@code null}
	 */
	record CallEnd(Outcome outcome, int attempts, @Nullable AssistantMessage message,
			@Nullable ProviderException error) {

	}

}
