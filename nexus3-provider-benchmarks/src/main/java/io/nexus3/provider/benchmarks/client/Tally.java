package io.nexus3.provider.benchmarks.client;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Counts what the answers of one run say, and how long their events were on the way.
 * Events of different answers may be told by different threads.
 */
final class Tally {

	private final LongAdder events = new LongAdder();

	private final LongAdder characters = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private final long[] delays;

	private final AtomicInteger delayCount = new AtomicInteger();

	private final long[] firstDelays;

	private final AtomicInteger firstDelayCount = new AtomicInteger();

	/**
	 * Begin to count.
	 * @param timed whether delays are told; otherwise no place is kept for them, as it
	 * would count as what the client allocates
	 */
	Tally(boolean timed) {
		this.delays = new long[timed ? 1 << 20 : 0];
		this.firstDelays = new long[timed ? 1 << 16 : 0];
	}

	/** Events are counted per answer and added at its end: one thread at a time tells. */
	void add(long events, long characters) {
		this.events.add(events);
		this.characters.add(characters);
	}

	void failed(Throwable error) {
		this.failures.increment();
		this.failure.compareAndSet(null, error);
	}

	/** The time in a text is when it was written, by the clock all processes share. */
	void delay(String text, boolean first) {
		long delay = System.nanoTime() - Long.parseLong(text, 1, text.length(), 10);
		put(this.delays, this.delayCount, delay);
		if (first) {
			put(this.firstDelays, this.firstDelayCount, delay);
		}
	}

	private static void put(long[] into, AtomicInteger count, long value) {
		int at = count.getAndIncrement();
		if (at < into.length) {
			into[at] = value;
		}
	}

	long events() {
		return this.events.sum();
	}

	long characters() {
		return this.characters.sum();
	}

	long failures() {
		return this.failures.sum();
	}

	@Nullable Throwable failure() {
		return this.failure.get();
	}

	long delay(double share) {
		return quantile(this.delays, this.delayCount.get(), share);
	}

	long firstDelay() {
		return quantile(this.firstDelays, this.firstDelayCount.get(), 0.5);
	}

	int firstEvents() {
		return this.firstDelayCount.get();
	}

	private static long quantile(long[] values, int count, double share) {
		int n = Math.min(count, values.length);
		if (n == 0) {
			return -1;
		}
		long[] sorted = Arrays.copyOf(values, n);
		Arrays.sort(sorted);
		return sorted[Math.min((int) (n * share), n - 1)];
	}

}
