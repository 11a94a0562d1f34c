package io.nexus3.provider.behaviour;

import java.math.BigDecimal;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.FinishReason;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ReasoningDelta;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolCallStarted;
import io.nexus3.provider.behaviour.Answers.Answer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What single vendors of OpenAI's format do otherwise.
 */
class VendorQuirkBehaviourTests {

	@DisplayName("47: finish reasons of other vendors have a kind")
	@ParameterizedTest(name = "47: {0} is {1}")
	@CsvSource({ "COMPLETE, STOP", "eos_token, STOP", "MAX_TOKENS, LENGTH", "model_context_window_exceeded, LENGTH",
			"TOOL_CALL, TOOL_CALLS", "RECITATION, CONTENT_FILTER", "content_filter: PROHIBITED_CONTENT, CONTENT_FILTER",
			"sensitive, CONTENT_FILTER", "insufficient_system_resource, ERROR", "network_error, ERROR", "abort, ERROR",
			"something_new, UNKNOWN" })
	void finishReasonsHaveAKind(String raw, FinishReason.Kind kind) {
		AssistantMessage message = Answers.stream(Answers.text("x"), Answers.finish(raw)).message();
		assertThat(message.finishReason()).isEqualTo(new FinishReason(kind, raw));
	}

	@Test
	@DisplayName("47: null written as text in the middle of a stream ends nothing")
	void nullAsTextEndsNothing() {
		Answer cut = Answers
			.stream("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"null\"}]}");
		assertThat(cut.errorKind()).isEqualTo(ErrorKind.INTERRUPTED);
		AssistantMessage whole = Answers
			.stream("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"null\"}]}",
					Answers.finish("stop"))
			.message();
		assertThat(whole.finishReason().raw()).isEqualTo("stop");
	}

	@ParameterizedTest
	@ValueSource(strings = { "reasoning_content", "reasoning", "reasoning_text", "thinking" })
	@DisplayName("50: reasoning is read under every name it goes by")
	void reasoningHasManyNames(String name) {
		Answer answer = Answers.stream(Answers.delta("\"" + name + "\":\"h\""), Answers.delta("\"" + name + "\":\"m\""),
				Answers.text("yes"), Answers.finish("stop"));
		assertThat(answer.events(ReasoningDelta.class)).extracting(ReasoningDelta::text).containsExactly("h", "m");
		assertThat(answer.message().text()).isEqualTo("yes");
		assertThat(answer.message().reasoning()).isEqualTo("hm");
		assertThat(Answers.message("\"" + name + "\":\"hm\",\"content\":\"yes\"").message().reasoning())
			.isEqualTo("hm");
	}

	@Test
	@DisplayName("50: reasoning that is an object is kept as it came")
	void reasoningThatIsAnObjectIsKept() {
		AssistantMessage message = Answers.message("\"reasoning\":{\"steps\":[1]},\"content\":\"yes\"").message();
		assertThat(message.parts()).filteredOn(OpaquePart.class::isInstance)
			.singleElement()
			.satisfies((part) -> assertThat(((OpaquePart) part).vendorJson().json()).isEqualTo("{\"steps\":[1]}"));
		assertThat(message.text()).isEqualTo("yes");
	}

	@Test
	@DisplayName("51: a call without the object function, as some servers write it")
	void aCallWithItsFieldsBesideTheId() {
		Answer answer = Answers.stream(Answers.tool("\"index\":0,\"id\":\"a\",\"name\":\"look\",\"arguments\":\"{}\""),
				Answers.finish("tool_calls"));
		assertThat(answer.message().toolCalls()).singleElement()
			.satisfies((call) -> assertThat(call.name()).isEqualTo("look"));
		assertThat(answer.events(ToolCallStarted.class)).hasSize(1);
	}

	@Test
	@DisplayName("51: the call of a custom tool keeps its text and is not taken for valid JSON")
	void theCallOfACustomTool() {
		Answer answer = Answers.stream(Answers
			.tool("\"index\":0,\"id\":\"a\",\"type\":\"custom\",\"custom\":{\"name\":\"sql\",\"input\":\"SELECT\"}"),
				Answers.tool("\"index\":0,\"custom\":{\"input\":\" 1\"}"), Answers.finish("tool_calls"));
		ToolCall call = answer.message().toolCalls().get(0);
		assertThat(call.name()).isEqualTo("sql");
		assertThat(call.arguments().valid()).isFalse();
		assertThat(call.arguments().raw()).isEqualTo("SELECT 1");
	}

	@Test
	@DisplayName("51: a call of which only the vendor's own fields came is not lost")
	void aCallOfVendorFieldsOnly() {
		AssistantMessage message = Answers
			.stream(Answers.tool("\"index\":0,\"id\":\"a\",\"mcp\":{\"server\":\"s\"}"), Answers.finish("tool_calls"))
			.message();
		ToolCall call = message.toolCalls().get(0);
		assertThat(call.arguments().valid()).isFalse();
		assertThat(call.vendorJson().json()).isEqualTo("{\"mcp\":{\"server\":\"s\"}}");
	}

	@DisplayName("39: what a call cost is read where each router says it")
	@ParameterizedTest(name = "39: {0}")
	@CsvSource(delimiter = '|',
			value = { "\"cost\":0.00078 | 0.00078", "\"cost\":\"0.00078\" | 0.00078",
					"\"cost\":{\"total_cost\":0.006} | 0.006", "\"estimated_cost\":1.5e-6 | 0.0000015",
					"\"cost\":\"free\" | ", "\"cost\":null | " })
	void costIsRead(String field, BigDecimal cost) {
		String usage = "{\"prompt_tokens\":1,\"completion_tokens\":2," + field + "}";
		AssistantMessage message = Answers
			.json("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],\"usage\":"
					+ usage + "}")
			.message();
		if (cost == null) {
			assertThat(message.usage().cost()).isNull();
		}
		else {
			assertThat(message.usage().cost()).isEqualByComparingTo(cost);
		}
		assertThat(message.usage().raw()).isEqualTo(usage);
	}

	@Test
	@DisplayName("39: Vercel's gateway says the cost beside the message")
	void costOfVercelsGateway() {
		String metadata = "\"provider_metadata\":{\"gateway\":{\"routing\":{},\"cost\":\"0.0006\"}}";
		AssistantMessage message = Answers
			.stream(Answers.text("x"), Answers.delta(metadata), Answers.finish("stop"),
					"{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}")
			.message();
		assertThat(message.usage().cost()).isEqualByComparingTo("0.0006");
		assertThat(message.usage().inputTokens()).isEqualTo(1);
	}

	@Test
	@DisplayName("39: usage at Groq's own place is read, and stays among the vendor's fields")
	void usageOfGroq() {
		AssistantMessage message = Answers
			.stream(Answers.text("x"),
					"{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
							+ "\"x_groq\":{\"id\":\"req_1\",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}}")
			.message();
		assertThat(message.usage().totalTokens()).isEqualTo(7);
		assertThat(message.response().vendorFields()).containsKey("x_groq");
	}

	@Test
	@DisplayName("47: what Perplexity says about its sources is kept")
	void sourcesAreKept() {
		AssistantMessage message = Answers
			.json("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],"
					+ "\"citations\":[\"https://a\"],\"search_results\":[{\"url\":\"https://a\"}]}")
			.message();
		assertThat(message.response().vendorFields()).containsAllEntriesOf(
				Map.of("citations", "[\"https://a\"]", "search_results", "[{\"url\":\"https://a\"}]"));
	}

	@Test
	@DisplayName("50: Mistral's thinking in parts of the content is reasoning")
	void thinkingInParts() {
		Answer answer = Answers.stream(
				Answers
					.delta("\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]}]"),
				Answers.delta(
						"\"content\":[{\"type\":\"text\",\"text\":\"yes\"},{\"type\":\"reference\",\"reference_ids\":[1]}]"),
				Answers.finish("stop"));
		assertThat(answer.message().reasoning()).isEqualTo("hm");
		assertThat(answer.message().text()).isEqualTo("yes");
		assertThat(answer.message().parts())
			.anyMatch((part) -> part instanceof OpaquePart opaque && opaque.type().equals("reference"));
	}

}
