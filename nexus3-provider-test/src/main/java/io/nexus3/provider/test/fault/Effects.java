package io.nexus3.provider.test.fault;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * The toxics of one direction, ready to be asked.
 */
final class Effects {

	static final Effects NONE = new Effects(List.of());

	/** A twentieth of a second's bytes at a time keeps a slow line even. */
	private static final int PIECES_A_SECOND = 20;

	private final List<Toxic> toxics;

	private final Toxic.@Nullable Latency latency;

	private final Toxic.@Nullable Bandwidth bandwidth;

	private final Toxic.@Nullable Slicer slicer;

	private final Toxic.@Nullable SlowClose slowClose;

	Effects(List<Toxic> toxics) {
		this.toxics = toxics;
		this.latency = last(Toxic.Latency.class);
		this.bandwidth = last(Toxic.Bandwidth.class);
		this.slicer = last(Toxic.Slicer.class);
		this.slowClose = last(Toxic.SlowClose.class);
	}

	private <T extends Toxic> @Nullable T last(Class<T> kind) {
		T last = null;
		for (Toxic toxic : this.toxics) {
			if (kind.isInstance(toxic)) {
				last = kind.cast(toxic);
			}
		}
		return last;
	}

	/** How long a piece of data that has just come waits, in nanoseconds. */
	long delay(Random random) {
		if (this.latency == null) {
			return 0;
		}
		double spread = (2 * random.nextDouble() - 1) * this.latency.jitter().toNanos();
		return Math.max(0, this.latency.delay().toNanos() + (long) spread);
	}

	/** How much may be sent at once of what is there. */
	int piece(int available, long passed) {
		long most = Math.min(available, bytesUntilEnd(passed));
		if (this.slicer != null) {
			most = Math.min(most, this.slicer.bytes());
		}
		if (this.bandwidth != null) {
			most = Math.min(most, Math.max(1, this.bandwidth.bytesPerSecond() / PIECES_A_SECOND));
		}
		return (int) most;
	}

	/** How long to wait after a piece, in nanoseconds. */
	long pause(int piece) {
		long pause = (this.slicer != null) ? this.slicer.delay().toNanos() : 0;
		if (this.bandwidth != null) {
			pause += (long) (piece * 1e9 / this.bandwidth.bytesPerSecond());
		}
		return pause;
	}

	/** How long the end of the sender is hidden from the receiver. */
	Duration closeDelay() {
		return (this.slowClose != null) ? this.slowClose.delay() : Duration.ZERO;
	}

	private long bytesUntilEnd(long passed) {
		long least = Long.MAX_VALUE;
		for (Toxic toxic : this.toxics) {
			least = Math.min(least, threshold(toxic) - passed);
		}
		return least;
	}

	/** The toxic that lets nothing more through, or null while there is none. */
	@Nullable Toxic ending(long passed) {
		for (Toxic toxic : this.toxics) {
			if (threshold(toxic) <= passed) {
				return toxic;
			}
		}
		return null;
	}

	private static long threshold(Toxic toxic) {
		if (toxic instanceof Toxic.Reset reset) {
			return reset.afterBytes();
		}
		if (toxic instanceof Toxic.LimitData limit) {
			return limit.bytes();
		}
		return (toxic instanceof Toxic.Stall stall) ? stall.afterBytes() : Long.MAX_VALUE;
	}

}
