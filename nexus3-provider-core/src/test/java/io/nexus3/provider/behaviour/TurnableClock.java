package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.nexus3.provider.registry.CallClock;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Time that stands still until a test turns it, and that says which timers were set.
 */
public final class TurnableClock implements Scheduler {

	private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final LinkedBlockingQueue<Duration> timers = new LinkedBlockingQueue<>();

	/** This time for calls; without chance, so that delays have no jitter. */
	public CallClock callClock() {
		return new CallClock(this, () -> this.time.now(TimeUnit.NANOSECONDS),
				() -> START.plusNanos(this.time.now(TimeUnit.NANOSECONDS)), () -> 0);
	}

	/** Let time pass. */
	public void advance(Duration duration) {
		this.time.advanceTimeBy(duration);
	}

	/** Wait, in real time, until a timer of that length is set. */
	public void awaitTimer(Duration length) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		Duration timer;
		do {
			timer = nextTimer(deadline - System.nanoTime());
			if (timer == null) {
				throw new AssertionError("No timer of " + length + " was set");
			}
		}
		while (!timer.equals(length));
	}

	/**
	 * Let a timer run out, a second time where what it measures began anew meanwhile: a
	 * request may be at its end only now.
	 */
	public void expire(Duration length, BooleanSupplier over) {
		awaitTimer(length);
		advance(length);
		if (!over.getAsBoolean()) {
			awaitTimer(length);
			advance(length);
		}
	}

	private @Nullable Duration nextTimer(long nanos) {
		try {
			return this.timers.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	@Override
	public Disposable schedule(Runnable task) {
		return this.time.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		Disposable timer = this.time.schedule(task, delay, unit);
		this.timers.add(Duration.ofNanos(unit.toNanos(delay)));
		return timer;
	}

	@Override
	public Worker createWorker() {
		return this.time.createWorker();
	}

}
