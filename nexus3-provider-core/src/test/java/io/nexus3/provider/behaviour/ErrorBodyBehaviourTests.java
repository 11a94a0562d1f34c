package io.nexus3.provider.behaviour;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Exchange;
import io.nexus3.provider.test.http.Framing;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorBodyBehaviourTests {

	private static final int LIMIT = 10 * 1024;

	@ParameterizedTest
	@CsvSource({ "400,false", "400,true", "401,false", "401,true", "403,false", "403,true", "404,false", "404,true" })
	@DisplayName("24: the raw log sees status and body of an error")
	void showsErrorsToTheRawLog(int status, boolean stream) {
		try (Scene scene = Scene.of(ServedAnswers.error(status, "bad request"))) {
			RecordedRawLog rawLog = new RecordedRawLog();
			scene.registry.setRawLog(rawLog);
			assertThat(scene.error(stream)).hasMessageContaining("bad request");
			assertThat(rawLog.starting("response"))
				.containsExactly("response 1 " + status + " false {\"error\":{\"message\":\"bad request\"}}");
			assertThat(rawLog.starting("chunk")).isEmpty();
		}
	}

	@Test
	@DisplayName("24: the raw log sees a JSON answer once")
	void showsAnAnswerToTheRawLogOnce() {
		try (Scene scene = Scene.of(ServedAnswers.json("Hello"))) {
			RecordedRawLog rawLog = new RecordedRawLog();
			scene.registry.setRawLog(rawLog);
			scene.complete();
			assertThat(rawLog.lines).hasSize(3);
			assertThat(rawLog.lines.get(0)).startsWith("request 1 " + scene.server.baseUrl() + "/v1/chat/completions");
			assertThat(rawLog.lines.get(1)).startsWith("response 1 200 false ").contains("Hello");
			assertThat(rawLog.lines.get(2)).startsWith("end 1 completed");
		}
	}

	@Test
	@DisplayName("25: an error body of 10240 bytes is untouched")
	void keepsABodyWithinTheLimit() {
		String body = "x".repeat(LIMIT);
		try (Scene scene = Scene.of(ScriptedResponse.json(400, body))) {
			RecordedRawLog rawLog = new RecordedRawLog();
			scene.registry.setRawLog(rawLog);
			assertThat(scene.completeError().vendor().body()).isEqualTo(body);
			assertThat(rawLog.starting("response")).containsExactly("response 1 400 false " + body);
		}
	}

	@Test
	@DisplayName("25: a longer error body is cut, and the raw log says so")
	void cutsALongBody() {
		String body = "start " + "x".repeat(LIMIT);
		try (Scene scene = Scene.of(ScriptedResponse.json(400, body))) {
			RecordedRawLog rawLog = new RecordedRawLog();
			scene.registry.setRawLog(rawLog);
			assertThat(scene.completeError().vendor().body()).isEqualTo(body.substring(0, LIMIT));
			assertThat(rawLog.starting("response")).containsExactly("response 1 400 true " + body.substring(0, LIMIT));
		}
	}

	@Test
	@DisplayName("25: a body cut inside a character can be read")
	void cutsInsideACharacter() {
		String body = "x".repeat(LIMIT - 1) + "\u20ac".repeat(100);
		try (Scene scene = Scene.of(ScriptedResponse.json(400, body))) {
			assertThat(scene.completeError().vendor().body()).startsWith("x".repeat(LIMIT - 1));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("25: of a 5 MB error body 10 KB are kept")
	void readsTheStartOfALargeBody(boolean stream) {
		byte[] body = new byte[5 * 1024 * 1024];
		Arrays.fill(body, (byte) 'x');
		try (Scene scene = Scene.of(ScriptedResponse.json(400, body))) {
			ProviderException error = scene.error(stream);
			assertThat(error.status()).isEqualTo(400);
			assertThat(error.vendor().body()).hasSize(LIMIT);
		}
	}

	@Test
	@DisplayName("25: the rest of a large error body is not read")
	void closesTheConnectionOfALargeBody() throws Exception {
		ScriptedResponse endless = ScriptedResponse.status(500).withFraming(Framing.CHUNKED);
		byte[] piece = "x".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
		for (int i = 0; i < 256; i++) {
			endless = endless.thenWrite(piece);
		}
		try (Scene scene = Scene.of(Scene.retrying(0), endless)) {
			assertThat(scene.completeError().vendor().body()).hasSize(LIMIT);
			Exchange exchange = scene.server.exchanges().get(0);
			exchange.closedByClient().get(2, TimeUnit.SECONDS);
			assertThat(exchange.bytesWritten()).isLessThan(32L * 1024 * 1024);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("25: an error body that never ends does not hang the call")
	void givesUpOnABodyThatNeverEnds(boolean stream) {
		ScriptedResponse endless = ServedAnswers.error(400, "bad")
			.withHeader("Content-Length", "5000")
			.withEnding(Ending.STALL);
		try (Scene scene = Scene.of(endless)) {
			long start = System.nanoTime();
			assertThat(scene.error(stream).status()).isEqualTo(400);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		}
	}

	@Test
	@DisplayName("25: a lost connection inside an error body leaves the error")
	void keepsTheStatusOfABrokenBody() {
		ScriptedResponse broken = ScriptedResponse.status(400)
			.withFraming(Framing.CHUNKED)
			.thenWrite("{\"error\":")
			.withEnding(Ending.CLOSE);
		try (Scene scene = Scene.of(broken)) {
			assertThat(scene.completeError().status()).isEqualTo(400);
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "text/html,false", "text/html,true", "text/event-stream,true", "application/json,false" })
	@DisplayName("26: HTML with status 200 is a typed parse error")
	void refusesHtml(String contentType, boolean stream) {
		ScriptedResponse html = ScriptedResponse.status(200)
			.withHeader("Content-Type", contentType)
			.thenWrite("<!DOCTYPE html><html><body>Please sign in</body></html>");
		try (Scene scene = Scene.of(html)) {
			ProviderException error = scene.error(stream);
			assertThat(error.kind()).isEqualTo(ErrorKind.UNEXPECTED_CONTENT);
			assertThat(error).hasMessageContaining("Please sign in");
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("26: an error with status 200 carries the provider's words")
	void readsAnErrorUnderStatus200(boolean stream) {
		try (Scene scene = Scene.of(Scene.retrying(0), ServedAnswers.error(200, "model is gone"))) {
			assertThat(scene.error(stream)).hasMessageContaining("model is gone");
		}
	}

	@Test
	@DisplayName("25: a slow error body does not turn a status into a timeout")
	void keepsTheStatusOfASlowBody() {
		ScriptedResponse slow = ServedAnswers.error(400, "bad")
			.withHeader("Content-Length", "5000")
			.withEnding(Ending.STALL);
		try (Scene scene = Scene.of(
				(config) -> config.withTimeouts(
						Timeouts.defaults().withFirstEvent(Duration.ofMillis(200)).withIdle(Duration.ofMillis(200))),
				slow)) {
			assertThat(scene.completeError().status()).isEqualTo(400);
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

}
