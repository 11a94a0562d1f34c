package io.nexus3.provider.test.model;

import java.time.Duration;

/**
 * How fast a simulated model speaks.
 *
 * @param firstToken the time from the request to the first token, zero or more
 * @param perToken the time from one token to the next, zero or more
 * @since 0.1.0
 */
public record Pace(Duration firstToken, Duration perToken) {

	/**
	 * Checks the times.
	 * @throws IllegalArgumentException if one is negative
	 */
	public Pace {
		if (firstToken.isNegative() || perToken.isNegative()) {
			throw new IllegalArgumentException("A pace cannot be negative: " + firstToken + ", " + perToken);
		}
	}

	/**
	 * As fast as the machine can, for tests.
	 * @return the pace
	 */
	public static Pace immediate() {
		return new Pace(Duration.ZERO, Duration.ZERO);
	}

	/**
	 * About what a person sees of a hosted model: 400 ms to the first token, then 40
	 * tokens a second.
	 * @return the pace
	 */
	public static Pace conversational() {
		return of(Duration.ofMillis(400), 40);
	}

	/**
	 * A given pace.
	 * @param firstToken the time to the first token
	 * @param tokensPerSecond how many tokens a second follow, above 0
	 * @return the pace
	 */
	public static Pace of(Duration firstToken, double tokensPerSecond) {
		return new Pace(firstToken, Duration.ofNanos(Math.round(1_000_000_000 / tokensPerSecond)));
	}

	/**
	 * The time that a whole answer takes.
	 * @param tokens its number of tokens
	 * @return the time from the request to the last token
	 */
	public Duration whole(int tokens) {
		return this.firstToken.plus(this.perToken.multipliedBy(Math.max(0, tokens - 1)));
	}

}
