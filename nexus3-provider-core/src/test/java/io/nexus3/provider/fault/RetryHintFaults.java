package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that say when to come back. All on time that a test turns; the calendar says
 * noon of 1 March 2026 when a call begins.
 */
final class RetryHintFaults implements FaultRows {

	private static final Duration OWN_BACKOFF = Duration.ofSeconds(1);

	@Override
	public void addTo(FaultTable table) {
		table.row("F54", "Retry-After in seconds is waited for, with jitter upward only", RetryHintFaults::seconds);
		table.row("F55", "Retry-After as a date is waited for, by the server's own clock", RetryHintFaults::date);
		table.row("F56", "retry-after-ms wins over Retry-After", RetryHintFaults::milliseconds);
		table.row("F57", "a nonsensical Retry-After is ignored, a far one ends the call", RetryHintFaults::nonsense);
		table.row("F58", "x-ratelimit-reset-* is a hint where nothing remains", RetryHintFaults::openAiResets);
		table.row("F59", "anthropic-ratelimit-*-reset is a hint where nothing remains",
				RetryHintFaults::anthropicResets);
	}

	private static void seconds(FaultFormat format) throws Exception {
		waits(format, Duration.ofSeconds(2), "Retry-After", "2");
		waits(format, Duration.ofMillis(1500), "Retry-After", "1.5");
		waits(format, Duration.ofSeconds(60), "Retry-After", "60");
		waits(format, 0.5, Duration.ofMillis(2250), "Retry-After", "2");
		waits(format, 0.999, Duration.ofNanos(2_499_500_000L), "Retry-After", "2");
		for (boolean stream : Failing.MODES) {
			waits(format, stream, 503, 0, Duration.ofSeconds(3), "Retry-After", "3");
		}
	}

	private static void date(FaultFormat format) throws Exception {
		waits(format, Duration.ofSeconds(30), "Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT");
		waits(format, OWN_BACKOFF, "Retry-After", "Sun, 01 Mar 2026 11:59:30 GMT");
		waits(format, OWN_BACKOFF, "Retry-After", "Sun, 01 Mar 2026 12:00:00 GMT");
		waits(format, Duration.ofSeconds(7), "Retry-After", "Sun, 01 Mar 2026 10:00:07 GMT", "Date",
				"Sun, 01 Mar 2026 10:00:00 GMT");
		waits(format, OWN_BACKOFF, "Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT", "Date",
				"Sun, 01 Mar 2026 13:00:00 GMT");
	}

	private static void milliseconds(FaultFormat format) throws Exception {
		waits(format, Duration.ofMillis(350), "retry-after-ms", "350");
		waits(format, Duration.ofMillis(350), "retry-after-ms", "350", "Retry-After", "9");
		waits(format, Duration.ofSeconds(9), "retry-after-ms", "soon", "Retry-After", "9");
	}

	private static void nonsense(FaultFormat format) throws Exception {
		for (String value : List.of("-1", "soon", "1e9", "1" + "0".repeat(30), "", "NaN", "2, 3")) {
			waits(format, OWN_BACKOFF, "Retry-After", value);
		}
		waits(format, OWN_BACKOFF, "Retry-After", "2", "Retry-After", "3");
		failsAtOnce(format, Duration.ofSeconds(61), "Retry-After", "61");
		failsAtOnce(format, Duration.ofSeconds(1_000_000_000), "Retry-After", "1000000000");
		failsAtOnce(format, Duration.ofHours(1), "retry-after-ms", "3600000");
		failsAtOnce(format, Duration.ofHours(24), "Retry-After", "Mon, 02 Mar 2026 12:00:00 GMT");
	}

	private static void openAiResets(FaultFormat format) throws Exception {
		waits(format, Duration.ofSeconds(20), "x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests",
				"20s");
		waits(format, Duration.ofMillis(20), "x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "20ms");
		waits(format, Duration.ofSeconds(9), "x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "2s",
				"x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "9s");
		waits(format, OWN_BACKOFF, "x-ratelimit-remaining-requests", "5", "x-ratelimit-reset-requests", "20s");
		waits(format, OWN_BACKOFF, "x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "soon");
		waits(format, Duration.ofSeconds(3), "Retry-After", "3", "x-ratelimit-remaining-requests", "0",
				"x-ratelimit-reset-requests", "20s");
		failsAtOnce(format, Duration.ofMinutes(6), "x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests",
				"6m0s");
	}

	private static void anthropicResets(FaultFormat format) throws Exception {
		for (String limit : List.of("requests", "tokens", "input-tokens", "output-tokens")) {
			String prefix = "anthropic-ratelimit-" + limit;
			waits(format, Duration.ofSeconds(12), prefix + "-remaining", "0", prefix + "-reset",
					"2026-03-01T12:00:12Z");
			waits(format, Duration.ofSeconds(12), prefix + "-remaining", "0", prefix + "-reset",
					"2026-03-01T14:00:12+02:00");
			waits(format, OWN_BACKOFF, prefix + "-remaining", "1", prefix + "-reset", "2026-03-01T12:00:12Z");
			waits(format, OWN_BACKOFF, prefix + "-remaining", "0", prefix + "-reset", "2026-03-01T11:00:00Z");
			failsAtOnce(format, Duration.ofMinutes(5), prefix + "-remaining", "0", prefix + "-reset",
					"2026-03-01T12:05:00Z");
		}
	}

	private static void waits(FaultFormat format, Duration wait, String... headers) throws Exception {
		waits(format, 0, wait, headers);
	}

	private static void waits(FaultFormat format, double chance, Duration wait, String... headers) throws Exception {
		for (boolean stream : Failing.MODES) {
			waits(format, stream, 429, chance, wait, headers);
		}
	}

	/** The second request comes after exactly this wait. */
	private static void waits(FaultFormat format, boolean stream, int status, double chance, Duration wait,
			String... headers) throws Exception {
		TurnableClock clock = new TurnableClock();
		ScriptedResponse refusal = refusal(format, status, headers);
		try (Scene scene = scene(format, clock, chance, refusal, format.good(stream, "ok"))) {
			CompletableFuture<String> text = Failing.begin(scene, stream);
			clock.awaitTimer(wait);
			clock.advance(wait.minusNanos(1));
			assertThat(scene.requests()).isEqualTo(1);
			assertThat(text).isNotDone();
			clock.advance(Duration.ofNanos(1));
			assertThat(Failing.soon(text)).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(2);
			assertThat(scene.trace.delays).containsExactly(wait);
		}
	}

	/**
	 * No time passes, no second request is made, and the error says when to come back.
	 */
	private static void failsAtOnce(FaultFormat format, Duration hint, String... headers) {
		for (boolean stream : Failing.MODES) {
			TurnableClock clock = new TurnableClock();
			try (Scene scene = scene(format, clock, 0, refusal(format, 429, headers), null)) {
				ProviderException error = scene.error(stream);
				assertThat(error.kind()).isEqualTo(ErrorKind.RATE_LIMIT);
				assertThat(error.status()).isEqualTo(429);
				assertThat(error.retryable()).isTrue();
				assertThat(error.retryAfter()).isEqualTo(hint);
				assertThat(error).hasMessageContaining("retry after " + hint.toMillis() + " ms");
				assertThat(error.attempts()).hasSize(1);
				assertThat(scene.requests()).isEqualTo(1);
				assertThat(scene.trace.delays).isEmpty();
			}
		}
	}

	private static ScriptedResponse refusal(FaultFormat format, int status, String... headers) {
		ScriptedResponse refusal = format.refusal(status, "rate_limit_error", "slow down");
		for (int i = 0; i < headers.length; i += 2) {
			refusal = refusal.withAddedHeader(headers[i], headers[i + 1]);
		}
		return refusal;
	}

	private static Scene scene(FaultFormat format, TurnableClock turnable, double chance, ScriptedResponse first,
			@Nullable ScriptedResponse then) {
		CallClock clock = turnable.callClock();
		return format.scene((config) -> config.withRetry(RetrySettings.defaults()),
				new CallClock(clock.scheduler(), clock.nanos(), clock.calendar(), () -> chance),
				(request) -> (request.order() == 0 || then == null) ? first : then);
	}

}
