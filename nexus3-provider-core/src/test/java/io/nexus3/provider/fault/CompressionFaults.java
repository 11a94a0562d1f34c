package io.nexus3.provider.fault;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Framing;
import io.nexus3.provider.test.http.ScriptedResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that compress although they were asked not to.
 */
final class CompressionFaults implements FaultRows {

	private static final byte[] GZIP_HEAD = { 0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0 };

	private static final int MIB = 1024 * 1024;

	@Override
	public void addTo(FaultTable table) {
		table.row("F68", "what is compressed unasked is inflated under the limits", CompressionFaults::compressed);
	}

	private static void compressed(FaultFormat format) throws Exception {
		for (boolean stream : List.of(false, true)) {
			asksForNoCompression(format, stream);
			readsCompressedAnswers(format, stream);
			refusesBombs(format, stream);
			refusesWhatCannotBeRead(format, stream);
			readsNothingOfWhatItRefuses(format, stream);
			keepsTheStatusOfCompressedErrors(format, stream);
		}
	}

	private static void asksForNoCompression(FaultFormat format, boolean stream) {
		try (Scene scene = format.scene(Scene.retrying(0), format.good(stream, "ok"))) {
			assertThat(scene.call(stream)).isEqualTo("ok");
			assertThat(scene.server.requests().get(0).headers().get("accept-encoding")).containsExactly("identity");
		}
	}

	private static void readsCompressedAnswers(FaultFormat format, boolean stream) {
		String body = stream ? format.sse("He", "llo", " wörld") : format.json("Hello wörld");
		for (String encoding : List.of("gzip", "GZIP", "deflate")) {
			ScriptedResponse answer = answer(encoding, compress(encoding, body)).splitRandomly(new Random(68), 30);
			try (Scene scene = format.scene(Scene.retrying(0), answer)) {
				assertThat(scene.call(stream)).isEqualTo("Hello wörld");
				assertThat(scene.call(stream)).isEqualTo("Hello wörld");
			}
		}
	}

	/** A megabyte that inflates to a gigabyte: in one piece, and of white space. */
	private static void refusesBombs(FaultFormat format, boolean stream) {
		for (String filler : List.of("a", "\n", ": a comment\n\n")) {
			String start = stream ? format.opening + (filler.equals("a") ? "data: {\"id\":\"" : "")
					: (filler.equals("a") ? "{\"id\":\"" : "");
			ScriptedResponse bomb = answer("gzip", GZIP_HEAD).thenWrite(block(start.getBytes(StandardCharsets.UTF_8)))
				.then(new BodyStep.Repeat(block(filler.repeat(MIB / filler.length()).getBytes(StandardCharsets.UTF_8)),
						1024));
			HeapWatch heap = new HeapWatch();
			try (Scene scene = format.scene(Scene.retrying(3), bomb)) {
				ExpectedError.atOnce(ErrorKind.RESPONSE_TOO_LARGE, scene, stream);
				heap.assertGrowthBelow(16 * MIB);
			}
		}
	}

	private static void refusesWhatCannotBeRead(FaultFormat format, boolean stream) {
		String body = stream ? format.sse("Hello") : format.json("Hello");
		try (Scene scene = format.scene(Scene.retrying(3), answer("br", body.getBytes(StandardCharsets.UTF_8)))) {
			ProviderException error = ExpectedError.atOnce(ErrorKind.UNEXPECTED_CONTENT, scene, stream);
			assertThat(error).hasMessageContaining("'br'");
			assertThat(error.status()).isEqualTo(200);
		}
		try (Scene scene = format.scene(Scene.retrying(3), answer("gzip", body.getBytes(StandardCharsets.UTF_8)))) {
			ExpectedError.atOnce(ErrorKind.PROTOCOL, scene, stream);
		}
		byte[] whole = compress("gzip", body);
		ScriptedResponse cut = answer("gzip", Arrays.copyOf(whole, whole.length / 3));
		try (Scene scene = format.scene(Scene.retrying(1), cut, answer("gzip", whole))) {
			assertThat(scene.call(stream)).isEqualTo("Hello");
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	private static void readsNothingOfWhatItRefuses(FaultFormat format, boolean stream) throws Exception {
		ScriptedResponse endless = answer("br", GZIP_HEAD).then(new BodyStep.Repeat(new byte[MIB], Integer.MAX_VALUE));
		try (Scene scene = format.scene(Scene.retrying(0), endless)) {
			ExpectedError.atOnce(ErrorKind.UNEXPECTED_CONTENT, scene, stream);
			scene.server.exchanges().get(0).closedByClient().get(5, TimeUnit.SECONDS);
		}
	}

	private static void keepsTheStatusOfCompressedErrors(FaultFormat format, boolean stream) {
		byte[] body = compress("gzip", format.errorBody("invalid_request_error", "no such field"));
		try (Scene scene = format.scene(Scene.retrying(0), answer("gzip", body).withStatus(400),
				answer("br", body).withStatus(400))) {
			ProviderException readable = scene.error(stream);
			assertThat(readable.status()).isEqualTo(400);
			assertThat(readable).hasMessageContaining("no such field");
			ProviderException unreadable = scene.error(stream);
			assertThat(unreadable.status()).isEqualTo(400);
			assertThat(unreadable.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
		}
	}

	private static ScriptedResponse answer(String encoding, byte[] body) {
		return ScriptedResponse.status(200)
			.withFraming(Framing.CHUNKED)
			.withHeader("Content-Encoding", encoding)
			.thenWrite(body)
			.withEnding(Ending.CLEAN);
	}

	private static byte[] compress(String encoding, String body) {
		boolean gzip = encoding.equalsIgnoreCase("gzip");
		Deflater deflater = new Deflater(6, gzip);
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		deflater.setInput(bytes);
		deflater.finish();
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		if (gzip) {
			out.writeBytes(GZIP_HEAD);
		}
		out.writeBytes(drain(deflater, Deflater.NO_FLUSH));
		if (gzip) {
			CRC32 sum = new CRC32();
			sum.update(bytes);
			littleEndian(out, (int) sum.getValue());
			littleEndian(out, bytes.length);
		}
		return out.toByteArray();
	}

	private static void littleEndian(ByteArrayOutputStream out, int number) {
		for (int shift = 0; shift < 32; shift += 8) {
			out.write(number >>> shift);
		}
	}

	/** A block that stands for itself, so that it can be sent again and again. */
	private static byte[] block(byte[] bytes) {
		Deflater deflater = new Deflater(9, true);
		deflater.setInput(bytes);
		return drain(deflater, Deflater.FULL_FLUSH);
	}

	private static byte[] drain(Deflater deflater, int flush) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		byte[] buffer = new byte[8192];
		int count = deflater.deflate(buffer, 0, buffer.length, flush);
		while (count > 0) {
			out.write(buffer, 0, count);
			count = (count < buffer.length) ? 0 : deflater.deflate(buffer, 0, buffer.length, flush);
		}
		deflater.end();
		return out.toByteArray();
	}

}
