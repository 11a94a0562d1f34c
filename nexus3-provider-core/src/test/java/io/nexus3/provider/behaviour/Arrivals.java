package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What event loops hand to a test that waits for it. They never wait themselves, as they
 * would for the locks of a blocking queue.
 *
 * @param <T> what arrives
 */
public final class Arrivals<T> {

	private final Queue<T> queue = new ConcurrentLinkedQueue<>();

	private final Semaphore count = new Semaphore(0);

	public void add(T item) {
		this.queue.add(item);
		this.count.release();
	}

	/** Wait for the next. */
	public T next(Duration watchdog) throws InterruptedException {
		if (!this.count.tryAcquire(watchdog.toNanos(), TimeUnit.NANOSECONDS)) {
			throw new AssertionError("Nothing arrived within " + watchdog);
		}
		return this.queue.remove();
	}

	public boolean isEmpty() {
		return this.queue.isEmpty();
	}

}
