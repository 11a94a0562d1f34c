package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolCallStarted;
import io.nexus3.provider.behaviour.LogCapture;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.Scene.Streamed;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events that nobody knows, in the wrong order, too often or too late.
 */
final class EventOrderFaults implements FaultRows {

	private static final Duration REST = Duration.ofSeconds(1);

	@Override
	public void addTo(FaultTable table) {
		table.row("F38", "unknown events and deltas are skipped, and named in the debug log",
				EventOrderFaults::unknownEvents);
		table.row("F39", "blocks out of order are told apart by their index, or refused", EventOrderFaults::outOfOrder);
		table.row("F40", "a repeated terminal marker completes a stream once", EventOrderFaults::repeatedEnd);
		table.row("F41", "what follows the terminal marker is ignored", EventOrderFaults::afterTheEnd);
		table.row("F42", "a stream completes at its marker and does not wait for the socket's end",
				EventOrderFaults::openSocket);
	}

	private static void unknownEvents(FaultFormat format) {
		Logger logger = (Logger) LoggerFactory.getLogger("io.nexus3.provider.protocol");
		logger.setLevel(Level.DEBUG);
		try (LogCapture log = new LogCapture()) {
			for (boolean stream : Failing.MODES) {
				ScriptedResponse sse = ScriptedResponse.sse(format.opening + unknown(format) + format.delta("Hello")
						+ unknown(format) + format.stop + unknown(format) + format.done);
				try (Scene scene = format.scene(Scene.retrying(3), sse)) {
					assertThat(scene.call(stream)).isEqualTo("Hello");
					assertThat(scene.requests()).isEqualTo(1);
				}
			}
			assertThat(log.atLeast(Level.DEBUG)).anySatisfy(
					(line) -> assertThat(line).contains("of an unknown kind and was skipped").contains("novelty"));
			assertThat(log.atLeast(Level.WARN)).isEmpty();
		}
		finally {
			logger.setLevel(null);
		}
	}

	private static String unknown(FaultFormat format) {
		String event = """
				event: novelty
				data: {"type":"novelty","index":9,"novel":{"a":[1]}}

				""";
		return event + ((format == FaultFormat.OPENAI) ? """
				data: {"id":"c1","choices":[{"index":0,"delta":{"novel":"x"},"novel":1,"finish_reason":null}]}

				""" : """
				event: content_block_start
				data: {"type":"content_block_start","index":7,"content_block":{"type":"novel_block","x":1}}

				event: content_block_delta
				data: {"type":"content_block_delta","index":7,"delta":{"type":"novel_delta","novel":"x"}}

				event: content_block_stop
				data: {"type":"content_block_stop","index":7}

				""");
	}

	private static void outOfOrder(FaultFormat format) {
		for (boolean stream : Failing.MODES) {
			try (Scene scene = format.scene(Scene.retrying(3), ScriptedResponse.sse(interleaved(format)))) {
				List<ToolCall> calls = message(scene, stream).toolCalls();
				assertThat(calls).extracting(ToolCall::id).containsExactly("call_a", "call_b");
				assertThat(calls).extracting(ToolCall::name).containsExactly("read", "write");
				assertThat(calls.get(0).arguments().asMap()).isEqualTo(Map.of("a", 1));
				assertThat(calls.get(1).arguments().asMap()).isEqualTo(Map.of("b", 2));
			}
		}
		if (format == FaultFormat.ANTHROPIC) {
			refused(format, toolStart(4, "call_a", "read") + toolStart(4, "call_b", "write"), "open already");
			refused(format, toolStart(4, "call_a", "read") + toolDelta(5, "{}"), "not open");
			refused(format, toolStart(4, "call_a", "read") + toolStop(4) + toolDelta(4, "{}"), "not open");
		}
	}

	private static void refused(FaultFormat format, String events, String words) {
		String stop = format.stop.substring(format.stop.indexOf("event: message_delta"));
		ScriptedResponse sse = ScriptedResponse.sse(format.opening + events + stop + format.done);
		try (Scene scene = format.scene(Scene.retrying(3), sse)) {
			ProviderException error = Failing.expect(scene, false, ErrorKind.PROTOCOL, 200, 1);
			assertThat(error).hasMessageContaining(words);
		}
		try (Scene scene = format.scene(Scene.retrying(3), sse)) {
			Streamed streamed = scene.streamed();
			assertThat(streamed.completed()).isFalse();
			Failing.check(streamed.error(), ErrorKind.PROTOCOL, 200, 1);
			assertThat(streamed.events()).hasAtLeastOneElementOfType(ToolCallStarted.class);
			assertThat(streamed.error().partialMessage().toolCalls()).isNotEmpty()
				.noneMatch((call) -> call.arguments().valid());
		}
	}

	private static String interleaved(FaultFormat format) {
		if (format == FaultFormat.OPENAI) {
			return openAiTool(7, "call_a", "read", "{\\\"a\\\"") + openAiTool(2, "call_b", "write", "{\\\"b\\\"")
					+ openAiTool(7, null, null, ":1}") + openAiTool(2, null, null, ":2}")
					+ format.stop.replace("\"stop\"", "\"tool_calls\"") + format.done;
		}
		String start = format.opening.substring(0, format.opening.indexOf("event: content_block_start"));
		String stop = format.stop.substring(format.stop.indexOf("event: message_delta"))
			.replace("end_turn", "tool_use");
		return start + toolStart(7, "call_a", "read") + toolStart(2, "call_b", "write") + toolDelta(2, "{\\\"b\\\"")
				+ toolDelta(7, "{\\\"a\\\"") + toolDelta(2, ":2}") + toolStop(2) + toolDelta(7, ":1}") + toolStop(7)
				+ toolStop(7) + stop + format.done;
	}

	private static String openAiTool(int index, String id, String name, String arguments) {
		String head = (id != null) ? "\"id\":\"" + id + "\",\"type\":\"function\"," : "";
		String function = (name != null) ? "\"name\":\"" + name + "\"," : "";
		return """
				data: {"id":"c1","choices":[{"index":0,"delta":{"tool_calls":[{"index":%d,%s"function":{%s"arguments":"%s"}}]},"finish_reason":null}]}

				"""
			.formatted(index, head, function, arguments);
	}

	private static String toolStart(int index, String id, String name) {
		return """
				event: content_block_start
				data: {"type":"content_block_start","index":%d,"content_block":{"type":"tool_use","id":"%s","name":"%s","input":{}}}

				"""
			.formatted(index, id, name);
	}

	private static String toolDelta(int index, String json) {
		return """
				event: content_block_delta
				data: {"type":"content_block_delta","index":%d,"delta":{"type":"input_json_delta","partial_json":"%s"}}

				""".formatted(index, json);
	}

	private static String toolStop(int index) {
		return """
				event: content_block_stop
				data: {"type":"content_block_stop","index":%d}

				""".formatted(index);
	}

	private static AssistantMessage message(Scene scene, boolean stream) {
		if (!stream) {
			return scene.complete();
		}
		Streamed streamed = scene.streamed();
		assertThat(streamed.error()).isNull();
		return ((StreamComplete) streamed.events().get(streamed.events().size() - 1)).message();
	}

	private static void repeatedEnd(FaultFormat format) {
		wellEnded(format, format.sse("Hello") + format.done + format.done);
		wellEnded(format, format.sse("Hello") + format.stop + format.done);
	}

	private static void afterTheEnd(FaultFormat format) {
		wellEnded(format, format.sse("Hello") + format.delta(" and more") + format.done);
		wellEnded(format, format.sse("Hello") + format.errorEvent("server_error", "too late"));
		wellEnded(format, format.sse("Hello") + "data: {oops\n\n");
	}

	private static void wellEnded(FaultFormat format, String body) {
		for (ScriptedResponse sse : List.of(ScriptedResponse.sse(body), ScriptedResponse.sse(body).oneBytePerWrite())) {
			try (Scene scene = format.scene(Scene.retrying(3), sse)) {
				assertThat(scene.complete().text()).isEqualTo("Hello");
				Streamed streamed = scene.streamed();
				assertThat(streamed.error()).isNull();
				assertThat(streamed.text()).isEqualTo("Hello");
				assertThat(streamed.events()).filteredOn(StreamComplete.class::isInstance).hasSize(1);
				assertThat(scene.requests()).isEqualTo(2);
			}
		}
	}

	private static void openSocket(FaultFormat format) throws Exception {
		for (boolean stream : Failing.MODES) {
			TurnableClock clock = new TurnableClock();
			ScriptedResponse open = ScriptedResponse.sse(format.sse("Hello")).withEnding(Ending.STALL);
			try (Scene scene = format.scene(Scene.retrying(3), clock.callClock(), (request) -> open)) {
				CompletableFuture<String> text = Failing.begin(scene, stream);
				assertThat(Failing.soon(text)).isEqualTo("Hello");
				clock.awaitTimer(REST);
				clock.advance(REST);
				Failing.closed(scene, 0);
				assertThat(scene.requests()).isEqualTo(1);
			}
		}
	}

}
