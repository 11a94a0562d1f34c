package io.nexus3.provider.fault;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.fault.FaultClient.Running;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;

import static io.nexus3.provider.fault.FaultClient.assertTyped;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies that end in another way than their framing promised.
 */
final class CutFaults implements FaultRows {

	@Override
	public void addTo(FaultTable table) {
		table.row("F22", "a reset after events breaks the stream off", CutFaults::resetAfterEvents);
		table.row("F23", "a reset after the head, before any event, is retried", CutFaults::resetAfterHead);
		table.row("F24", "a body without its last chunk is never a success", CutFaults::withoutLastChunk);
		table.row("F25", "a body shorter than promised is never a success", CutFaults::shorterThanPromised);
		table.row("F26", "a malformed chunk is a cut", CutFaults::malformedChunk);
	}

	private static RawScript answering(String bytes) {
		return RawScript.start().readRequest().write(bytes);
	}

	private static String begun(FaultFormat format, String... texts) {
		return RawAnswers.CHUNKED + RawAnswers.chunk(format.start(texts));
	}

	private static void resetAfterEvents(FaultFormat format) {
		Gate seen = new Gate();
		assertBreaksOff(format, answering(begun(format, "a", "b", "c")).await(seen).reset(), seen);
	}

	/** After text, whatever ends the stream is final. */
	private static void assertBreaksOff(FaultFormat format, RawScript fault, Gate seen) {
		try (RawServer server = RawServer.start(fault, RawAnswers.wellBehaved(format, true, "ok"));
				FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(3))) {
			Running call = client.start(true);
			call.awaitText("abc");
			seen.open();
			ProviderException error = call.error();
			assertTyped(error, ErrorKind.INTERRUPTED, 1);
			assertThat(error.retryable()).isTrue();
			assertThat(error.status()).isEqualTo(200);
			assertThat(error.partialOutput()).isTrue();
			assertThat(error.partialMessage().text()).isEqualTo("abc");
			assertThat(error).hasMessageContaining("127.0.0.1:" + server.port())
				.hasMessageContaining("broke off after data had been received");
			assertThat(error.getCause()).isNotNull();
			assertThat(server.requests()).hasSize(1);
			assertThat(client.call(true)).isEqualTo("ok");
			assertThat(server.connections()).hasSize(2);
		}
	}

	private static void resetAfterHead(FaultFormat format) {
		for (boolean stream : List.of(false, true)) {
			String head = RawAnswers.openHead(stream);
			assertRetried(format, stream, answering(head).reset());
			assertRetried(format, stream, answering(head + RawAnswers.chunk(stream ? format.opening : "{")).reset());
		}
	}

	/** Before an event, whatever ends the answer is retried, and then a typed error. */
	private static void assertRetried(FaultFormat format, boolean stream, RawScript fault) {
		try (RawServer server = RawServer.start(fault, fault, RawAnswers.wellBehaved(format, stream, "ok"));
				FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(2))) {
			assertThat(client.call(stream)).isEqualTo("ok");
			assertThat(server.requests()).hasSize(3);
		}
		try (RawServer server = RawServer.start(fault);
				FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(1))) {
			ProviderException error = client.error(stream);
			assertTyped(error, ErrorKind.CONNECTION_LOST, 2);
			assertThat(error.partialOutput()).isFalse();
			assertThat(error).hasMessageContaining("127.0.0.1:" + server.port());
			assertThat(server.requests()).hasSize(2);
		}
	}

	private static void withoutLastChunk(FaultFormat format) throws Exception {
		Gate seen = new Gate();
		assertBreaksOff(format, answering(begun(format, "a", "b", "c")).await(seen).close(), seen);
		assertRetried(format, true, answering(begun(format)).close());
		String json = format.json("ok");
		assertRetried(format, false, answering(RawAnswers.openHead(false) + RawAnswers.chunk(json)).close());
		assertRetried(format, false,
				answering(RawAnswers.openHead(false) + Integer.toHexString(RawAnswers.bytes(json)) + "\r\n{").close());
		assertCutAfterMarker(format, answering(RawAnswers.CHUNKED + RawAnswers.chunk(format.sse("ok"))));
		cutAfterReason(format);
	}

	/**
	 * OpenAI's last event with a finish reason ends the message; Anthropic's stop reason
	 * does so at a clean end only.
	 */
	private static void cutAfterReason(FaultFormat format) {
		String stopped = format.start("a", "b", "c") + format.stop;
		RawScript fault = answering(RawAnswers.CHUNKED + RawAnswers.chunk(stopped)).close();
		try (RawServer server = RawServer.start(fault);
				FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(3))) {
			Scene.Streamed streamed = client.streamed();
			assertThat(streamed.completed()).isEqualTo(format == FaultFormat.OPENAI);
			assertThat(streamed.text()).isEqualTo("abc");
			if (format == FaultFormat.ANTHROPIC) {
				assertTyped(streamed.error(), ErrorKind.INTERRUPTED, 1);
			}
			assertThat(server.requests()).hasSize(1);
		}
	}

	/** With the terminal marker the message is whole, however the connection ends. */
	private static void assertCutAfterMarker(FaultFormat format, RawScript marked) throws Exception {
		for (RawScript end : List.of(RawScript.start().close(), RawScript.start().stall())) {
			for (boolean stream : List.of(false, true)) {
				try (RawServer server = RawServer.start(marked.then(end));
						FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(3))) {
					assertThat(client.call(stream)).isEqualTo("ok");
					assertThat(server.requests()).hasSize(1);
					server.connections().get(0).ended().get(10, TimeUnit.SECONDS);
				}
			}
		}
	}

	private static void shorterThanPromised(FaultFormat format) throws Exception {
		Gate seen = new Gate();
		String text = format.start("a", "b", "c");
		String head = RawAnswers.length("text/event-stream", RawAnswers.bytes(text) + 10);
		assertBreaksOff(format, answering(head + text).await(seen).close(), seen);
		assertRetried(format, true, answering(RawAnswers.length("text/event-stream", 10_000) + format.opening).close());
		String json = format.json("ok");
		String jsonHead = RawAnswers.length("application/json", RawAnswers.bytes(json) + 10);
		assertRetried(format, false, answering(jsonHead + json).close());
		String whole = format.sse("ok");
		assertCutAfterMarker(format,
				answering(RawAnswers.length("text/event-stream", RawAnswers.bytes(whole) + 10) + whole));
	}

	private static void malformedChunk(FaultFormat format) {
		for (RawScript end : List.of(RawScript.start().close(), RawScript.start().stall())) {
			Gate seen = new Gate();
			assertBreaksOff(format,
					answering(begun(format, "a", "b", "c")).await(seen).write("zz\r\noops\r\n").then(end), seen);
			assertRetried(format, true, answering(begun(format) + "zz\r\noops\r\n").then(end));
			assertRetried(format, false, answering(RawAnswers.openHead(false) + "-5\r\n{").then(end));
			assertRetried(format, false, answering(RawAnswers.openHead(false) + "zz\r\noops\r\n").then(end));
		}
	}

}
