package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.nexus3.provider.registry.CallClock;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Time that stands still until a test turns it, and that says which timers were set. One
 * thread at a time comes to it: its queue has a lock that event loops must not wait for.
 */
public final class TurnableClock implements Scheduler {

	private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Queue<Duration> timers = new ArrayDeque<>();

	/** This time for calls; without chance, so that delays have no jitter. */
	public CallClock callClock() {
		return new CallClock(this, () -> this.time.now(TimeUnit.NANOSECONDS),
				() -> START.plusNanos(this.time.now(TimeUnit.NANOSECONDS)), () -> 0);
	}

	/** Let time pass. */
	public void advance(Duration duration) {
		synchronized (this.time) {
			this.time.advanceTimeBy(duration);
		}
	}

	/** Wait, in real time, until a timer of that length is set. */
	public void awaitTimer(Duration length) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		synchronized (this.timers) {
			while (!take(length)) {
				long left = deadline - System.nanoTime();
				if (left <= 0) {
					throw new AssertionError("No timer of " + length + " was set");
				}
				try {
					this.timers.wait(left / 1_000_000 + 1);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					throw new AssertionError("Interrupted while waiting for a timer of " + length, ex);
				}
			}
		}
	}

	/**
	 * Let a timer run out, a second time where what it measures began anew meanwhile: a
	 * request may be at its end only now.
	 */
	public void expire(Duration length, BooleanSupplier over) {
		awaitTimer(length);
		advance(length);
		if (setAgain(length, over)) {
			advance(length);
		}
	}

	/** How much time has passed. */
	public Duration passed() {
		return Duration.ofNanos(this.time.now(TimeUnit.NANOSECONDS));
	}

	/** Wait for what is over, or for another timer, whichever comes. */
	private boolean setAgain(Duration length, BooleanSupplier over) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		while (!over.getAsBoolean()) {
			synchronized (this.timers) {
				// The other timers stay: they may be what follows the end.
				if (this.timers.remove(length)) {
					return true;
				}
				if (System.nanoTime() > deadline) {
					throw new AssertionError("Neither over nor a further timer of " + length);
				}
				try {
					this.timers.wait(5);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					throw new AssertionError("Interrupted while waiting for a timer of " + length, ex);
				}
			}
		}
		return false;
	}

	/** Forget the timers up to and with the first of that length, or all. */
	private boolean take(Duration length) {
		Duration timer = this.timers.poll();
		while (timer != null && !timer.equals(length)) {
			timer = this.timers.poll();
		}
		return timer != null;
	}

	@Override
	public Disposable schedule(Runnable task) {
		synchronized (this.time) {
			return alone(this.time.schedule(task));
		}
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		Disposable timer;
		synchronized (this.time) {
			timer = this.time.schedule(task, delay, unit);
		}
		synchronized (this.timers) {
			this.timers.add(Duration.ofNanos(unit.toNanos(delay)));
			this.timers.notifyAll();
		}
		return alone(timer);
	}

	private Disposable alone(Disposable timer) {
		return () -> {
			synchronized (this.time) {
				timer.dispose();
			}
		};
	}

	@Override
	public Worker createWorker() {
		return this.time.createWorker();
	}

}
