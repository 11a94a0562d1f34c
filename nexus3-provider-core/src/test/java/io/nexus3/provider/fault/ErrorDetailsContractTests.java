package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.nexus3.provider.AttemptFailure;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.raw.ClosedPort;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an error of any kind must tell about its call, for every format and in both modes.
 */
class ErrorDetailsContractTests {

	private static final String REQUEST_ID = "req-42";

	private static final List<Fault> FAULTS = List.of(
			answered("an invalid request", ErrorKind.INVALID_REQUEST, 400, 1, refusing(400, "invalid_request_error")),
			answered("a refused key", ErrorKind.AUTHENTICATION, 401, 1, refusing(401, "authentication_error")),
			answered("a forbidden call", ErrorKind.PERMISSION, 403, 1, refusing(403, "permission_error")),
			answered("an unknown model", ErrorKind.NOT_FOUND, 404, 1, refusing(404, "not_found_error")),
			answered("a large request", ErrorKind.REQUEST_TOO_LARGE, 413, 1, refusing(413, "request_too_large")),
			answered("a long prompt", ErrorKind.CONTEXT_LENGTH, 400, 1, refusing(400, "context_length_exceeded")),
			answered("a content filter", ErrorKind.CONTENT_FILTER, 400, 1, refusing(400, "content_filter")),
			answered("a used-up quota", ErrorKind.QUOTA_EXHAUSTED, 429, 1, refusing(429, "insufficient_quota")),
			answered("a rate limit", ErrorKind.RATE_LIMIT, 429, 3, refusing(429, "rate_limit_error")),
			answered("an overloaded server", ErrorKind.OVERLOADED, 529, 3, refusing(529, "overloaded_error")),
			answered("a failing server", ErrorKind.SERVER_ERROR, 500, 3, refusing(500, "api_error")),
			answered("a redirect", ErrorKind.REDIRECT, 302, 1, refusing(302, "odd")),
			answered("no content", ErrorKind.PROTOCOL, 204, 1, (format) -> ScriptedResponse.status(204)),
			answered("an error inside an answer", ErrorKind.OVERLOADED, 200, 3,
					(format) -> ScriptedResponse.sse(format.errorEvent("overloaded_error", "later"))),
			answered("malformed JSON", ErrorKind.PROTOCOL, 200, 1, (format) -> ScriptedResponse.sse("data: {oops\n\n")),
			answered("a web page", ErrorKind.UNEXPECTED_CONTENT, 200, 1,
					(format) -> ScriptedResponse.json(200, "<html>Please sign in</html>")),
			answered("an empty answer", ErrorKind.EMPTY_RESPONSE, 200, 3, (format) -> ScriptedResponse.json(200, "")),
			answered("an answer cut off before its first event", ErrorKind.INTERRUPTED, 200, 3,
					(format) -> ScriptedResponse.sse(format.opening)),
			answered("a connection lost inside the answer", ErrorKind.CONNECTION_LOST, 200, 3,
					(format) -> ScriptedResponse.sse(format.opening).withEnding(Ending.CLOSE)),
			answered("a head that is too long", ErrorKind.PROTOCOL, null, 1,
					(format) -> ScriptedResponse.raw("HTTP/1.1 200 OK\r\nx: " + "y".repeat(40_000) + "\r\n\r\n")),
			answered("no answer", ErrorKind.CONNECTION_LOST, null, 3,
					(format) -> ScriptedResponse.noAnswer(Ending.CLOSE)));

	static Stream<Arguments> calls() {
		List<Arguments> calls = new ArrayList<>();
		for (Fault fault : FAULTS) {
			for (FaultFormat format : FaultFormat.values()) {
				for (boolean stream : Failing.MODES) {
					calls.add(Arguments.of(fault, format, stream));
				}
			}
		}
		return calls.stream();
	}

	@ParameterizedTest(name = "{0}, {1}, stream {2}")
	@MethodSource("calls")
	@DisplayName("an error tells all about its call")
	void tellsAllAboutItsCall(Fault fault, FaultFormat format, boolean stream) {
		ScriptedResponse answer = fault.answer.apply(format);
		boolean answered = fault.status != null;
		try (Scene scene = format.scene(Scene.retrying(2),
				answered ? answer.withHeader("x-request-id", REQUEST_ID) : answer)) {
			ProviderException error = Failing.expect(scene, stream, fault.kind, fault.status, fault.attempts);
			assertThat(error.elapsed()).isPositive();
			assertThat(error.elapsed()).isGreaterThanOrEqualTo(sum(error.attempts()));
			assertThat(error.vendor().requestId()).isEqualTo(answered ? REQUEST_ID : null);
			assertThat(error).hasMessageContaining("provider test").hasMessageContaining("model gpt");
			assertThat(error.attempts()).allSatisfy((attempt) -> {
				assertThat(attempt.kind()).isEqualTo(fault.kind);
				assertThat(attempt.status()).isEqualTo(fault.status);
				assertThat(attempt.elapsed()).isPositive();
			});
			assertThat(error.getClass()).isEqualTo(ProviderException.of(fault.kind, "same kind").getClass());
		}
	}

	private static Duration sum(List<AttemptFailure> attempts) {
		return attempts.stream().map(AttemptFailure::elapsed).reduce(Duration.ZERO, Duration::plus);
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("an error after the first event tells all about its call")
	void tellsAllAboutABrokenStream(FaultFormat format) {
		try (Scene scene = format.scene(Scene.retrying(2),
				ScriptedResponse.sse(format.start("Hello"))
					.withHeader("x-request-id", REQUEST_ID)
					.withEnding(Ending.CLOSE))) {
			ProviderException error = Failing.expectAfter(scene, "Hello", ErrorKind.INTERRUPTED);
			assertThat(error.vendor().requestId()).isEqualTo(REQUEST_ID);
			assertThat(error.elapsed()).isPositive();
			assertThat(error.partialMessage().response().model()).isEqualTo("m");
		}
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("a refused connection has no status and no request id")
	void tellsAllAboutARefusedConnection(FaultFormat format) {
		try (ClosedPort port = ClosedPort.take()) {
			UnaryOperator<ProviderConfig> settings = (config) -> config.withBaseUrl(port.baseUrl() + "/v1")
				.withRetry(Scene.retries(2));
			for (boolean stream : Failing.MODES) {
				try (Scene scene = format.scene(settings, format.good(stream, "never"))) {
					ProviderException error = scene.error(stream);
					Failing.check(error, ErrorKind.CONNECT, null, 3);
					assertThat(error.vendor().requestId()).isNull();
					assertThat(error.elapsed()).isPositive();
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("the elapsed time of an error counts attempts and the waits between them")
	void countsAttemptsAndWaits(FaultFormat format) {
		Duration response = Duration.ofSeconds(20);
		Duration wait = Duration.ofSeconds(1);
		for (boolean stream : Failing.MODES) {
			TurnableClock clock = new TurnableClock();
			try (Scene scene = format.scene(
					(config) -> config.withRetry(RetrySettings.defaults().withMaxRetries(1))
						.withTimeouts(config.calls().timeouts().withResponse(response)),
					clock.callClock(), (request) -> ScriptedResponse.noAnswer(Ending.STALL))) {
				CompletableFuture<String> call = Failing.begin(scene, stream);
				clock.expire(response, () -> scene.trace.steps.contains("retry"));
				clock.awaitTimer(wait);
				clock.advance(wait);
				clock.expire(response, call::isDone);
				ProviderException error = (ProviderException) call
					.handle((text, thrown) -> (thrown.getCause() != null) ? thrown.getCause() : thrown)
					.orTimeout(5, TimeUnit.SECONDS)
					.join();
				Failing.check(error, ErrorKind.TIMEOUT, null, 2);
				assertThat(error.elapsed()).isEqualTo(clock.passed());
				Duration attempts = error.attempts()
					.stream()
					.map(AttemptFailure::elapsed)
					.reduce(Duration.ZERO, Duration::plus);
				assertThat(attempts).isEqualTo(clock.passed().minus(wait))
					.isGreaterThanOrEqualTo(response.plus(response));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("a call that cannot begin names its provider and model")
	void namesProviderAndModelOfACallThatCannotBegin(FaultFormat format) {
		for (boolean stream : Failing.MODES) {
			try (Scene scene = format.scene((config) -> config, format.good(stream, "never"))) {
				scene.registry.close();
				ProviderException error = scene.error(stream);
				Failing.check(error, ErrorKind.CLOSED, null, 0);
				assertThat(scene.requests()).isZero();
			}
			ProviderConfig.Access access = new ProviderConfig.Access(
					CredentialSource.environment("NEXUS3_NO_SUCH_VARIABLE"), null);
			try (Scene scene = format.scene((config) -> config.withAccess(access), format.good(stream, "never"))) {
				ProviderException error = scene.error(stream);
				Failing.check(error, ErrorKind.CONFIGURATION, null, 1);
				assertThat(error).hasMessageContaining("NEXUS3_NO_SUCH_VARIABLE");
				assertThat(scene.requests()).isZero();
			}
		}
	}

	@Test
	@DisplayName("an error's words are one line without control characters")
	void keepsControlCharactersOut() {
		ProviderException error = ProviderException.of(ErrorKind.OTHER, "a\r\nb\tc\u001b[0m\u0085\u2028d \uD83D\uDE00");
		assertThat(error.summary()).isEqualTo("a  b c\uFFFD[0m\uFFFD d \uD83D\uDE00");
		Failing.assertPrintable(error.getMessage());
	}

	private static Fault answered(String name, ErrorKind kind, @Nullable Integer status, int attempts,
			Function<FaultFormat, ScriptedResponse> answer) {
		return new Fault(name, kind, status, attempts, answer);
	}

	private static Function<FaultFormat, ScriptedResponse> refusing(int status, String type) {
		return (format) -> format.refusal(status, type, "no");
	}

	/**
	 * A fault of a server and what it must become.
	 *
	 * @param name what it is
	 * @param kind what it must become
	 * @param status the status that a caller must see
	 * @param attempts how many attempts must be made with two retries
	 * @param answer what the server says
	 */
	record Fault(String name, ErrorKind kind, @Nullable Integer status, int attempts,
			Function<FaultFormat, ScriptedResponse> answer) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
