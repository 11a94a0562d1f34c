package io.nexus3.provider.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.nexus3.provider.ErrorDetails;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests that a server that says the key back, wherever and in whatever form, brings it
 * into nothing that is logged, reported, thrown or kept. Headers, bodies and broken
 * answers each have their own way through the layers below. Not here: the reason phrase
 * and a length that is no number, which Reactor Netty itself writes into its log.
 */
class KeyEchoTests {

	private static final String KEY = Scene.KEY;

	private static final String ESCAPED = "\\u0073" + KEY.substring(1);

	private static final String PLAIN = "denied for " + KEY;

	static Stream<Arguments> echoes() {
		List<Arguments> echoes = new ArrayList<>();
		for (int status : new int[] { 400, 401, 403, 404, 429, 500, 503, 529 }) {
			echoes.add(arguments(status + " JSON", error(status, PLAIN)));
		}
		echoes.add(arguments("escaped in JSON", error(400, "no " + ESCAPED)));
		echoes.add(arguments("every field", ScriptedResponse.json(400, """
				{"error":{"message":"%1$s","type":"%1$s","code":"%1$s","param":"%1$s"},"request_id":"%1$s","%1$s":1}"""
			.formatted(KEY))));
		echoes.add(arguments("plain text", ScriptedResponse.status(401).thenWrite(PLAIN)));
		echoes.add(arguments("HTML", ScriptedResponse.status(502).thenWrite("<html>" + PLAIN)));
		echoes.add(arguments("broken JSON", ScriptedResponse.json(500, "{\"error\":{\"message\":\"" + PLAIN)));
		echoes.add(arguments("headers",
				error(500, "down").withHeader("x-request-id", KEY)
					.withHeader("WWW-Authenticate", "Bearer " + KEY)
					.withHeader("Set-Cookie", "key=" + KEY)
					.withHeader("Retry-After", KEY)));
		echoes.add(arguments("a redirect",
				ScriptedResponse.status(307).withHeader("Location", "https://other.example/?key=" + KEY)));
		echoes.add(arguments("no HTTP", ScriptedResponse.raw(KEY + " what?\r\n\r\n")));
		echoes.add(arguments("a broken chunk",
				ScriptedResponse.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + KEY + "\r\ndata\r\n")));
		echoes.add(arguments("a broken header", ScriptedResponse.raw("HTTP/1.1 200 OK\r\n" + KEY + "\u0001\r\n\r\n")));
		echoes.add(arguments("200 text", ScriptedResponse.status(200).thenWrite(PLAIN)));
		echoes.add(arguments("200 HTML", ScriptedResponse.status(200).thenWrite("<html>" + PLAIN)));
		echoes.add(arguments("200 broken JSON", ScriptedResponse.json(200, "{\"" + KEY + "\":")));
		echoes.add(arguments("200 wrong JSON", ScriptedResponse.json(200, "{\"choices\":\"" + KEY + "\"}")));
		echoes.add(arguments("200 error", ScriptedResponse.json(200, "{\"error\":{\"message\":\"" + PLAIN + "\"}}")));
		echoes.add(arguments("an event that is no JSON", ScriptedResponse.sse("data: " + PLAIN + "\n\n")));
		echoes.add(arguments("an event that breaks off",
				ScriptedResponse.sse("data: {\"" + KEY).withEnding(Ending.CLOSE)));
		echoes.add(arguments("an error event", ScriptedResponse
			.sse("data: {\"error\":{\"message\":\"" + ESCAPED + "\",\"code\":\"" + KEY + "\"}}\n\n")));
		echoes.add(arguments("an error line", ScriptedResponse.sse("error: " + PLAIN + "\n\n")));
		echoes.add(
				arguments("an event's name", ScriptedResponse.sse("event: " + KEY + "\nid: " + KEY + "\ndata: x\n\n")));
		echoes.add(arguments("an error after text", ScriptedResponse
			.sse(ServedAnswers.delta("He") + "data: {\"error\":{\"message\":\"" + PLAIN + "\"}}\n\n")));
		return echoes.stream()
			.flatMap((echo) -> Stream.of(false, true)
				.map((stream) -> arguments(echo.get()[0] + (stream ? ", stream" : ", complete"), echo.get()[1],
						stream)));
	}

	private static ScriptedResponse error(int status, String message) {
		return ServedAnswers.error(status, message);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("echoes")
	void aKeyThatIsSaidBackIsKeptNowhere(String name, ScriptedResponse answer, boolean stream) {
		try (Scene scene = Scene.of(Scene.retrying(1), answer); LogCapture log = new LogCapture()) {
			RecordedRawLog rawLog = new RecordedRawLog();
			scene.registry.setRawLog(rawLog);
			ProviderException error = scene.error(stream);
			assertThat(error).as("the call fails").isNotNull();
			assertThat(SecretSearch.find(KEY, error)).as("the error").isEmpty();
			assertThat(SecretSearch.find(KEY, scene.trace.errors)).as("the errors that listeners saw").isEmpty();
			assertThat(SecretSearch.find(KEY, scene.trace.steps)).as("the listeners").isEmpty();
			assertThat(SecretSearch.find(KEY, scene.trace.ended.join())).as("the end of the call").isEmpty();
			assertThat(SecretSearch.find(KEY, rawLog.lines)).as("the raw log").isEmpty();
			assertThat(log.text()).as("the log").doesNotContain(KEY);
			assertThat(Thread.getAllStackTraces().keySet()).noneMatch((thread) -> thread.getName().contains(KEY));
		}
	}

	@Test
	void theSearchFindsAKeyInACause() {
		ProviderException error = ProviderException.of(ErrorKind.OTHER, "failed", ErrorDetails.none(),
				new IllegalStateException(PLAIN));
		assertThat(SecretSearch.find(KEY, error)).isNotEmpty();
	}

}
