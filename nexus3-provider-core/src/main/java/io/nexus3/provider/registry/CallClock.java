package io.nexus3.provider.registry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Time as calls know it, injected so that tests can turn it: monotonic nanoseconds for
 * all that is measured, a scheduler on the same time for all that is waited for, the
 * calendar only to read dates that servers send, and the randomness of delays.
 *
 * @param scheduler where timers run
 * @param nanos monotonic time in nanoseconds
 * @param calendar the time of day
 * @param random numbers from 0 to below 1
 * @since 0.1.0
 */
public record CallClock(Scheduler scheduler, LongSupplier nanos, InstantSource calendar, DoubleSupplier random) {

	/**
	 * The system's time.
	 * @return the clock
	 */
	public static CallClock system() {
		return new CallClock(Schedulers.parallel(), System::nanoTime, InstantSource.system(),
				() -> ThreadLocalRandom.current().nextDouble());
	}

	Duration since(long start) {
		return Duration.ofNanos(this.nanos.getAsLong() - start);
	}

}
