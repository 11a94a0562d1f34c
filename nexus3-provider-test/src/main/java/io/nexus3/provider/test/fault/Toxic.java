package io.nexus3.provider.test.fault;

import java.time.Duration;

/**
 * One thing that goes wrong in one direction of a connection. The names are those of
 * toxiproxy, and so is what they mean unless said otherwise. Bytes are counted from where
 * the toxic was put in place.
 *
 * @since 0.1.0
 */
public sealed interface Toxic {

	/**
	 * Delays each piece of data by {@code delay}, give or take up to {@code jitter}.
	 * Order is kept: a piece waits for the one before it, as toxiproxy's does not.
	 *
	 * @param delay how long, not negative
	 * @param jitter how much it varies in both directions, not negative
	 */
	record Latency(Duration delay, Duration jitter) implements Toxic {

		/**
		 * Checks the durations.
		 * @throws IllegalArgumentException if one is negative
		 */
		public Latency {
			notNegative(delay);
			notNegative(jitter);
		}

	}

	/**
	 * Lets no more than so many bytes a second through.
	 *
	 * @param bytesPerSecond the rate, at least 1
	 */
	record Bandwidth(long bytesPerSecond) implements Toxic {

		/**
		 * Checks the rate.
		 * @throws IllegalArgumentException if it is below 1
		 */
		public Bandwidth {
			if (bytesPerSecond < 1) {
				throw new IllegalArgumentException("A rate is at least 1 byte a second, not " + bytesPerSecond);
			}
		}

	}

	/**
	 * When the sender closes, the receiver learns of it only after a while.
	 *
	 * @param delay how long, not negative
	 */
	record SlowClose(Duration delay) implements Toxic {

		/**
		 * Checks the duration.
		 * @throws IllegalArgumentException if it is negative
		 */
		public SlowClose {
			notNegative(delay);
		}

	}

	/**
	 * After so many bytes nothing more arrives, and the connection stays open until one
	 * side closes it (toxiproxy's timeout 0). What the sender sends is swallowed.
	 *
	 * @param afterBytes how many bytes pass before, not negative
	 */
	record Stall(long afterBytes) implements Toxic {

		/**
		 * Checks the number.
		 * @throws IllegalArgumentException if it is negative
		 */
		public Stall {
			notNegative(afterBytes);
		}

	}

	/**
	 * After so many bytes both sides get a reset (RST). As on a real network, a receiver
	 * may lose bytes that it has not taken by then.
	 *
	 * @param afterBytes how many bytes pass before, not negative; with 0 it comes in the
	 * place of the first one
	 */
	record Reset(long afterBytes) implements Toxic {

		/**
		 * Checks the number.
		 * @throws IllegalArgumentException if it is negative
		 */
		public Reset {
			notNegative(afterBytes);
		}

	}

	/**
	 * Cuts data into small pieces, each sent on its own.
	 *
	 * @param bytes how many bytes a piece has at most, at least 1
	 * @param delay how long to wait after each piece, not negative
	 */
	record Slicer(int bytes, Duration delay) implements Toxic {

		/**
		 * Checks the values.
		 * @throws IllegalArgumentException if a piece would be empty or the delay is
		 * negative
		 */
		public Slicer {
			if (bytes < 1) {
				throw new IllegalArgumentException("A piece has at least 1 byte, not " + bytes);
			}
			notNegative(delay);
		}

	}

	/**
	 * After so many bytes the connection is closed (FIN) on both sides.
	 *
	 * @param bytes how many bytes pass before, not negative
	 */
	record LimitData(long bytes) implements Toxic {

		/**
		 * Checks the number.
		 * @throws IllegalArgumentException if it is negative
		 */
		public LimitData {
			notNegative(bytes);
		}

	}

	private static void notNegative(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("A duration cannot be negative: " + duration);
		}
	}

	private static void notNegative(long bytes) {
		if (bytes < 0) {
			throw new IllegalArgumentException("A number of bytes cannot be negative: " + bytes);
		}
	}

}
