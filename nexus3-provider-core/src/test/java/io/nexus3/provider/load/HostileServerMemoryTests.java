package io.nexus3.provider.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Exchange;
import io.nexus3.provider.test.http.Framing;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static io.nexus3.provider.load.MemoryProbe.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class HostileServerMemoryTests {

	private static final Logger logger = LoggerFactory.getLogger(HostileServerMemoryTests.class);

	/** Twice the limit of an event, and what reading takes besides. */
	private static final long EVENT_LIMIT_TWICE = 16 * MIB;

	private static final long READING = 4 * MIB;

	private static final byte[] PIECE = filled(64 * 1024);

	/** Classes are loaded and buffers pooled before anything is measured. */
	@BeforeAll
	static void warmUp() {
		try (QuietNetwork quiet = new QuietNetwork();
				ScriptedServer server = ScriptedServer.start((request) -> (request.order() % 2 == 0)
						? ScriptedResponse.json(503, "{}") : ScriptedResponse.sse("data: " + "x".repeat(10_000)));
				LoadScene scene = scene(server)) {
			for (int i = 0; i < 50; i++) {
				error(scene, true);
				error(scene, false);
			}
			assertThat(quiet.errors()).isEmpty();
		}
	}

	@Test
	void anEventWithoutAnEndIsRefusedAtItsLimit() {
		Measured measured = measure(true,
				ScriptedResponse.sse("data: ").then(new BodyStep.Repeat(PIECE, 64 * MIB / PIECE.length)));
		log("event of 64 MiB", measured);
		assertThat(measured.error().kind()).isEqualTo(ErrorKind.RESPONSE_TOO_LARGE);
		// All arrays together, those given up while growing included.
		assertThat(measured.allocated()).isLessThan(EVENT_LIMIT_TWICE + READING);
		assertThat(measured.sent()).isLessThan(32 * MIB);
	}

	@Test
	void anAnswerWithoutAnEndIsRefusedAtItsLimit() {
		Measured measured = measure(false,
				ScriptedResponse.json(200, "{\"x\":\"")
					.withFraming(Framing.CHUNKED)
					.then(new BodyStep.Repeat(PIECE, 200 * MIB / PIECE.length)));
		log("answer of 200 MiB", measured);
		assertThat(measured.error().kind()).isEqualTo(ErrorKind.RESPONSE_TOO_LARGE);
		// Twice at once at most; with the arrays that were outgrown it is more.
		assertThat(measured.allocated()).isLessThan(3 * 32 * MIB);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/event-stream", "application/json" })
	void whatIsCompressedIsInflatedNoFurtherThanItsLimit(String contentType) throws IOException {
		byte[] gibibyte = bomb(1024);
		assertThat(gibibyte.length).isLessThan((int) (2 * MIB));
		Measured measured = measure(true,
				ScriptedResponse.json(200, gibibyte)
					.withHeader("Content-Type", contentType)
					.withHeader("Content-Encoding", "gzip"));
		log("gzip bomb as " + contentType, measured);
		assertThat(measured.error().kind()).isIn(ErrorKind.UNEXPECTED_CONTENT, ErrorKind.RESPONSE_TOO_LARGE,
				ErrorKind.EMPTY_RESPONSE);
		assertThat(measured.allocated()).isLessThan(3 * 32 * MIB);
	}

	@Test
	void headersWithoutAnEndAreRefusedAtTheirLimit() {
		byte[] header = ("X-Again: " + "y".repeat(100) + "\r\n").getBytes(StandardCharsets.US_ASCII);
		Measured measured = measure(true,
				ScriptedResponse.raw("HTTP/1.1 200 OK\r\n").then(new BodyStep.Repeat(header, Long.MAX_VALUE)));
		log("endless headers", measured);
		assertThat(measured.error().kind()).isEqualTo(ErrorKind.PROTOCOL);
		assertThat(measured.allocated()).isLessThan(READING);
	}

	@Test
	void ofALargeErrorBodyOnlyTheStartIsRead() {
		Measured measured = measure(true,
				ScriptedResponse.status(500).then(new BodyStep.Repeat(PIECE, 10 * MIB / PIECE.length)));
		log("error body of 10 MiB", measured);
		assertThat(measured.error().status()).isEqualTo(500);
		assertThat(measured.allocated()).isLessThan(READING);
		assertThat(measured.error().vendor().body()).hasSizeLessThanOrEqualTo(64 * 1024);
	}

	@Test
	void anErrorBodyWithoutAnEndStillSaysItsStatus() {
		Measured measured = measure(true,
				ScriptedResponse.status(503)
					.withFraming(Framing.CHUNKED)
					.then(new BodyStep.Repeat(PIECE, Long.MAX_VALUE))
					.withEnding(Ending.STALL));
		log("endless error body", measured);
		assertThat(measured.error().kind()).isEqualTo(ErrorKind.OVERLOADED);
		assertThat(measured.error().status()).isEqualTo(503);
		assertThat(measured.allocated()).isLessThan(READING);
	}

	/** What one call of one attempt costs, and how it ends. */
	private static Measured measure(boolean stream, ScriptedResponse answer) {
		try (QuietNetwork quiet = new QuietNetwork();
				ScriptedServer server = ScriptedServer.start((request) -> answer);
				LoadScene scene = scene(server)) {
			// What the first of its kind sets aside for all that follow is not counted.
			error(scene, stream);
			long heap = MemoryProbe.liveHeap();
			long before = MemoryProbe.allocatedByClient();
			ProviderException error = error(scene, stream);
			long allocated = MemoryProbe.allocatedByClient() - before;
			Exchange exchange = server.exchanges().get(1);
			assertThat(quiet.errors()).isEmpty();
			return new Measured(error, allocated, MemoryProbe.liveHeap() - heap, exchange.bytesWritten());
		}
	}

	private static LoadScene scene(ScriptedServer server) {
		return new LoadScene(server.baseUrl(), (config) -> config.withRetry(LoadScene.retries(0)));
	}

	private static ProviderException error(LoadScene scene, boolean stream) {
		return catchThrowableOfType(ProviderException.class,
				() -> (stream ? scene.open().stream("Hi").then() : scene.open().complete("Hi").then())
					.block(LoadScene.WATCHDOG));
	}

	private static void log(String what, Measured measured) {
		logger.info("{}: {}, {} KiB allocated, {} KiB kept, {} KiB sent", what, measured.error().kind(),
				measured.allocated() / 1024, measured.kept() / 1024, measured.sent() / 1024);
		assertThat(measured.kept()).isLessThan(READING);
	}

	/**
	 * Gzip allows members one after the other: a mebibyte of nothing, again and again.
	 */
	private static byte[] bomb(int mebibytes) throws IOException {
		ByteArrayOutputStream member = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(member)) {
			gzip.write(new byte[(int) MIB]);
		}
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		for (int i = 0; i < mebibytes; i++) {
			member.writeTo(bomb);
		}
		return bomb.toByteArray();
	}

	private static byte[] filled(int length) {
		byte[] bytes = new byte[length];
		Arrays.fill(bytes, (byte) 'x');
		return bytes;
	}

	/**
	 * What a call cost.
	 *
	 * @param error how it ended
	 * @param allocated what the client allocated for it in all
	 * @param kept by how much the live heap grew, the error included
	 * @param sent how much the server got rid of
	 */
	private record Measured(ProviderException error, long allocated, long kept, long sent) {

	}

}
