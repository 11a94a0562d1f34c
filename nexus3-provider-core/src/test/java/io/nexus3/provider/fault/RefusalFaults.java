package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Servers that say no by their status.
 */
final class RefusalFaults implements FaultRows {

	private static final int LARGE = 16 * 1024 * 1024;

	@Override
	public void addTo(FaultTable table) {
		table.row("F49", "400 and 422 are not retried and say what was wrong", RefusalFaults::invalidRequest);
		table.row("F50", "401, 403 and 404 are not retried and say what to check", RefusalFaults::accessDenied);
		table.row("F51", "413 while the body is still being sent wins over the write error", RefusalFaults::tooLarge);
		table.row("F52", "408 and 409 are retried", (format) -> {
			retried(format, 408, ErrorKind.INVALID_REQUEST);
			retried(format, 409, ErrorKind.INVALID_REQUEST);
		});
		table.row("F53", "429 without headers is retried with backoff", (format) -> {
			retried(format, 429, ErrorKind.RATE_LIMIT);
			backedOff(format, 429);
		});
		table.row("F60", "429 for a used-up quota is not retried", RefusalFaults::quota);
		table.row("F61", "x-should-retry overrides the table of statuses", RefusalFaults::shouldRetry);
		table.row("F62", "500, 502, 503 and 504 are retried", (format) -> {
			retried(format, 500, ErrorKind.SERVER_ERROR);
			retried(format, 502, ErrorKind.SERVER_ERROR);
			retried(format, 503, ErrorKind.OVERLOADED);
			retried(format, 504, ErrorKind.SERVER_ERROR);
			backedOff(format, 500);
		});
		table.row("F63", "529 is retried", (format) -> retried(format, 529, ErrorKind.OVERLOADED));
		table.row("F64", "odd statuses are typed and not retried, interim answers skipped", RefusalFaults::oddStatus);
	}

	private static void invalidRequest(FaultFormat format) {
		String body = """
				{"type":"error","error":{"message":"no such field","type":"invalid_request_error","param":"top_k","code":"unknown_field"}}""";
		for (int status : List.of(400, 422)) {
			for (boolean stream : Failing.MODES) {
				try (Scene scene = format.scene(Scene.retrying(3), ScriptedResponse.json(status, body))) {
					ProviderException error = Failing.expect(scene, stream, ErrorKind.INVALID_REQUEST, status, 1);
					assertThat(error.retryable()).isFalse();
					assertThat(error).hasMessageContaining("HTTP " + status).hasMessageContaining("no such field");
					assertThat(error.vendor().message()).isEqualTo("no such field");
					assertThat(error.vendor().type()).isEqualTo("invalid_request_error");
					assertThat(error.vendor().code()).isEqualTo("unknown_field");
					assertThat(error.vendor().body()).isEqualTo(body).contains("\"param\":\"top_k\"");
				}
			}
		}
	}

	private static void accessDenied(FaultFormat format) {
		denied(format, 401, "authentication_error", ErrorKind.AUTHENTICATION, "Check your API key");
		denied(format, 403, "permission_error", ErrorKind.PERMISSION, "Check your API permissions");
		denied(format, 404, "not_found_error", ErrorKind.NOT_FOUND, "Check your configuration");
	}

	private static void denied(FaultFormat format, int status, String type, ErrorKind kind, String advice) {
		for (boolean stream : Failing.MODES) {
			try (Scene scene = format.scene(Scene.retrying(3),
					format.refusal(status, type, "refused for " + Scene.KEY + " today"))) {
				ProviderException error = Failing.expect(scene, stream, kind, status, 1);
				assertThat(error.retryable()).isFalse();
				assertThat(error).hasMessageContaining("HTTP " + status)
					.hasMessageContaining(advice)
					.hasMessageContaining("refused for *** today");
				assertThat(error.vendor().body()).isEqualTo(format.errorBody(type, "refused for *** today"));
			}
		}
	}

	private static void tooLarge(FaultFormat format) throws Exception {
		for (boolean stream : Failing.MODES) {
			try (Scene scene = format.scene(Scene.retrying(3), format.refusal(413, "request_too_large", "too large"))) {
				ProviderException error = Failing.expect(scene, stream, ErrorKind.REQUEST_TOO_LARGE, 413, 1);
				assertThat(error.retryable()).isFalse();
			}
			try (RawServer server = RawServer.start(tooLargeBeforeTheBody().stall())) {
				ProviderException error = largeCall(format, server, stream);
				Failing.check(error, ErrorKind.REQUEST_TOO_LARGE, 413, 1);
				assertThat(error).hasMessageContaining("too large");
				assertThat(server.connections()).hasSize(1);
			}
			try (RawServer server = RawServer.start(tooLargeBeforeTheBody().reset())) {
				ProviderException error = largeCall(format, server, stream);
				// A reset may destroy the answer before the system hands it over.
				if (error.status() == null) {
					Failing.check(error, ErrorKind.CONNECTION_LOST, null, 4);
					assertThat(server.connections()).hasSize(4);
				}
				else {
					Failing.check(error, ErrorKind.REQUEST_TOO_LARGE, 413, error.attempts().size());
				}
			}
		}
	}

	private static RawScript tooLargeBeforeTheBody() {
		String body = "{\"error\":{\"message\":\"too large\"}}";
		return RawScript.start()
			.readHead()
			.write("HTTP/1.1 413 Early\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
					+ body.length() + "\r\n\r\n" + body);
	}

	private static ProviderException largeCall(FaultFormat format, RawServer server, boolean stream) {
		String prompt = "x".repeat(LARGE);
		try (Scene scene = format.scene((config) -> config.withBaseUrl(server.baseUrl() + "/v1"),
				format.good(stream, "never"))) {
			return stream ? Scene.streamed(scene.provider.stream(prompt)).error() : catchThrowableOfType(
					ProviderException.class, () -> scene.provider.complete(prompt).block(Scene.WATCHDOG));
		}
	}

	private static void retried(FaultFormat format, int status, ErrorKind kind) {
		for (boolean stream : Failing.MODES) {
			ScriptedResponse refusal = format.refusal(status, "odd", "later");
			try (Scene scene = format.scene(Scene.retrying(3), refusal, refusal, format.good(stream, "ok"))) {
				assertThat(scene.call(stream)).isEqualTo("ok");
				assertThat(scene.requests()).isEqualTo(3);
			}
			try (Scene scene = format.scene(Scene.retrying(3), refusal)) {
				ProviderException error = Failing.expect(scene, stream, kind, status, 4);
				assertThat(error.retryable()).isTrue();
				assertThat(error).hasMessageContaining("HTTP " + status).hasMessageContaining("later");
				assertThat(error.attempts()).allSatisfy((attempt) -> {
					assertThat(attempt.status()).isEqualTo(status);
					assertThat(attempt.kind()).isEqualTo(kind);
					assertThat(attempt.reason()).contains("later");
				});
			}
		}
	}

	/** Without a hint from the server the waits grow as the design says. */
	private static void backedOff(FaultFormat format, int status) throws Exception {
		List<Duration> waits = List.of(Duration.ofMillis(1000), Duration.ofMillis(1500), Duration.ofMillis(2250));
		for (boolean stream : Failing.MODES) {
			TurnableClock clock = new TurnableClock();
			ScriptedResponse refusal = format.refusal(status, "odd", "later");
			try (Scene scene = format.scene((config) -> config.withRetry(RetrySettings.defaults()), clock.callClock(),
					(request) -> (request.order() < 3) ? refusal : format.good(stream, "ok"))) {
				CompletableFuture<String> text = Failing.begin(scene, stream);
				for (Duration wait : waits) {
					clock.awaitTimer(wait);
					clock.advance(wait);
				}
				assertThat(Failing.soon(text)).isEqualTo("ok");
				assertThat(scene.trace.delays).isEqualTo(waits);
				assertThat(scene.requests()).isEqualTo(4);
			}
		}
	}

	private static void quota(FaultFormat format) {
		for (boolean stream : Failing.MODES) {
			for (String type : List.of("insufficient_quota", "billing_error", "billing_hard_limit_reached")) {
				try (Scene scene = format.scene(Scene.retrying(3),
						format.refusal(429, type, "You exceeded your quota").withHeader("Retry-After", "1"))) {
					ProviderException error = Failing.expect(scene, stream, ErrorKind.QUOTA_EXHAUSTED, 429, 1);
					assertThat(error.retryable()).isFalse();
					assertThat(error).hasMessageContaining("You exceeded your quota");
				}
			}
		}
	}

	private static void shouldRetry(FaultFormat format) {
		for (boolean stream : Failing.MODES) {
			ScriptedResponse yes = format.refusal(400, "odd", "again").withHeader("x-should-retry", "true");
			try (Scene scene = format.scene(Scene.retrying(3), yes, format.good(stream, "ok"))) {
				assertThat(scene.call(stream)).isEqualTo("ok");
				assertThat(scene.requests()).isEqualTo(2);
			}
			try (Scene scene = format.scene(Scene.retrying(2), yes)) {
				assertThat(Failing.expect(scene, stream, ErrorKind.INVALID_REQUEST, 400, 3).retryable()).isTrue();
			}
			ScriptedResponse no = format.refusal(503, "odd", "gone").withHeader("x-should-retry", "false");
			try (Scene scene = format.scene(Scene.retrying(3), no)) {
				assertThat(Failing.expect(scene, stream, ErrorKind.OVERLOADED, 503, 1).retryable()).isFalse();
			}
			ScriptedResponse perhaps = format.refusal(503, "odd", "gone").withHeader("x-should-retry", "perhaps");
			try (Scene scene = format.scene(Scene.retrying(1), perhaps)) {
				assertThat(Failing.expect(scene, stream, ErrorKind.OVERLOADED, 503, 2).retryable()).isTrue();
			}
		}
	}

	private static void oddStatus(FaultFormat format) {
		Map<Integer, ErrorKind> kinds = Map.ofEntries(Map.entry(501, ErrorKind.SERVER_ERROR),
				Map.entry(505, ErrorKind.SERVER_ERROR), Map.entry(511, ErrorKind.SERVER_ERROR),
				Map.entry(300, ErrorKind.REDIRECT), Map.entry(304, ErrorKind.REDIRECT),
				Map.entry(305, ErrorKind.REDIRECT), Map.entry(399, ErrorKind.REDIRECT),
				Map.entry(418, ErrorKind.INVALID_REQUEST), Map.entry(499, ErrorKind.INVALID_REQUEST),
				Map.entry(600, ErrorKind.PROTOCOL), Map.entry(999, ErrorKind.PROTOCOL));
		for (boolean stream : Failing.MODES) {
			kinds.forEach((status, kind) -> {
				ScriptedResponse odd = (status == 304) ? ScriptedResponse.status(status)
						: format.refusal(status, "odd", "odd");
				try (Scene scene = format.scene(Scene.retrying(3), odd)) {
					ProviderException error = Failing.expect(scene, stream, kind, status, 1);
					assertThat(error.retryable()).isFalse();
					assertThat(error).hasMessageContaining("HTTP " + status);
				}
			});
			interim(format, stream);
		}
	}

	private static void interim(FaultFormat format, boolean stream) {
		String json = format.json("ok");
		String answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length()
				+ "\r\n\r\n" + json;
		for (String line : List.of("100 Continue", "102 Processing", "103 Early Hints\r\nLink: </a>")) {
			String one = "HTTP/1.1 " + line + "\r\n\r\n";
			for (int count : List.of(1, 20)) {
				try (Scene scene = format.scene(Scene.retrying(3), ScriptedResponse.raw(one.repeat(count) + answer))) {
					assertThat(scene.call(stream)).isEqualTo("ok");
					assertThat(scene.requests()).isEqualTo(1);
				}
			}
			for (int count : List.of(21, 100_000)) {
				try (Scene scene = format.scene(Scene.retrying(3), ScriptedResponse.raw(one.repeat(count) + answer))) {
					ProviderException error = Failing.expect(scene, stream, ErrorKind.PROTOCOL, null, 1);
					assertThat(error.retryable()).isFalse();
					assertThat(error).hasMessageContaining("1xx");
				}
			}
		}
	}

}
