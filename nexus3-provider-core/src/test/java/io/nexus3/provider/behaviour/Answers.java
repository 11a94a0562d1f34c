package io.nexus3.provider.behaviour;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.AnswerDecoder;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.openai.OpenAiDialect;
import io.nexus3.provider.protocol.openai.OpenAiProtocol;
import io.nexus3.provider.transport.sse.SseDecoder;
import io.nexus3.provider.wire.HttpFailure;
import io.nexus3.provider.wire.WireHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Feeds answers to the decoders, with no network between.
 */
public final class Answers {

	private Answers() {
	}

	/** A stream of these events, well framed. */
	public static Answer stream(String... data) {
		return sse(framed(data));
	}

	/** A stream of these events under limits. */
	public static Answer stream(Limits limits, String... data) {
		return sse(limits, framed(data).getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
	}

	public static Answer sse(String body) {
		return sse(Limits.defaults(), body.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
	}

	/** A stream as bytes, fed in pieces of a size. */
	public static Answer sse(Limits limits, byte[] body, int pieceSize) {
		return read(limits, (decoder, events) -> {
			SseDecoder sse = new SseDecoder(limits.sseEvent(), (frame) -> {
				decoder.frame(frame, events::add);
				return !decoder.terminated();
			});
			for (int at = 0; at < body.length; at += Math.min(pieceSize, body.length - at)) {
				sse.feed(body, at, Math.min(pieceSize, body.length - at));
			}
			sse.finish();
			return sse.strayErrorLine();
		});
	}

	/** A whole answer. */
	public static Answer json(String body) {
		return json(body.getBytes(StandardCharsets.UTF_8));
	}

	public static Answer json(byte[] body) {
		return read(Limits.defaults(), (decoder, events) -> {
			decoder.json(body, events::add);
			return null;
		});
	}

	/** A whole answer of one message with further fields beside the role. */
	public static Answer message(String fields) {
		return json("""
				{"id":"r1","model":"m1","choices":[{"index":0,"finish_reason":"stop",
				"message":{"role":"assistant",%s}}]}""".formatted(fields));
	}

	/** What an answer with a status that is not 2xx means. */
	public static ProviderException failure(int status, String body) {
		return failure(status, body.getBytes(StandardCharsets.UTF_8));
	}

	public static ProviderException failure(int status, byte[] body) {
		return new OpenAiProtocol(OpenAiDialect.COMPATIBLE).decodeFailure(
				new HttpFailure(status, WireHeaders.of(Map.of("X-Request-Id", List.of("req-1"))), body, false));
	}

	/** A chunk whose delta has these fields. */
	public static String delta(String fields) {
		return "{\"choices\":[{\"index\":0,\"delta\":{" + fields + "}}]}";
	}

	public static String text(String text) {
		return delta("\"content\":\"" + text + "\"");
	}

	/** A chunk with one piece of a tool call. */
	public static String tool(String fields) {
		return delta("\"tool_calls\":[{" + fields + "}]");
	}

	public static String finish(String reason) {
		return "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
	}

	public static String framed(String... data) {
		StringBuilder body = new StringBuilder();
		for (String event : data) {
			body.append("data: ").append(event).append("\n\n");
		}
		return body.toString();
	}

	private static Answer read(Limits limits, Feeding feeding) {
		AnswerDecoder decoder = new OpenAiProtocol(OpenAiDialect.COMPATIBLE)
			.newDecoder(new Target("acme", "model", RequestOptions.defaults(), false, limits));
		List<StreamEvent> events = new ArrayList<>();
		AssistantMessage message = null;
		ProviderException error = null;
		try {
			String strayErrorLine = feeding.feed(decoder, events);
			message = decoder.finish(strayErrorLine, (Consumer<StreamEvent>) events::add);
		}
		catch (ProviderException ex) {
			error = ex;
		}
		return new Answer(events, message, error, decoder.partial(), decoder.frames(), decoder.terminated());
	}

	private interface Feeding {

		@Nullable String feed(AnswerDecoder decoder, List<StreamEvent> events);

	}

	/**
	 * What came of an answer.
	 *
	 * @param events the events
	 * @param whole the message, or null where there is an error
	 * @param failure the error, or null where there is a message
	 * @param partial what had arrived by the end
	 * @param frames how many events with data there were
	 * @param terminated whether the terminal marker came
	 */
	public record Answer(List<StreamEvent> events, @Nullable AssistantMessage whole,
			@Nullable ProviderException failure, AssistantMessage partial, long frames, boolean terminated) {

		public AssistantMessage message() {
			if (this.failure != null || this.whole == null) {
				throw new AssertionError("There is no message but an error", this.failure);
			}
			return this.whole;
		}

		public ProviderException error() {
			if (this.failure == null) {
				throw new AssertionError("There is no error but " + this.whole);
			}
			return this.failure;
		}

		public @Nullable ErrorKind errorKind() {
			return (this.failure != null) ? this.failure.kind() : null;
		}

		public <T extends StreamEvent> List<T> events(Class<T> type) {
			return this.events.stream().filter(type::isInstance).map(type::cast).toList();
		}

	}

}
