package io.nexus3.provider.config;

import java.time.Duration;

/**
 * How often and how patiently a call is tried again.
 *
 * @param maxRetries how many attempts may follow the first, 0 to 10; 0 means exactly one
 * request on the wire; 3 by default
 * @param backoff the base of the growing delay, 1 to 5; delay n is
 * {@code min(backoff^n + U(0,1) s, maxDelay)}; 1.5 by default
 * @param maxDelay the longest delay of our own, jitter included; 10 s by default
 * @param maxRetryAfter the longest wait that a server may ask for; above it the call
 * fails at once with the hint; 60 s by default
 * @param budget the provider's tokens for retries, so that a storm is not amplified: a
 * retry costs 5, after a timeout 10; 500 by default
 * @param retryAmbiguous whether to retry when the connection was lost after the request
 * was sent: the vendor may then have worked, and charged, twice; on by default
 * @since 0.1.0
 */
public record RetrySettings(int maxRetries, double backoff, Duration maxDelay, Duration maxRetryAfter, int budget,
		boolean retryAmbiguous) {

	private static final RetrySettings DEFAULTS = new RetrySettings(3, 1.5, Duration.ofSeconds(10),
			Duration.ofSeconds(60), 500, true);

	/**
	 * Check.
	 * @throws IllegalArgumentException when a value is out of its range
	 */
	public RetrySettings {
		check(maxRetries >= 0 && maxRetries <= 10, "max-retries must be 0 to 10, not " + maxRetries);
		check(backoff >= 1 && backoff <= 5, "backoff must be 1 to 5, not " + backoff);
		check(!maxDelay.isNegative() && !maxDelay.isZero(), "max-delay must be longer than 0, not " + maxDelay);
		check(!maxRetryAfter.isNegative(), "max-retry-after must not be negative, but is " + maxRetryAfter);
		check(budget >= 0, "budget must not be negative, but is " + budget);
	}

	/**
	 * The defaults.
	 * @return the settings
	 */
	public static RetrySettings defaults() {
		return DEFAULTS;
	}

	/**
	 * These settings with another number of retries.
	 * @param maxRetries 0 to 10
	 * @return new settings
	 */
	public RetrySettings withMaxRetries(int maxRetries) {
		return new RetrySettings(maxRetries, this.backoff, this.maxDelay, this.maxRetryAfter, this.budget,
				this.retryAmbiguous);
	}

	private static void check(boolean valid, String message) {
		if (!valid) {
			throw new IllegalArgumentException(message);
		}
	}

}
