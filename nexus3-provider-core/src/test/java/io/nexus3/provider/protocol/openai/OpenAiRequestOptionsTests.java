package io.nexus3.provider.protocol.openai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.Reasoning.Level;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.ResponseFormat;
import io.nexus3.provider.ToolChoice;
import io.nexus3.provider.ToolDefinition;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.wire.WireRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the fields that {@link OpenAiRequestEncoder} writes beside the messages.
 */
class OpenAiRequestOptionsTests {

	private static final RequestOptions NONE = RequestOptions.defaults();

	private static final ToolDefinition TOOL = ToolDefinition.of("look", "", Map.of());

	@Test
	@DisplayName("38: reasoning on: OpenRouter takes an object, OpenAI an effort")
	void reasoningOn() {
		RequestOptions high = NONE.withReasoning(Reasoning.effort(Level.HIGH));
		assertThat(EncodedBody.of(OpenAiDialect.OPENROUTER, high).get("reasoning"))
			.isEqualTo(EncodedBody.json("{'effort': 'high'}"));
		assertThat(EncodedBody.of(OpenAiDialect.OPENAI, high).get("reasoning_effort").asString()).isEqualTo("high");
	}

	@Test
	@DisplayName("38: reasoning unset: nothing")
	void reasoningUnset() {
		assertThat(EncodedBody.of(OpenAiDialect.OPENROUTER, NONE).propertyNames()).containsExactly("model", "messages");
		assertThat(EncodedBody.of(OpenAiDialect.OPENAI, NONE).propertyNames()).containsExactly("model", "messages");
	}

	@Test
	@DisplayName("38: reasoning turned off by the caller is said to the vendor")
	void reasoningOff() {
		RequestOptions off = NONE.withReasoning(Reasoning.off());
		assertThat(EncodedBody.of(OpenAiDialect.OPENROUTER, off).get("reasoning"))
			.isEqualTo(EncodedBody.json("{'enabled': false}"));
		assertThat(EncodedBody.of(OpenAiDialect.OLLAMA, off).get("reasoning_effort").asString()).isEqualTo("none");
	}

	@Test
	void openRouterTakesABudget() {
		assertThat(
				EncodedBody.of(OpenAiDialect.OPENROUTER, NONE.withReasoning(Reasoning.budget(2000))).get("reasoning"))
			.isEqualTo(EncodedBody.json("{'max_tokens': 2000}"));
	}

	@ParameterizedTest
	@CsvSource({ "1,minimal", "1023,minimal", "1024,low", "4095,low", "4096,medium", "16383,medium", "16384,high",
			"32767,high", "32768,xhigh", "200000,xhigh" })
	void aBudgetBecomesAnEffortElsewhere(int tokens, String effort) {
		assertThat(effort(OpenAiDialect.OPENAI, Reasoning.budget(tokens))).isEqualTo(effort);
	}

	@ParameterizedTest
	@CsvSource({ "MINIMAL,minimal,low", "LOW,low,low", "MEDIUM,medium,medium", "HIGH,high,high", "XHIGH,xhigh,high",
			"MAX,xhigh,high" })
	void anUnknownEffortBecomesTheNearest(Level level, String openAi, String vllm) {
		assertThat(effort(OpenAiDialect.OPENAI, Reasoning.effort(level))).isEqualTo(openAi);
		assertThat(effort(OpenAiDialect.VLLM, Reasoning.effort(level))).isEqualTo(vllm);
	}

	@Test
	void aServerWithoutTheSettingGetsNone() {
		assertThat(EncodedBody.of(OpenAiDialect.AZURE_LEGACY, NONE.withReasoning(Reasoning.effort(Level.HIGH)))
			.propertyNames()).containsExactly("messages");
	}

	@Test
	void samplingIsWrittenAsSet() {
		RequestOptions options = NONE.withMaxOutputTokens(100)
			.withTemperature(0.2)
			.withTopP(0.9)
			.withStop(List.of("END", "###"))
			.withSeed(42);
		assertThat(EncodedBody.of(OpenAiDialect.COMPATIBLE, options)).isEqualTo(EncodedBody.json("""
				{'model': 'm', 'messages': [{'role': 'user', 'content': 'hi'}], 'max_tokens': 100,
				 'temperature': 0.2, 'top_p': 0.9, 'stop': ['END', '###'], 'seed': 42}"""));
	}

	@Test
	void eachSamplingFieldComesAlone() {
		assertThat(written(NONE.withMaxOutputTokens(1))).containsExactly("max_tokens");
		assertThat(written(NONE.withTemperature(0))).containsExactly("temperature");
		assertThat(written(NONE.withTopP(1))).containsExactly("top_p");
		assertThat(written(NONE.withStop(List.of("x")))).containsExactly("stop");
		assertThat(written(NONE.withStop(List.of()))).isEmpty();
		assertThat(written(NONE.withSeed(0))).containsExactly("seed");
	}

	@Test
	void numbersThatJsonDoesNotKnowAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> written(NONE.withTemperature(Double.NaN)))
			.withMessageContaining("NaN");
	}

	@Test
	void theRequestsOptionsWinOverTheTargets() {
		Target target = new Target("p", "m",
				NONE.withTemperature(1.5).withSeed(7).withExtraBody(Map.of("a", 1, "b", 1)), false, Limits.defaults());
		CompletionRequest request = CompletionRequest.of("hi")
			.withOptions(NONE.withTemperature(0.5).withExtraBody(Map.of("b", 2)));
		assertThat(EncodedBody.of(OpenAiDialect.COMPATIBLE, request, target, false)).isEqualTo(EncodedBody.json("""
				{'model': 'm', 'messages': [{'role': 'user', 'content': 'hi'}],
				 'temperature': 0.5, 'seed': 7, 'a': 1, 'b': 2}"""));
	}

	@Test
	void extraFieldsReplaceWhatTheLibraryWrites() {
		RequestOptions options = NONE.withTemperature(0.5)
			.withReasoning(Reasoning.budget(100))
			.withExtraBody(Map.of("temperature", 0.1, "reasoning", Map.of("exclude", true), "model", "other"));
		assertThat(EncodedBody.of(OpenAiDialect.OPENROUTER, options)).isEqualTo(EncodedBody.json("""
				{'messages': [{'role': 'user', 'content': 'hi'}], 'temperature': 0.1,
				 'reasoning': {'exclude': true}, 'model': 'other'}"""));
	}

	@Test
	void anExtraFieldThatIsNullKeepsTheLibrarysOut() {
		Map<String, Object> extra = new HashMap<>();
		extra.put("stream_options", null);
		extra.put("unknown", null);
		CompletionRequest request = CompletionRequest.of("hi").withOptions(NONE.withExtraBody(extra));
		assertThat(EncodedBody.of(OpenAiDialect.OPENAI, request, EncodedBody.target("p", "m"), true).propertyNames())
			.containsExactly("model", "messages", "stream");
	}

	@Test
	void extraFieldsTakeWhatJsonKnows() {
		Map<String, Object> nested = new HashMap<>();
		nested.put("none", null);
		nested.put("list", List.of(1, 2.5, true, "x"));
		nested.put("array", new int[] { 1, 2 });
		assertThat(EncodedBody.of(OpenAiDialect.OPENAI, NONE.withExtraBody(Map.of("nested", nested))).get("nested"))
			.isEqualTo(EncodedBody.json("{'none': null, 'list': [1, 2.5, true, 'x'], 'array': [1, 2]}"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EncodedBody.of(OpenAiDialect.OPENAI, NONE.withExtraBody(Map.of("x", new Object()))))
			.withMessageContaining("java.lang.Object");
	}

	@Test
	void anExtraFieldThatContainsItselfIsRefused() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		list.add(list);
		RequestOptions options = NONE.withExtraBody(Map.of("loop", list));
		assertThatIllegalArgumentException().isThrownBy(() -> EncodedBody.of(OpenAiDialect.OPENAI, options))
			.withMessageContaining("cannot be written");
	}

	@Test
	void aStreamAsksForUsageWhereTheServerKnowsIt() {
		assertThat(stream(OpenAiDialect.COMPATIBLE)).isEqualTo(EncodedBody.json("""
				{'model': 'm', 'messages': [{'role': 'user', 'content': 'hi'}], 'stream': true,
				 'stream_options': {'include_usage': true}}"""));
		assertThat(stream(OpenAiDialect.AZURE_LEGACY))
			.isEqualTo(EncodedBody.json("{'messages': [{'role': 'user', 'content': 'hi'}], 'stream': true}"));
	}

	@Test
	void theWireRequestSaysWhetherItStreamsAndHasNoHeaders() {
		WireRequest request = new OpenAiRequestEncoder(OpenAiDialect.OPENAI).encode(CompletionRequest.of("hi"),
				EncodedBody.target("p", "m"), true);
		assertThat(request.stream()).isTrue();
		assertThat(request.headers()).isEmpty();
	}

	@Test
	void toolsAreWrittenWithANormalisedSchema() {
		ToolDefinition strict = new ToolDefinition("find", "Finds", Map.of("type", "object"), true);
		assertThat(EncodedBody.of(OpenAiDialect.OPENAI, CompletionRequest.of("hi").withTools(List.of(TOOL, strict)))
			.get("tools")).isEqualTo(EncodedBody.json("""
					[{'type': 'function', 'function': {'name': 'look',
					   'parameters': {'type': 'object', 'properties': {}}}},
					 {'type': 'function', 'function': {'name': 'find', 'description': 'Finds',
					   'parameters': {'type': 'object', 'properties': {}}, 'strict': true}}]"""));
	}

	@Test
	void strictIsLeftOutWhereTheServerDoesNotKnowIt() {
		CompletionRequest request = CompletionRequest.of("hi")
			.withTools(List.of(new ToolDefinition("find", "", Map.of(), true)))
			.withOptions(NONE.withParallelToolCalls(false)
				.withToolChoice(ToolChoice.auto())
				.withResponseFormat(ResponseFormat.jsonSchema("s", Map.of())));
		JsonNode body = EncodedBody.of(OpenAiDialect.OLLAMA, request);
		assertThat(body.propertyNames()).containsExactly("model", "messages", "tools", "tool_choice",
				"response_format");
		assertThat(body.get("tools").get(0).get("function").propertyNames()).containsExactly("name", "parameters");
		assertThat(body.get("response_format").get("json_schema").propertyNames()).containsExactly("name", "schema");
	}

	@Test
	void toolChoicesAreWritten() {
		assertThat(toolChoice(ToolChoice.auto())).isEqualTo(EncodedBody.json("'auto'"));
		assertThat(toolChoice(ToolChoice.none())).isEqualTo(EncodedBody.json("'none'"));
		assertThat(toolChoice(ToolChoice.required())).isEqualTo(EncodedBody.json("'required'"));
		assertThat(toolChoice(ToolChoice.named("look")))
			.isEqualTo(EncodedBody.json("{'type': 'function', 'function': {'name': 'look'}}"));
	}

	@Test
	void withoutToolsNothingAboutThemIsWritten() {
		assertThat(written(NONE.withToolChoice(ToolChoice.auto()).withParallelToolCalls(true))).isEmpty();
	}

	@Test
	void plainFormatsAreWritten() {
		assertThat(EncodedBody.of(OpenAiDialect.OPENAI, NONE.withResponseFormat(ResponseFormat.json()))
			.get("response_format")).isEqualTo(EncodedBody.json("{'type': 'json_object'}"));
		assertThat(EncodedBody.of(OpenAiDialect.OPENAI, NONE.withResponseFormat(ResponseFormat.text()))
			.get("response_format")).isEqualTo(EncodedBody.json("{'type': 'text'}"));
	}

	@Test
	void textOfAnyKindSurvives() {
		String text = "\"\\\u0000\u0007\n\u2028 é 漢 😀";
		assertThat(EncodedBody.of(OpenAiDialect.OPENAI, CompletionRequest.of(text))
			.get("messages")
			.get(0)
			.get("content")
			.asString()).isEqualTo(text);
	}

	@Test
	void aDialectCanBeVaried() {
		OpenAiDialect own = OpenAiDialect.COMPATIBLE.withName("own")
			.withBody(new OpenAiDialect.Body(false, "max_new_tokens", OpenAiDialect.Body.ALL))
			.withReasoning(ReasoningForm.NONE)
			.withReplay(OpenAiDialect.Replay.NOTHING)
			.withContent(OpenAiDialect.Content.PLAIN);
		assertThat(EncodedBody.of(own, NONE.withMaxOutputTokens(5)).propertyNames()).containsExactly("messages",
				"max_new_tokens");
	}

	private static List<String> written(RequestOptions options) {
		return EncodedBody.of(OpenAiDialect.COMPATIBLE, options)
			.propertyNames()
			.stream()
			.filter((name) -> !List.of("model", "messages").contains(name))
			.toList();
	}

	private static String effort(OpenAiDialect dialect, Reasoning reasoning) {
		return EncodedBody.of(dialect, NONE.withReasoning(reasoning)).get("reasoning_effort").asString();
	}

	private static JsonNode stream(OpenAiDialect dialect) {
		return EncodedBody.of(dialect, CompletionRequest.of("hi"), EncodedBody.target("p", "m"), true);
	}

	private static JsonNode toolChoice(ToolChoice choice) {
		return EncodedBody
			.of(OpenAiDialect.OPENAI,
					CompletionRequest.of("hi").withTools(List.of(TOOL)).withOptions(NONE.withToolChoice(choice)))
			.get("tool_choice");
	}

}
