package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.guard.Canary;
import io.nexus3.provider.test.http.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the table of retry schedules over the whole path of a call, in virtual time.
 */
class RetryScheduleTests {

	private static volatile RetrySchedule schedule;

	private static volatile int answered;

	private static final ScriptedServer SERVER = ScriptedServer.start((request) -> schedule.answer(answered++));

	static Stream<RetrySchedule> schedules() {
		return RetrySchedule.all();
	}

	@AfterAll
	static void stop() {
		SERVER.close();
	}

	@ParameterizedTest
	@MethodSource("schedules")
	@Timeout(30)
	void isFollowedToTheNanosecond(RetrySchedule row) {
		schedule = row;
		answered = 0;
		TurnableClock time = new TurnableClock();
		Course course = new Course();
		try (ProviderRegistry registry = registry(row, time, course)) {
			CompletableFuture<?> call = registry.getForModel("alias").stream("Hi").onErrorComplete().then().toFuture();
			int attempts = 1;
			for (Duration expected : row.delays()) {
				Duration delay = course.awaitRetry();
				assertThat(delay).as("delay %s", attempts).isCloseTo(expected, Duration.ofNanos(1000));
				letPass(time, delay, course, attempts);
				attempts++;
			}
			course.awaitEnd();
			call.join();
			assertThat(course.attempts()).as("attempts").isEqualTo(attempts);
			assertThat(answered).as("requests").isEqualTo(attempts);
			assertEnd(row, course.error(), attempts);
		}
	}

	private static void letPass(TurnableClock time, Duration delay, Course course, int attempts) {
		if (!delay.isZero()) {
			time.awaitTimer(delay);
			time.advance(delay.minusNanos(1));
			assertThat(course.attempts()).as("attempts before the delay is over").isEqualTo(attempts);
			time.advance(Duration.ofNanos(1));
			course.awaitAttempt(attempts + 1);
		}
	}

	private static void assertEnd(RetrySchedule row, @Nullable ProviderException error, int attempts) {
		if (row.ok()) {
			assertThat(error).isNull();
			return;
		}
		assertThat(error).isNotNull();
		assertThat(error.attempts()).hasSize(attempts);
		assertThat(error.retryAfter()).isEqualTo(row.retryAfter());
		if (row.lastStatus() != null) {
			assertThat(error.status()).isEqualTo(row.lastStatus());
		}
	}

	private static ProviderRegistry registry(RetrySchedule row, TurnableClock time, Course course) {
		ProviderConfig config = ProviderConfig.of("test", row.format())
			.withBaseUrl(SERVER.baseUrl())
			.withApiKey(Canary.KEY)
			.withTimeouts(row.timeouts())
			.withRetry(row.retry());
		CallClock clock = time.callClock();
		double chance = (row.chance() == 0) ? 0 : Math.nextDown(1.0);
		return ProviderRegistry
			.builder(ProvidersConfig.of(List.of(config), List.of(ModelConfig.of("alias", "test", "gpt")), null)
				.withShutdownGrace(Duration.ZERO))
			.listeners(List.of(course))
			.clock(new CallClock(clock.scheduler(), clock.nanos(), clock.calendar(), () -> chance))
			.build();
	}

	/**
	 * What happens to the call, as its listener is told. Monitors, because event loops
	 * report here.
	 */
	private static final class Course implements CallListener, CallTrace {

		private int attempts;

		private @Nullable Duration retry;

		private @Nullable CallEnd end;

		@Override
		public CallTrace callStarted(CallInfo call, ContextView context) {
			return this;
		}

		@Override
		public synchronized void attemptStarted(int number) {
			this.attempts = number;
			notifyAll();
		}

		@Override
		public synchronized void retryPlanned(ProviderException reason, Duration delay) {
			this.retry = delay;
			notifyAll();
		}

		@Override
		public synchronized void ended(CallEnd end) {
			this.end = end;
			notifyAll();
		}

		synchronized int attempts() {
			return this.attempts;
		}

		synchronized @Nullable ProviderException error() {
			return (this.end != null) ? this.end.error() : null;
		}

		synchronized void awaitAttempt(int number) {
			while (this.attempts < number) {
				await();
			}
		}

		synchronized Duration awaitRetry() {
			while (this.retry == null) {
				assertThat(this.end).as("the end in place of a retry").isNull();
				await();
			}
			Duration retry = this.retry;
			this.retry = null;
			return retry;
		}

		synchronized void awaitEnd() {
			while (this.end == null) {
				assertThat(this.retry).as("a retry in place of the end").isNull();
				await();
			}
		}

		private void await() {
			try {
				TimeUnit.SECONDS.timedWait(this, 10);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new AssertionError("Nothing happened", ex);
			}
		}

	}

}
