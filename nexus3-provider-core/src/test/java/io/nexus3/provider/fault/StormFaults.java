package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.registry.CallListener;
import io.nexus3.provider.registry.CallTrace;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.ScriptedResponse;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many callers whose attempts fail at once.
 */
final class StormFaults implements FaultRows {

	private static final int CALLERS = 100;

	private static final int SECONDS = 60;

	@Override
	public void addTo(FaultTable table) {
		table.row("F90", "a storm of failures is not amplified, and ends with its cause", StormFaults::storm);
		table.row("F91", "callers that failed together do not come back together", StormFaults::synchronised);
	}

	private static void storm(FaultFormat format) {
		TurnableClock time = new TurnableClock();
		AtomicBoolean down = new AtomicBoolean(true);
		AtomicInteger requests = new AtomicInteger();
		try (Scene scene = format.scene((config) -> config.withRetry(RetrySettings.defaults()), time.callClock(),
				(request) -> {
					requests.incrementAndGet();
					return down.get() ? format.refusal(503, "overloaded_error", "later") : format.good(false, "ok");
				})) {
			Storm storm = new Storm(scene, time, randomly(time, new Random(90)));
			for (int second = 0; second < SECONDS; second++) {
				storm.second();
			}
			assertThat(storm.mostAttempts.get()).isBetween(2, 4);
			assertThat(storm.succeeded).hasValue(0);
			// Not all callers fail fast yet while the budget lasts.
			assertThat(storm.calls.get()).isGreaterThan(CALLERS * SECONDS * 9 / 10);
			assertThat((double) requests.get() / storm.calls.get()).as("attempts per call").isBetween(1.0, 1.1);
			down.set(false);
			storm.second();
			storm.second();
			int calls = storm.calls.get();
			int succeeded = storm.succeeded.get();
			for (int second = 0; second < 3; second++) {
				storm.second();
			}
			assertThat(storm.succeeded.get() - succeeded).isEqualTo(storm.calls.get() - calls).isEqualTo(3 * CALLERS);
			storm.registry.close();
		}
	}

	private static void synchronised(FaultFormat format) {
		List<Double> own = delays(format, format.refusal(429, "rate_limit_error", "slow down"));
		assertThat(own).hasSize(CALLERS).allMatch((delay) -> delay >= 1 && delay < 2);
		assertThat(deviation(own)).as("standard deviation in seconds").isGreaterThanOrEqualTo(0.25);
		List<Double> hinted = delays(format,
				format.refusal(429, "rate_limit_error", "slow down").withHeader("Retry-After", "20"));
		assertThat(hinted).hasSize(CALLERS).allMatch((delay) -> delay >= 20 && delay <= 25);
		assertThat(deviation(hinted)).as("standard deviation in seconds").isGreaterThanOrEqualTo(0.05 * mean(hinted));
	}

	private static List<Double> delays(FaultFormat format, ScriptedResponse refusal) {
		TurnableClock time = new TurnableClock();
		try (Scene scene = format.scene((config) -> config.withRetry(RetrySettings.defaults()), time.callClock(),
				(request) -> refusal)) {
			Storm storm = new Storm(scene, time, randomly(time, new Random(91)));
			storm.callOnce();
			storm.awaitQuiet();
			storm.registry.close();
			return storm.delays.stream().map((delay) -> delay.toNanos() / 1e9).toList();
		}
	}

	private static double mean(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
	}

	private static double deviation(List<Double> values) {
		double mean = mean(values);
		return Math
			.sqrt(values.stream().mapToDouble((value) -> (value - mean) * (value - mean)).average().orElseThrow());
	}

	private static CallClock randomly(TurnableClock time, Random random) {
		CallClock clock = time.callClock();
		return new CallClock(clock.scheduler(), clock.nanos(), clock.calendar(), random::nextDouble);
	}

	/** Callers that call once a second, if their last call is over. */
	private static final class Storm implements CallListener, CallTrace {

		private final ProviderRegistry registry;

		private final AsyncProvider provider;

		private final TurnableClock time;

		private final List<AtomicBoolean> free = new ArrayList<>();

		private final AtomicInteger busy = new AtomicInteger();

		private final AtomicInteger calls = new AtomicInteger();

		private final AtomicInteger succeeded = new AtomicInteger();

		private final AtomicInteger mostAttempts = new AtomicInteger();

		private final List<Duration> delays = new CopyOnWriteArrayList<>();

		Storm(Scene scene, TurnableClock time, CallClock clock) {
			this.time = time;
			this.registry = ProviderRegistry.builder(scene.registry.config())
				.listeners(List.of(this))
				.clock(clock)
				.build();
			this.provider = this.registry.getForModel();
			for (int i = 0; i < CALLERS; i++) {
				this.free.add(new AtomicBoolean(true));
			}
		}

		void second() {
			callOnce();
			awaitQuiet();
			this.time.advance(Duration.ofSeconds(1));
			awaitQuiet();
		}

		void callOnce() {
			for (AtomicBoolean caller : this.free) {
				if (caller.compareAndSet(true, false)) {
					this.calls.incrementAndGet();
					this.busy.incrementAndGet();
					this.provider.complete("Hi").doFinally((signal) -> {
						caller.set(true);
						this.busy.decrementAndGet();
					}).onErrorComplete(ProviderException.class).subscribe();
				}
			}
		}

		/** Until every call is over or waits for its next attempt. */
		void awaitQuiet() {
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
			while (this.busy.get() > 0) {
				assertThat(System.nanoTime()).as("calls under way: %s", this.busy).isLessThan(deadline);
				LockSupport.parkNanos(100_000);
			}
		}

		@Override
		public CallTrace callStarted(CallInfo call, ContextView context) {
			return this;
		}

		@Override
		public void attemptStarted(int number) {
			if (number > 1) {
				this.busy.incrementAndGet();
			}
		}

		@Override
		public void retryPlanned(ProviderException reason, Duration delay) {
			this.delays.add(delay);
			this.busy.decrementAndGet();
		}

		@Override
		public void ended(CallEnd end) {
			this.mostAttempts.accumulateAndGet(end.attempts(), Math::max);
			if (end.outcome() == Outcome.COMPLETED) {
				this.succeeded.incrementAndGet();
			}
		}

	}

}
