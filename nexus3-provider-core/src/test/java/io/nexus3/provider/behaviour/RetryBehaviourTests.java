package io.nexus3.provider.behaviour;

import java.time.Duration;

import io.nexus3.provider.AttemptFailure;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.raw.ClosedPort;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBehaviourTests {

	@ParameterizedTest
	@ValueSource(ints = { 408, 409, 425, 429, 500, 502, 503, 504, 520, 524, 529 })
	@DisplayName("17: transient statuses are retried")
	void retriesTransientStatuses(int status) {
		try (Scene scene = Scene.of(ServedAnswers.error(status, "later"), ServedAnswers.json("ok"))) {
			assertThat(scene.complete().text()).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 405, 413, 422, 501 })
	@DisplayName("17: other statuses are not retried")
	void doesNotRetryOtherStatuses(int status) {
		try (Scene scene = Scene.of(ServedAnswers.error(status, "no"))) {
			ProviderException error = scene.completeError();
			assertThat(error.status()).isEqualTo(status);
			assertThat(error.retryable()).isFalse();
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("19: without retries a call is one request")
	void makesOneRequestWithoutRetries(boolean stream) {
		try (Scene scene = Scene.of(Scene.retrying(0), ServedAnswers.either(stream, "ok"))) {
			assertThat(scene.call(stream)).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("19: without retries a 503 is one request and an error that says 503")
	void saysTheStatusWithoutRetries(boolean stream) {
		try (Scene scene = Scene.of(Scene.retrying(0), ServedAnswers.error(503, "down"))) {
			assertThat(scene.error(stream)).hasMessageContaining("503").hasMessageContaining("down");
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("19: one retry and 503 are two requests")
	void makesTwoRequestsWithOneRetry(boolean stream) {
		try (Scene scene = Scene.of(Scene.retrying(1), ServedAnswers.error(503, "down"))) {
			ProviderException error = scene.error(stream);
			assertThat(error.attempts()).extracting(AttemptFailure::number).containsExactly(1, 2);
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("20: 503 then 200 is a result after two requests")
	void recoversFromAFailure(boolean stream) {
		try (Scene scene = Scene.of(ServedAnswers.error(503, "down"), ServedAnswers.either(stream, "ok"))) {
			assertThat(scene.call(stream)).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("20: 429 with Retry-After 2 waits two seconds")
	void waitsAsLongAsTheServerAsks() throws InterruptedException {
		TurnableClock clock = new TurnableClock();
		try (Scene scene = Scene.of((config) -> config.withRetry(RetrySettings.defaults()), clock.callClock(),
				ServedAnswers.error(429, "slow down").withHeader("Retry-After", "2"), ServedAnswers.stream("ok"))) {
			Disposable call = scene.provider.stream("Hi").subscribe();
			clock.awaitTimer(Duration.ofSeconds(2));
			clock.advance(Duration.ofMillis(1999));
			assertThat(scene.requests()).isEqualTo(1);
			clock.advance(Duration.ofMillis(1));
			scene.server.awaitExchange(1, Duration.ofSeconds(5));
			assertThat(scene.trace.delays).containsExactly(Duration.ofSeconds(2));
			call.dispose();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "61", "86400", "999999999999", "Fri, 31 Dec 9999 23:59:59 GMT" })
	@DisplayName("20: an absurd Retry-After fails the call at once and says when to come back")
	void doesNotWaitForever(String retryAfter) {
		try (Scene scene = Scene.of(ServedAnswers.error(429, "slow down").withHeader("Retry-After", retryAfter))) {
			ProviderException error = scene.completeError();
			assertThat(error.kind()).isEqualTo(ErrorKind.RATE_LIMIT);
			assertThat(error.retryAfter()).isGreaterThan(Duration.ofSeconds(60));
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("20: x-should-retry false forbids a retry, true asks for one")
	void obeysTheServerAboutRetries() {
		try (Scene scene = Scene.of(ServedAnswers.error(400, "odd").withHeader("x-should-retry", "true"),
				ServedAnswers.error(503, "down").withHeader("x-should-retry", "false"), ServedAnswers.json("ok"))) {
			assertThat(scene.completeError().status()).isEqualTo(503);
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("20: a used-up budget ends retries of all calls of a provider")
	void stopsRetryingWhenTheBudgetIsUsedUp() {
		RetrySettings tight = new RetrySettings(10, 1, Duration.ofMillis(1), Duration.ofSeconds(60), 12, true);
		try (Scene scene = Scene.of((config) -> config.withRetry(tight), ServedAnswers.error(503, "down"))) {
			assertThat(scene.completeError().attempts()).hasSize(3);
			assertThat(scene.completeError().attempts()).hasSize(1);
		}
	}

	@Test
	@DisplayName("27: a refused connection is tried three times with two retries")
	void countsRefusedConnections() {
		try (ClosedPort closed = ClosedPort.take();
				Scene scene = Scene.of(
						(config) -> config.withBaseUrl(closed.baseUrl() + "/v1").withRetry(Scene.retries(2)),
						ServedAnswers.json("never"))) {
			ProviderException error = scene.completeError();
			assertThat(error.kind()).isEqualTo(ErrorKind.CONNECT);
			assertThat(error.attempts()).hasSize(3);
			assertThat(error).hasMessageContaining("after 3 attempts");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("27: a server that says nothing leads to a timeout error")
	void timesOutReading(boolean stream) {
		try (Scene scene = Scene.of(
				(config) -> config.withRetry(Scene.retries(0))
					.withTimeouts(config.calls().timeouts().withResponse(Duration.ofMillis(200))),
				ScriptedResponse.noAnswer(Ending.STALL))) {
			ProviderException error = scene.error(stream);
			assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
			assertThat(error).hasMessageContaining("response timeout");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("46: an answer of nothing but [DONE] is retried, then a typed error")
	void retriesAnAnswerOfDoneOnly(boolean stream) {
		try (Scene scene = Scene.of(Scene.retrying(1), ScriptedResponse.sse(ServedAnswers.DONE))) {
			assertThat(scene.error(stream).kind()).isEqualTo(ErrorKind.EMPTY_RESPONSE);
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("46: an empty answer is retried and may recover")
	void retriesAnEmptyAnswer(boolean stream) {
		try (Scene scene = Scene.of(ScriptedResponse.sse(), ServedAnswers.either(stream, "ok"))) {
			assertThat(scene.call(stream)).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("46: a truncated stream that answers complete() is retried")
	void retriesATruncatedAnswer() {
		ScriptedResponse cut = ScriptedResponse.sse(ServedAnswers.delta("Hel")).withEnding(Ending.CLOSE);
		try (Scene scene = Scene.of(cut, ScriptedResponse.sse(ServedAnswers.delta("Hel")),
				ServedAnswers.stream("Hello"))) {
			assertThat(scene.complete().text()).isEqualTo("Hello");
			assertThat(scene.requests()).isEqualTo(3);
		}
	}

}
