package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.Timeouts;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * The clocks of one attempt. Each is a moment that must not pass; one timer serves them
 * all and looks again when it finds that something has happened meanwhile, so that an
 * event costs a look at the time and no timer.
 * <p>
 * Clocks stand still while the subscriber asks for nothing: silence is then its own.
 */
final class AttemptClocks {

	private static final long OFF = Long.MAX_VALUE;

	private final Timeouts timeouts;

	private final CallClock clock;

	private final boolean stream;

	private final Runnable onExpiry;

	private volatile Phase phase = Phase.CONNECTING;

	private volatile long phaseStart;

	private volatile long lastByte;

	private volatile boolean paused;

	private volatile boolean stopped;

	private volatile boolean due;

	private volatile @Nullable Disposable timer;

	private volatile long timerDue = OFF;

	AttemptClocks(Timeouts timeouts, CallClock clock, boolean stream, Runnable onExpiry) {
		this.timeouts = timeouts;
		this.clock = clock;
		this.stream = stream;
		this.onExpiry = onExpiry;
	}

	/** Begins to write the request, which a server that does not read may block. */
	void connected() {
		enter(Phase.AWAITING_HEAD);
		schedule();
	}

	/** An answer may begin before the request is at its end. */
	void requestSent() {
		if (this.phase == Phase.AWAITING_HEAD) {
			enter(Phase.AWAITING_HEAD);
		}
	}

	void head() {
		this.lastByte = now();
		enter(Phase.AWAITING_EVENT);
		schedule();
	}

	void bytes() {
		this.lastByte = now();
	}

	/**
	 * An event, and bytes with it. Only the first event brings a deadline that may be
	 * nearer than the timer.
	 */
	void event() {
		long now = now();
		this.lastByte = now;
		this.phaseStart = now;
		if (this.phase != Phase.BETWEEN_EVENTS) {
			this.phase = Phase.BETWEEN_EVENTS;
			schedule();
		}
	}

	void pause() {
		this.paused = true;
	}

	/** The subscriber asks again: its own silence does not count. */
	void resume() {
		if (this.paused) {
			this.lastByte = now();
			this.phaseStart = this.lastByte;
			this.paused = false;
			schedule();
		}
	}

	void stop() {
		this.stopped = true;
		cancelTimer();
	}

	private void enter(Phase phase) {
		this.phaseStart = now();
		this.phase = phase;
	}

	private long now() {
		return this.clock.nanos().getAsLong();
	}

	/** A timer that is due no later serves: it looks, and goes on. */
	private void schedule() {
		if (this.stopped || this.paused) {
			return;
		}
		long deadline = Math.min(phaseDeadline(), idleDeadline());
		if (deadline == OFF) {
			return;
		}
		long now = now();
		long delay = Math.max(deadline - now, 0);
		long due = this.timerDue;
		if (due != OFF && due - now <= delay) {
			return;
		}
		cancelTimer();
		this.timerDue = now + delay;
		this.timer = this.clock.scheduler().schedule(this::look, delay, TimeUnit.NANOSECONDS);
		if (this.stopped) {
			cancelTimer();
		}
	}

	private void look() {
		this.timerDue = OFF;
		if (this.stopped || this.paused) {
			return;
		}
		if (expired() != null) {
			this.due = true;
			this.onExpiry.run();
		}
		else {
			schedule();
		}
	}

	private void cancelTimer() {
		Disposable timer = this.timer;
		if (timer != null) {
			timer.dispose();
		}
	}

	/**
	 * The error of the clock that the timer found run out, or null. Asked after every
	 * batch of events: without the timer's word it does not look at the time.
	 */
	@Nullable ProviderException ranOut() {
		if (!this.due) {
			return null;
		}
		this.due = false;
		ProviderException expired = expired();
		if (expired == null) {
			// Something came just in time: the timer goes on.
			schedule();
		}
		return expired;
	}

	/** The error of the clock that ran out, or null when none did. */
	@Nullable ProviderException expired() {
		long now = now();
		if (this.stopped || this.paused) {
			return null;
		}
		if (now >= idleDeadline()) {
			return timeout("idle", this.timeouts.idle(), "not a byte came");
		}
		if (now < phaseDeadline()) {
			return null;
		}
		return switch (this.phase) {
			case AWAITING_HEAD -> timeout("response", response(), "no status came");
			case AWAITING_EVENT -> timeout("first-event", this.timeouts.firstEvent(), "no event of the model came");
			case BETWEEN_EVENTS -> timeout("stall", this.timeouts.stall(), "no further event of the model came");
			case CONNECTING -> null;
		};
	}

	private static ProviderException timeout(String name, Duration limit, String what) {
		return ProviderException.of(ErrorKind.TIMEOUT, "The " + name + " timeout ran out: " + what + " for " + limit);
	}

	private long phaseDeadline() {
		return switch (this.phase) {
			case CONNECTING -> OFF;
			case AWAITING_HEAD -> this.phaseStart + response().toNanos();
			case AWAITING_EVENT -> this.phaseStart + this.timeouts.firstEvent().toNanos();
			case BETWEEN_EVENTS -> this.phaseStart + this.timeouts.stall().toNanos();
		};
	}

	private long idleDeadline() {
		boolean reading = this.phase == Phase.AWAITING_EVENT || this.phase == Phase.BETWEEN_EVENTS;
		return reading ? this.lastByte + this.timeouts.idle().toNanos() : OFF;
	}

	private Duration response() {
		return this.stream ? this.timeouts.response().stream() : this.timeouts.response().complete();
	}

	private enum Phase {

		CONNECTING, AWAITING_HEAD, AWAITING_EVENT, BETWEEN_EVENTS

	}

}
