package io.nexus3.provider.protocol.anthropic;

import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolCallDelta;
import io.nexus3.provider.ToolCallStarted;
import org.junit.jupiter.api.Test;

import static io.nexus3.provider.protocol.anthropic.AnthropicStream.START;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.STOP;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.delta;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.end;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.start;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.stop;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tool calls in every form in which they come.
 */
class AnthropicToolCallTests {

	private static final String CALL = "{'type':'tool_use','id':'toolu_1','name':'f','input':{}}";

	private static String json(String partial) {
		return "{'type':'input_json_delta','partial_json':'" + partial + "'}";
	}

	@Test
	void inputIsPutTogetherFromItsDeltas() {
		AnthropicStream stream = AnthropicStream.of(START, start(0, CALL), delta(0, json("")),
				delta(0, json("{\\'a\\':")), delta(0, json(" 1}")), stop(0), end("tool_use"), STOP);
		ToolCall call = stream.finish().toolCalls().get(0);
		assertThat(call).isEqualTo(ToolCall.of("toolu_1", "f", ToolArguments.valid(Map.of("a", 1), "{\"a\": 1}")));
		assertThat(stream.events).containsExactly(new ToolCallStarted(0, "toolu_1", "f"),
				new ToolCallDelta(0, "{\"a\":"), new ToolCallDelta(0, " 1}"));
	}

	@Test
	void emptyInputIsAnEmptyObject() {
		ToolCall call = only(
				AnthropicStream.message(START, start(0, CALL), delta(0, json("")), stop(0), end("tool_use"), STOP));
		assertThat(call.arguments().valid()).isTrue();
		assertThat(call.arguments().asMap()).isEmpty();
	}

	@Test
	void inputOfTheStartCountsWhereNoDeltaComes() {
		AnthropicStream stream = AnthropicStream.of(START,
				start(0, "{'type':'tool_use','id':'toolu_1','name':'f','input':{'a':1}}"), stop(0), end("tool_use"),
				STOP);
		assertThat(only(stream.finish()).arguments()).isEqualTo(ToolArguments.valid(Map.of("a", 1), "{\"a\":1}"));
		assertThat(stream.events).endsWith(new ToolCallDelta(0, "{\"a\":1}"));
	}

	@Test
	void invalidInputIsKeptRaw() {
		ToolCall call = only(
				AnthropicStream.message(START, start(0, CALL), delta(0, json("{a")), stop(0), end("tool_use"), STOP));
		assertThat(call.arguments().valid()).isFalse();
		assertThat(call.arguments().raw()).isEqualTo("{a");
	}

	@Test
	void aCallCutOffByTheLimitIsNotFinished() {
		for (String partial : new String[] { "", "{\\'a\\':" }) {
			ToolCall call = only(AnthropicStream.message(START, start(0, CALL), delta(0, json(partial)), stop(0),
					end("max_tokens"), STOP));
			assertThat(call.arguments().valid()).isFalse();
			assertThat(call.arguments().problem()).contains("cut off");
		}
	}

	@Test
	void aFinishedCallBeforeTheLimitIsFinished() {
		AssistantMessage message = AnthropicStream.message(START, start(0, CALL), delta(0, json("{}")), stop(0),
				start(1, CALL.replace("toolu_1", "toolu_2")), stop(1), end("max_tokens"), STOP);
		assertThat(message.toolCalls()).extracting((call) -> call.arguments().valid()).containsExactly(true, false);
	}

	@Test
	void noCallOfABrokenAnswerIsFinished() {
		AnthropicStream stream = AnthropicStream.of(START, start(0, CALL), delta(0, json("{}")), stop(0));
		assertThat(only(stream.decoder.partial()).arguments().valid()).isFalse();
	}

	@Test
	void furtherFieldsOfACallGoBack() {
		ToolCall call = only(AnthropicStream.message(START,
				start(0, "{'type':'tool_use','id':'toolu_1','name':'f','input':{},'caller':{'type':'direct'}}"),
				stop(0), end("tool_use"), STOP));
		assertThat(call.vendorJson()).isEqualTo(AnthropicBody.own("{\"caller\":{\"type\":\"direct\"}}"));
		assertThat(AnthropicBody.messages(AnthropicBody.answer(call)).at("/0/content/0")).isEqualTo(AnthropicBody
			.json("{'type':'tool_use','id':'toolu_1','name':'f','input':{},'caller':{'type':'direct'}}"));
	}

	@Test
	void aCallWithoutIdGetsOne() {
		ToolCall call = only(AnthropicStream.message(START, start(0, "{'type':'tool_use','name':'f'}"), stop(0),
				end("tool_use"), STOP));
		assertThat(call.id()).matches("toolu_[0-9a-f]{32}");
		assertThat(call.arguments().valid()).isTrue();
	}

	private static ToolCall only(AssistantMessage message) {
		assertThat(message.toolCalls()).hasSize(1);
		return message.toolCalls().get(0);
	}

}
