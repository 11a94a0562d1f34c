package io.nexus3.provider.registry;

import java.time.Duration;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.wire.WireHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failed attempt is followed by another, and when. It only decides:
 * waiting is done elsewhere.
 */
final class RetryPolicy {

	private static final int COST = 5;

	private static final int COST_AFTER_TIMEOUT = 10;

	private static final int REWARD = 1;

	private final RetrySettings settings;

	private final RetryBudget budget;

	private final CallClock clock;

	RetryPolicy(RetrySettings settings, RetryBudget budget, CallClock clock) {
		this.settings = settings;
		this.budget = budget;
		this.clock = clock;
	}

	/**
	 * Decide.
	 * @param failure the failed attempt
	 * @param state what the call has tried so far
	 * @param left how much of the total clock is left, or {@code null} when it is off
	 * @return what to do
	 */
	Decision decide(Failure failure, State state, @Nullable Duration left) {
		ProviderException error = failure.error();
		Duration hint = (failure.headers() != null) ? ServerHint.of(failure.headers(), this.clock.calendar()) : null;
		if (this.settings.maxRetries() > 0 && failure.stale() && !state.staleUsed) {
			state.staleUsed = true;
			return Decision.retry(Duration.ZERO, null);
		}
		if (error.kind() == ErrorKind.AUTHENTICATION && failure.refreshable() && !state.refreshed) {
			state.refreshed = true;
			return Decision.retry(Duration.ZERO, null);
		}
		if (!retryable(failure) || state.retries >= this.settings.maxRetries()) {
			return Decision.stop(hint);
		}
		if (hint != null && hint.compareTo(this.settings.maxRetryAfter()) > 0) {
			return Decision.stop(hint);
		}
		Duration delay = (hint != null) ? afterHint(hint) : backoff(state.retries);
		if (left != null && delay.compareTo(left) >= 0) {
			return Decision.stop((hint != null) ? hint : delay);
		}
		int cost = (error.kind() == ErrorKind.TIMEOUT) ? COST_AFTER_TIMEOUT : COST;
		if (!this.budget.take(cost)) {
			return Decision.stop(hint);
		}
		state.retries++;
		state.taken += cost;
		return Decision.retry(delay, hint);
	}

	/** A call succeeded: what it took comes back, or a little where it took nothing. */
	void succeeded(State state) {
		this.budget.give(Math.max(state.taken, REWARD));
	}

	private boolean retryable(Failure failure) {
		Boolean said = (failure.headers() != null) ? failure.headers().shouldRetry() : null;
		if (said != null) {
			return said;
		}
		boolean ambiguous = failure.error().kind() == ErrorKind.CONNECTION_LOST && failure.requestSent();
		return failure.error().retryable() && (this.settings.retryAmbiguous() || !ambiguous);
	}

	/** The delay of our own: {@code min(backoff^n + U(0,1) s, max-delay)}. */
	Duration backoff(int n) {
		double seconds = Math.pow(this.settings.backoff(), n) + this.clock.random().getAsDouble();
		Duration delay = Duration.ofNanos((long) Math.min(seconds * 1e9, Long.MAX_VALUE));
		return (delay.compareTo(this.settings.maxDelay()) < 0) ? delay : this.settings.maxDelay();
	}

	/** Never before the hint, and spread after it: {@code h + U(0, h/4)}. */
	private Duration afterHint(Duration hint) {
		return hint.plusNanos((long) (hint.toNanos() / 4.0 * this.clock.random().getAsDouble()));
	}

	/**
	 * A failed attempt.
	 *
	 * @param error what went wrong
	 * @param headers the answer's headers, or {@code null} when no answer came
	 * @param stale whether a pooled connection turned out to be closed before a byte of
	 * the answer came
	 * @param requestSent whether the request had been written
	 * @param refreshable whether the key may be another when asked again
	 */
	record Failure(ProviderException error, @Nullable WireHeaders headers, boolean stale, boolean requestSent,
			boolean refreshable) {

	}

	/** What one call has tried so far. Confined to the call. */
	static final class State {

		private int retries;

		private int taken;

		private boolean staleUsed;

		private boolean refreshed;

	}

	/**
	 * What to do.
	 *
	 * @param retry whether to try again
	 * @param delay how long to wait before
	 * @param hint how long the server asks to wait, or {@code null}
	 */
	record Decision(boolean retry, Duration delay, @Nullable Duration hint) {

		static Decision retry(Duration delay, @Nullable Duration hint) {
			return new Decision(true, delay, hint);
		}

		static Decision stop(@Nullable Duration hint) {
			return new Decision(false, Duration.ZERO, hint);
		}

	}

}
