package io.nexus3.provider.test.http;

import java.time.Duration;

/**
 * One step of a scripted response; steps are carried out in order, each after the one
 * before is done.
 *
 * @since 0.1.0
 */
public sealed interface BodyStep {

	/**
	 * Bytes that go out as one write, flushed at once; with chunked framing they are
	 * exactly one chunk.
	 *
	 * @param bytes the bytes; not copied, so they must not change any more
	 */
	record Write(byte[] bytes) implements BodyStep {
	}

	/**
	 * The same bytes written again and again, without holding them more than once in
	 * memory.
	 *
	 * @param bytes the bytes of one write; not copied
	 * @param times how often, at least 1; {@link Long#MAX_VALUE} is for ever
	 */
	record Repeat(byte[] bytes, long times) implements BodyStep {

		/**
		 * Checks the number.
		 * @throws IllegalArgumentException if {@code times} is below 1
		 */
		public Repeat {
			if (times < 1) {
				throw new IllegalArgumentException("times must be at least 1 but is " + times);
			}
		}
	}

	/**
	 * Nothing is sent for a while.
	 *
	 * @param duration how long, not negative
	 */
	record Pause(Duration duration) implements BodyStep {

		/**
		 * Checks the duration.
		 * @throws IllegalArgumentException if it is negative
		 */
		public Pause {
			if (duration.isNegative()) {
				throw new IllegalArgumentException("A pause cannot be negative: " + duration);
			}
		}
	}

	/**
	 * Nothing is sent until the test opens the gate.
	 *
	 * @param gate the gate to wait at
	 */
	record Await(Gate gate) implements BodyStep {
	}

}
