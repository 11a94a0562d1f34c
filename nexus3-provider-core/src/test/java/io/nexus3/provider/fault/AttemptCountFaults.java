package io.nexus3.provider.fault;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.ScriptedResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many attempts a call makes, and by which time.
 */
final class AttemptCountFaults implements FaultRows {

	@Override
	public void addTo(FaultTable table) {
		table.row("F92", "nothing below repeats what the one retry policy repeats", AttemptCountFaults::layers);
		table.row("F93", "a jump of the calendar moves no clock and no delay", AttemptCountFaults::calendarJumps);
		table.row("F94", "no retries is exactly one request, also on a stale connection",
				AttemptCountFaults::noRetries);
		table.row("F95", "a hint beyond the total clock fails at once", AttemptCountFaults::hintBeyondTheTotal);
	}

	private static void layers(FaultFormat format) {
		for (boolean stream : List.of(false, true)) {
			for (Ending ending : List.of(Ending.CLOSE, Ending.RESET)) {
				ScriptedResponse lost = ScriptedResponse.noAnswer(ending);
				try (Scene scene = format.scene(Scene.pooled(3, 1), format.good(stream, "ok"), lost)) {
					assertThat(scene.call(stream)).isEqualTo("ok");
					ProviderException error = ExpectedError.of(ErrorKind.CONNECTION_LOST, scene.error(stream));
					// The first, one on the house for the stale connection, three
					// retries.
					assertThat(scene.requests() - 1).isEqualTo(1 + 1 + 3);
					assertThat(error.attempts()).hasSize(5);
				}
				try (Scene scene = format.scene(Scene.retrying(3), lost)) {
					assertThat(scene.error(stream).attempts()).hasSize(4);
					assertThat(scene.requests()).isEqualTo(4);
				}
			}
		}
	}

	private static void calendarJumps(FaultFormat format) throws Exception {
		for (boolean stream : List.of(false, true)) {
			TurnableClock time = new TurnableClock();
			ScriptedResponse hint = format.refusal(429, "rate_limit_error", "later").withHeader("Retry-After", "2");
			List<ScriptedResponse> answers = List.of(format.refusal(503, "overloaded_error", "later"), hint,
					format.good(stream, "ok"));
			try (Scene scene = format.scene((config) -> config.withRetry(RetrySettings.defaults()), jumping(time),
					(request) -> answers.get(request.order()))) {
				CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> scene.call(stream));
				time.awaitTimer(Duration.ofSeconds(1));
				time.advance(Duration.ofMillis(999));
				assertThat(scene.requests()).isEqualTo(1);
				time.advance(Duration.ofMillis(1));
				time.awaitTimer(Duration.ofSeconds(2));
				time.advance(Duration.ofSeconds(2));
				assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
				assertThat(scene.trace.delays).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
			}
			silenceIsMeasured(format, stream);
		}
	}

	private static void silenceIsMeasured(FaultFormat format, boolean stream) throws Exception {
		TurnableClock time = new TurnableClock();
		ScriptedResponse silent = ScriptedResponse.sse().withEnding(Ending.STALL);
		try (Scene scene = format.scene(Scene.retrying(0), jumping(time), (request) -> silent)) {
			CompletableFuture<ProviderException> silence = CompletableFuture.supplyAsync(() -> scene.error(stream));
			time.awaitTimer(Duration.ofSeconds(60));
			time.advance(Duration.ofSeconds(59));
			assertThat(silence).isNotDone();
			time.advance(Duration.ofSeconds(1));
			assertThat(ExpectedError.of(ErrorKind.TIMEOUT, silence.get(10, TimeUnit.SECONDS)))
				.hasMessageContaining("idle");
		}
	}

	/** A calendar that is set forth and back by a year each time it is read. */
	private static CallClock jumping(TurnableClock time) {
		CallClock clock = time.callClock();
		AtomicInteger reads = new AtomicInteger();
		InstantSource calendar = () -> {
			Instant now = clock.calendar().instant();
			return now.plus(Duration.ofDays((reads.getAndIncrement() % 2 == 0) ? 365 : -365));
		};
		return new CallClock(clock.scheduler(), clock.nanos(), calendar, clock.random());
	}

	private static void noRetries(FaultFormat format) {
		for (boolean stream : List.of(false, true)) {
			try (Scene scene = format.scene(Scene.retrying(0), format.refusal(503, "overloaded_error", "later"))) {
				ExpectedError.atOnce(ErrorKind.OVERLOADED, scene, stream);
			}
			try (Scene scene = format.scene(Scene.pooled(0, 1), format.good(stream, "ok"),
					ScriptedResponse.noAnswer(Ending.CLOSE))) {
				assertThat(scene.call(stream)).isEqualTo("ok");
				ProviderException error = ExpectedError.of(ErrorKind.CONNECTION_LOST, scene.error(stream));
				assertThat(error.attempts()).hasSize(1);
				assertThat(scene.requests()).isEqualTo(2);
				assertThat(scene.server.requests().get(1).connection()).isZero();
			}
		}
	}

	private static void hintBeyondTheTotal(FaultFormat format) {
		for (boolean stream : List.of(false, true)) {
			TurnableClock time = new TurnableClock();
			try (Scene scene = format.scene(
					(config) -> config.withTimeouts(config.calls().timeouts().withTotal(Duration.ofSeconds(5))),
					time.callClock(),
					(request) -> format.refusal(429, "rate_limit_error", "later").withHeader("Retry-After", "10"))) {
				// Time stands still: a call that slept would not end.
				ProviderException error = ExpectedError.atOnce(ErrorKind.RATE_LIMIT, scene, stream);
				assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(10));
				assertThat(error.retryable()).isTrue();
				assertThat(scene.trace.delays).isEmpty();
			}
		}
	}

}
