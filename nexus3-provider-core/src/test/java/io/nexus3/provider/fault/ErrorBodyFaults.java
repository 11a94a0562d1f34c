package io.nexus3.provider.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.LogCapture;
import io.nexus3.provider.behaviour.RecordedRawLog;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Exchange;
import io.nexus3.provider.test.http.Framing;
import io.nexus3.provider.test.http.ScriptedResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Bodies of errors that are too long, too slow or no text.
 */
final class ErrorBodyFaults implements FaultRows {

	private static final int LIMIT = 10 * 1024;

	private static final Duration BODY_DEADLINE = Duration.ofSeconds(5);

	@Override
	public void addTo(FaultTable table) {
		table.row("F65", "of a huge error body the start is read, and the connection closed", ErrorBodyFaults::huge);
		table.row("F66", "an error body that has no end, or stalls, leaves the status", ErrorBodyFaults::endless);
		table.row("F67", "an error body of any bytes is a typed error without the key", ErrorBodyFaults::anyBytes);
	}

	private static void huge(FaultFormat format) throws Exception {
		byte[] body = new byte[10 * 1024 * 1024];
		Arrays.fill(body, (byte) 'x');
		for (boolean stream : Failing.MODES) {
			try (Scene scene = format.scene(Scene.retrying(0), ScriptedResponse.json(500, body))) {
				RecordedRawLog rawLog = new RecordedRawLog();
				scene.registry.setRawLog(rawLog);
				ProviderException error = Failing.expect(scene, stream, ErrorKind.SERVER_ERROR, 500, 1);
				assertThat(error.vendor().body()).isEqualTo("x".repeat(LIMIT));
				assertThat(error).hasMessageContaining("truncated");
				assertThat(error.getMessage().length()).isLessThan(LIMIT);
				assertThat(rawLog.starting("response")).containsExactly("response 1 500 true " + "x".repeat(LIMIT));
				Failing.closed(scene, 0);
			}
			try (Scene scene = format.scene(Scene.retrying(1), ScriptedResponse.json(500, body),
					format.good(stream, "ok"))) {
				assertThat(scene.call(stream)).isEqualTo("ok");
				assertThat(scene.server.acceptedConnections()).isEqualTo(2);
			}
		}
	}

	private static void endless(FaultFormat format) throws Exception {
		byte[] piece = new byte[64 * 1024];
		Arrays.fill(piece, (byte) 'x');
		for (boolean stream : Failing.MODES) {
			ScriptedResponse flood = ScriptedResponse.status(503)
				.withFraming(Framing.CHUNKED)
				.then(new BodyStep.Repeat(piece, Long.MAX_VALUE));
			try (Scene scene = format.scene(Scene.retrying(0), flood)) {
				ProviderException error = Failing.expect(scene, stream, ErrorKind.OVERLOADED, 503, 1);
				assertThat(error.vendor().body()).hasSize(LIMIT);
				Exchange exchange = Failing.closed(scene, 0);
				assertThat(exchange.bytesWritten()).isLessThan(64L * 1024 * 1024);
			}
			stalled(format, stream, format.refusal(400, "odd", "odd").withHeader("Content-Length", "5000"));
			stalled(format, stream, ScriptedResponse.status(400).withFraming(Framing.CHUNKED));
			stalled(format, stream, ScriptedResponse.status(400).withFraming(Framing.UNTIL_CLOSE).thenWrite("odd"));
		}
	}

	private static void stalled(FaultFormat format, boolean stream, ScriptedResponse answer) throws Exception {
		TurnableClock clock = new TurnableClock();
		try (Scene scene = format.scene(Scene.retrying(3), clock.callClock(),
				(request) -> answer.withEnding(Ending.STALL))) {
			CompletableFuture<String> text = Failing.begin(scene, stream);
			clock.awaitTimer(BODY_DEADLINE);
			clock.advance(BODY_DEADLINE.minusNanos(1));
			assertThat(text).isNotDone();
			clock.advance(Duration.ofNanos(1));
			ExecutionException thrown = catchThrowableOfType(ExecutionException.class,
					() -> text.get(BODY_DEADLINE.toSeconds(), TimeUnit.SECONDS));
			assertThat(thrown).hasCauseInstanceOf(ProviderException.class);
			Failing.check((ProviderException) thrown.getCause(), ErrorKind.INVALID_REQUEST, 400, 1);
			assertThat(thrown.getCause()).hasMessageContaining("HTTP 400").hasMessageContaining("truncated");
			Failing.closed(scene, 0);
		}
	}

	private static void anyBytes(FaultFormat format) {
		typed(format, new byte[] { 'n', 'o', (byte) 0xff, (byte) 0xc3, '!' }, "no\uFFFD\uFFFD!");
		typed(format, new byte[] { 0, 1, 2, 27, '[', '3', '1', 'm', 127, (byte) 0x9f }, "[31m");
		typed(format, gzip("{\"error\":\"" + Scene.KEY + "\"}"), "\uFFFD");
		typed(format, utf8("{\"error\":{\"message\":\"{\\\"error\\\":\\\"inner " + Scene.KEY + "\\\"}\"}}"),
				"inner ***");
		typed(format, utf8("<html>\r\n<body>\u001b[2J" + Scene.KEY + "\u0007</body></html>"), "***");
		typed(format, utf8("{\"error\":{\"message\":\"line 1\\nERROR forged line\\u001b[0m " + Scene.KEY + "\"}}"),
				"line 1 ERROR forged line\uFFFD[0m ***");
		typed(format, utf8("Incorrect key: " + Scene.KEY + ", " + Scene.KEY), "Incorrect key: ***, ***");
		typed(format, utf8("Masked key: " + Scene.KEY.substring(0, 15) + "..."), "Masked key: ***...");
		for (int shown = 1; shown < Scene.KEY.length(); shown++) {
			cutKey(format, shown);
		}
	}

	private static void typed(FaultFormat format, byte[] body, String words) {
		for (boolean stream : Failing.MODES) {
			try (LogCapture log = new LogCapture();
					Scene scene = format.scene(Scene.retrying(3),
							ScriptedResponse.json(400, body).withHeader("x-request-id", "id-" + Scene.KEY))) {
				RecordedRawLog rawLog = new RecordedRawLog();
				scene.registry.setRawLog(rawLog);
				ProviderException error = Failing.expect(scene, stream, ErrorKind.INVALID_REQUEST, 400, 1);
				assertThat(error).hasMessageContaining(words).hasMessageContaining("HTTP 400");
				assertThat(rawLog.lines).noneMatch((line) -> line.contains(Scene.KEY));
				assertThat(log.text()).doesNotContain(Scene.KEY);
				log.ofThisLibrary().forEach(Failing::assertPrintable);
			}
		}
	}

	/** The limit, or a lost connection, cuts the body inside the key. */
	private static void cutKey(FaultFormat format, int shown) {
		String filler = "x".repeat(LIMIT - shown);
		ScriptedResponse limited = ScriptedResponse.json(400, filler + Scene.KEY + "x".repeat(100));
		ScriptedResponse lost = ScriptedResponse.status(400)
			.withHeader("Content-Length", "500")
			.thenWrite("xxx" + Scene.KEY.substring(0, shown))
			.withEnding(Ending.CLOSE);
		boolean stream = shown % 2 == 0;
		for (ScriptedResponse answer : List.of(limited, lost)) {
			try (Scene scene = format.scene(Scene.retrying(3), answer)) {
				RecordedRawLog rawLog = new RecordedRawLog();
				scene.registry.setRawLog(rawLog);
				ProviderException error = Failing.expect(scene, stream, ErrorKind.INVALID_REQUEST, 400, 1);
				assertThat(error.vendor().body()).matches("x+");
				assertThat(rawLog.starting("response").get(0)).endsWith("x");
			}
		}
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] gzip(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(utf8(text));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
