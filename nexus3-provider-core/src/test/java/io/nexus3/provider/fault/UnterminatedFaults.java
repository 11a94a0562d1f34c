package io.nexus3.provider.fault;

import java.util.List;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.FinishReason.Kind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.behaviour.LogCapture;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.ScriptedResponse;

import static io.nexus3.provider.fault.FaultClient.assertTyped;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams that end in good order, but do not say all that a stream should say at its end.
 */
final class UnterminatedFaults implements FaultRows {

	private static final String OPENAI_CALL = """
			data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"rm","arguments":""}}]},"finish_reason":null}]}

			data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"%s"}}]},"finish_reason":null}]}

			""";

	private static final String ANTHROPIC_CALL = """
			event: message_start
			data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":1,"output_tokens":1}}}

			event: content_block_start
			data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t1","name":"rm","input":{}}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"%s"}}

			""";

	@Override
	public void addTo(FaultTable table) {
		table.row("F27", "a finish reason without [DONE] is a success, with one warning", FaultFormat.OPENAI,
				UnterminatedFaults::finishReasonOnly);
		table.row("F28", "neither marker nor finish reason is no success, unless that is accepted",
				UnterminatedFaults::nothingAtTheEnd);
		table.row("F29", "a stop reason without message_stop is a success, with one warning", FaultFormat.ANTHROPIC,
				(format) -> {
					finishReasonOnly(format);
					nothingAtTheEnd(format);
				});
		table.row("F30", "a tool call that is cut is never finished", UnterminatedFaults::cutToolCall);
		table.row("F31", "the last event counts without its blank line", UnterminatedFaults::noLastBlankLine);
	}

	private static void finishReasonOnly(FaultFormat format) {
		ScriptedResponse answer = ScriptedResponse.sse(format.start("He", "llo") + format.stop);
		try (LogCapture log = new LogCapture(); Scene scene = format.scene(Scene.retrying(3), answer)) {
			for (int i = 0; i < 2; i++) {
				StreamComplete complete = last(scene.streamed());
				assertThat(complete.message().text()).isEqualTo("Hello");
				assertThat(complete.message().finishReason().kind()).isEqualTo(Kind.STOP);
				assertThat(complete.summary().terminated()).isFalse();
				assertThat(scene.complete().text()).isEqualTo("Hello");
			}
			assertThat(scene.requests()).isEqualTo(4);
			assertThat(log.atLeast(Level.WARN)).filteredOn((line) -> line.contains("terminal marker")).hasSize(1);
		}
	}

	private static StreamComplete last(Scene.Streamed streamed) {
		assertThat(streamed.error()).isNull();
		return (StreamComplete) streamed.events().get(streamed.events().size() - 1);
	}

	private static void nothingAtTheEnd(FaultFormat format) {
		ScriptedResponse cut = ScriptedResponse.sse(format.start("He", "llo"));
		try (Scene scene = format.scene(Scene.retrying(2), cut)) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.completed()).isFalse();
			assertTyped(streamed.error(), ErrorKind.INTERRUPTED, 1);
			assertThat(streamed.error().partialMessage().text()).isEqualTo("Hello");
			assertThat(scene.requests()).isEqualTo(1);
		}
		try (Scene scene = format.scene(Scene.retrying(2), cut)) {
			ProviderException error = scene.completeError();
			assertTyped(error, ErrorKind.INTERRUPTED, 3);
			assertThat(error.partialOutput()).isFalse();
			assertThat(error.partialMessage().text()).isEqualTo("Hello");
			assertThat(scene.requests()).isEqualTo(3);
		}
		assertAccepted(format, cut);
	}

	private static void assertAccepted(FaultFormat format, ScriptedResponse cut) {
		UnaryOperator<ProviderConfig> accepting = (config) -> config.withAcceptTruncatedStreams(true);
		try (Scene scene = format.scene(accepting, cut)) {
			StreamComplete complete = last(scene.streamed());
			assertThat(complete.summary().terminated()).isFalse();
			for (AssistantMessage message : List.of(complete.message(), scene.complete())) {
				assertThat(message.text()).isEqualTo("Hello");
				assertThat(message.finishReason().kind()).isEqualTo(Kind.UNKNOWN);
			}
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	private static void cutToolCall(FaultFormat format) {
		for (String arguments : List.of("{\\\"path\\\":\\\"/\\\"}", "{\\\"path\\\":\\\"/tm")) {
			String call = (format == FaultFormat.OPENAI) ? OPENAI_CALL : ANTHROPIC_CALL;
			ScriptedResponse cut = ScriptedResponse.sse(call.formatted(arguments));
			try (Scene scene = format.scene(Scene.retrying(2), cut)) {
				Scene.Streamed streamed = scene.streamed();
				assertThat(streamed.completed()).isFalse();
				assertTyped(streamed.error(), ErrorKind.INTERRUPTED, 1);
				assertUnfinished(streamed.error().partialMessage());
				ProviderException error = scene.completeError();
				assertTyped(error, ErrorKind.INTERRUPTED, 3);
				assertUnfinished(error.partialMessage());
				assertThat(scene.requests()).isEqualTo(4);
			}
			try (Scene scene = format.scene((config) -> config.withAcceptTruncatedStreams(true), cut)) {
				assertUnfinished(last(scene.streamed()).message());
				assertUnfinished(scene.complete());
			}
		}
	}

	private static void assertUnfinished(AssistantMessage message) {
		assertThat(message.toolCalls()).hasSize(1);
		ToolCall call = message.toolCalls().get(0);
		assertThat(call.name()).isEqualTo("rm");
		assertThat(call.arguments().valid()).isFalse();
		assertThat(call.arguments().raw()).startsWith("{\"path\":\"/");
	}

	private static void noLastBlankLine(FaultFormat format) {
		List<String> streams = List.of(format.sse("Hello").stripTrailing(), format.sse("Hello").stripTrailing() + "\n",
				(format.start("Hello") + format.stop).stripTrailing());
		for (String stream : streams) {
			try (Scene scene = format.scene(Scene.retrying(3), ScriptedResponse.sse(stream))) {
				AssistantMessage message = last(scene.streamed()).message();
				assertThat(message.text()).isEqualTo("Hello");
				assertThat(message.finishReason().kind()).isEqualTo(Kind.STOP);
				assertThat(scene.complete()).isEqualTo(message);
				assertThat(scene.requests()).isEqualTo(2);
			}
		}
	}

}
