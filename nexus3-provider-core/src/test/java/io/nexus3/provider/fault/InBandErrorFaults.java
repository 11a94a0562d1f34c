package io.nexus3.provider.fault;

import java.util.Map;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.ScriptedResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Errors under the status 200.
 */
final class InBandErrorFaults implements FaultRows {

	private static final Map<String, ErrorKind> TRANSIENT = Map.of("rate_limit_error", ErrorKind.RATE_LIMIT,
			"overloaded_error", ErrorKind.OVERLOADED, "api_error", ErrorKind.SERVER_ERROR, "server_error",
			ErrorKind.SERVER_ERROR);

	private static final Map<String, ErrorKind> FINAL = Map.of("invalid_request_error", ErrorKind.INVALID_REQUEST,
			"authentication_error", ErrorKind.AUTHENTICATION, "permission_error", ErrorKind.PERMISSION,
			"not_found_error", ErrorKind.NOT_FOUND, "insufficient_quota", ErrorKind.QUOTA_EXHAUSTED);

	private static final Map<Integer, ErrorKind> CODES = Map.of(408, ErrorKind.INVALID_REQUEST, 429,
			ErrorKind.RATE_LIMIT, 500, ErrorKind.SERVER_ERROR, 502, ErrorKind.SERVER_ERROR, 503, ErrorKind.OVERLOADED,
			529, ErrorKind.OVERLOADED);

	@Override
	public void addTo(FaultTable table) {
		table.row("F35", "an error as the first event is retried as its kind says", InBandErrorFaults::first);
		table.row("F36", "an error after text ends the stream with its kind and the text",
				InBandErrorFaults::afterText);
		table.row("F37", "event: error with overloaded_error is retried before text, and final after it",
				InBandErrorFaults::overloaded);
	}

	private static void first(FaultFormat format) {
		for (boolean stream : Failing.MODES) {
			TRANSIENT.forEach((type, kind) -> {
				retried(format, stream, kind, format.errorEvent(type, "not now"));
				retried(format, stream, kind, format.opening + format.errorEvent(type, "not now"));
			});
			FINAL.forEach((type, kind) -> {
				try (Scene scene = format.scene(Scene.retrying(3),
						ScriptedResponse.sse(format.errorEvent(type, "no way")))) {
					ProviderException error = Failing.expect(scene, stream, kind, 200, 1);
					assertThat(error).hasMessageContaining("no way");
					assertThat(error.retryable()).isFalse();
				}
			});
			CODES.forEach((code, kind) -> retried(format, stream, kind,
					"data: {\"error\":{\"message\":\"not now\",\"code\":" + code + "}}\n\n"));
		}
	}

	private static void retried(FaultFormat format, boolean stream, ErrorKind kind, String event) {
		try (Scene scene = format.scene(Scene.retrying(1), ScriptedResponse.sse(event), format.good(stream, "ok"))) {
			assertThat(scene.call(stream)).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(2);
		}
		try (Scene scene = format.scene(Scene.retrying(1), ScriptedResponse.sse(event))) {
			ProviderException error = Failing.expect(scene, stream, kind, 200, 2);
			assertThat(error).hasMessageContaining("not now");
			assertThat(error.retryable()).isTrue();
			assertThat(error.vendor().message()).isEqualTo("not now");
			assertThat(error.attempts()).allSatisfy((attempt) -> assertThat(attempt.kind()).isEqualTo(kind));
		}
	}

	private static void afterText(FaultFormat format) {
		TRANSIENT.forEach((type, kind) -> isFinal(format, type, kind, true));
		FINAL.forEach((type, kind) -> isFinal(format, type, kind, false));
	}

	private static void isFinal(FaultFormat format, String type, ErrorKind kind, boolean retryable) {
		ScriptedResponse broken = ScriptedResponse.sse(format.start("Hel", "lo") + format.errorEvent(type, "no more"));
		try (Scene scene = format.scene(Scene.retrying(3), broken, format.good(true, "never"))) {
			ProviderException error = Failing.expectAfter(scene, "Hello", kind);
			assertThat(error).hasMessageContaining("no more");
			assertThat(error.retryable()).isEqualTo(retryable);
			assertThat(error.attempts().get(0).kind()).isEqualTo(kind);
		}
		if (retryable) {
			// Nothing of it has reached a caller who waits for the whole.
			try (Scene scene = format.scene(Scene.retrying(3), broken, format.good(false, "ok"))) {
				assertThat(scene.complete().text()).isEqualTo("ok");
				assertThat(scene.requests()).isEqualTo(2);
			}
		}
	}

	private static void overloaded(FaultFormat format) {
		String event = """
				event: error
				data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

				""";
		for (boolean stream : Failing.MODES) {
			try (Scene scene = format.scene(Scene.retrying(3), ScriptedResponse.sse(event),
					ScriptedResponse.sse(format.opening + event), format.good(stream, "ok"))) {
				assertThat(scene.call(stream)).isEqualTo("ok");
				assertThat(scene.requests()).isEqualTo(3);
			}
			try (Scene scene = format.scene(Scene.retrying(3), ScriptedResponse.sse(event))) {
				assertThat(Failing.expect(scene, stream, ErrorKind.OVERLOADED, 200, 4).retryable()).isTrue();
			}
		}
		try (Scene scene = format.scene(Scene.retrying(3), ScriptedResponse.sse(format.start("He") + event))) {
			ProviderException error = Failing.expectAfter(scene, "He", ErrorKind.OVERLOADED);
			assertThat(error.retryable()).isTrue();
			assertThat(error).hasMessageContaining("Overloaded");
			assertThat(error.vendor().type()).isEqualTo("overloaded_error");
		}
	}

}
