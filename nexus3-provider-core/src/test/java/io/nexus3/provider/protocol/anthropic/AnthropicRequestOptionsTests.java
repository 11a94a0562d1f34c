package io.nexus3.provider.protocol.anthropic;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Message;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.Reasoning.Level;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.ResponseFormat;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolChoice;
import io.nexus3.provider.ToolDefinition;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.protocol.Target;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static io.nexus3.provider.protocol.anthropic.AnthropicBody.answer;
import static io.nexus3.provider.protocol.anthropic.AnthropicBody.call;
import static io.nexus3.provider.protocol.anthropic.AnthropicBody.json;
import static io.nexus3.provider.protocol.anthropic.AnthropicBody.own;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How options are written, for each generation of models.
 */
class AnthropicRequestOptionsTests {

	private static final RequestOptions NONE = RequestOptions.defaults();

	private static final RequestOptions HIGH = NONE.withReasoning(Reasoning.effort(Level.HIGH));

	@Test
	void whatIsUnsetIsNotWritten() {
		assertThat(AnthropicBody.of("claude-sonnet-4-5", NONE)).isEqualTo(json(
				"{'model':'claude-sonnet-4-5'," + "'max_tokens':32000,'messages':[{'role':'user','content':'hi'}]}"));
	}

	@Test
	void theVersionOfTheFormatIsAHeader() {
		assertThat(new AnthropicProtocol()
			.encode(CompletionRequest.of("hi"), AnthropicBody.target("claude-sonnet-4-5"), true)
			.headers()).containsExactly(Map.entry("anthropic-version", "2023-06-01"));
	}

	@ParameterizedTest
	@CsvSource({ "claude-3-haiku-20240307, 4096", "claude-3-5-haiku-latest, 8192", "anthropic/claude-3.7-sonnet, 32000",
			"claude-opus-4-1-20250805, 32000", "claude-opus-9, 32000", "kimi-k2, 8192" })
	void thereIsAlwaysALimitOnTheAnswer(String model, int limit) {
		assertThat(AnthropicBody.of(model, NONE).get("max_tokens").intValue()).isEqualTo(limit);
		assertThat(AnthropicBody.of(model, NONE.withMaxOutputTokens(7)).get("max_tokens").intValue()).isEqualTo(7);
	}

	@Test
	@DisplayName("35: with caching the system is one marked block")
	void withCachingTheSystemIsOneMarkedBlock() {
		assertThat(system(AnthropicBody.caching(AnthropicBody.MODEL), true))
			.isEqualTo(json("[{'type':'text','text':'Be brief.','cache_control':{'type':'ephemeral'}}]"));
	}

	@Test
	@DisplayName("35: without caching the system is plain text")
	void withoutCachingTheSystemIsPlainText() {
		assertThat(system(AnthropicBody.target(AnthropicBody.MODEL), true)).isEqualTo(json("'Be brief.'"));
	}

	@Test
	@DisplayName("35: without system messages the field is absent")
	void withoutSystemMessagesTheFieldIsAbsent() {
		assertThat(system(AnthropicBody.target(AnthropicBody.MODEL), false)).isNull();
		assertThat(system(AnthropicBody.caching(AnthropicBody.MODEL), false)).isNull();
	}

	private static JsonNode system(Target target, boolean given) {
		List<? extends Message> messages = given ? List.of(SystemMessage.of("Be brief."), UserMessage.of("hi"))
				: List.of(UserMessage.of("hi"));
		return AnthropicBody.of(CompletionRequest.of(messages), target, false).get("system");
	}

	@ParameterizedTest
	@CsvSource({ "claude-3-7-sonnet-latest", "claude-opus-4-0", "claude-sonnet-4-5-20250929", "claude-haiku-4.5" })
	@DisplayName("38: older models get a thinking budget below the limit on the answer")
	void olderModelsGetABudgetBelowTheLimit(String model) {
		assertThat(AnthropicBody.of(model, HIGH).get("thinking"))
			.isEqualTo(json("{'type':'enabled','budget_tokens':16384}"));
		for (int limit : new int[] { 1025, 1200, 4000, 20000 }) {
			JsonNode body = AnthropicBody.of(model, HIGH.withMaxOutputTokens(limit));
			assertThat(body.get("max_tokens").intValue()).isEqualTo(limit);
			assertThat(body.at("/thinking/budget_tokens").intValue()).isGreaterThanOrEqualTo(1024).isLessThan(limit);
		}
		assertThat(AnthropicBody.of(model, HIGH.withMaxOutputTokens(1024)).has("thinking")).isFalse();
	}

	@Test
	@DisplayName("38: a budget makes room for itself, as far as the model goes")
	void aBudgetMakesRoomForItself() {
		JsonNode body = AnthropicBody.of("claude-sonnet-4-5", NONE.withReasoning(Reasoning.budget(40_000)));
		assertThat(body.get("max_tokens").intValue()).isEqualTo(50_000);
		assertThat(body.at("/thinking/budget_tokens").intValue()).isEqualTo(40_000);
		JsonNode most = AnthropicBody.of("claude-opus-4-1", NONE.withReasoning(Reasoning.budget(Integer.MAX_VALUE)));
		assertThat(most.get("max_tokens").intValue()).isEqualTo(32_000);
		assertThat(most.at("/thinking/budget_tokens").intValue()).isEqualTo(25_600);
		JsonNode least = AnthropicBody.of("claude-opus-4-1", NONE.withReasoning(Reasoning.budget(1)));
		assertThat(least.at("/thinking/budget_tokens").intValue()).isEqualTo(1024);
	}

	@ParameterizedTest
	@CsvSource({ "claude-opus-4-7, XHIGH, xhigh", "claude-opus-4-8, MAX, max", "claude-sonnet-5, MINIMAL, low",
			"claude-fable-5-1, MEDIUM, medium", "claude-opus-9, HIGH, high" })
	@DisplayName("38: newer models decide by themselves, guided by an effort")
	void newerModelsAreGuidedByAnEffort(String model, Level level, String effort) {
		JsonNode body = AnthropicBody.of(model, NONE.withReasoning(Reasoning.effort(level)));
		assertThat(body.get("thinking")).isEqualTo(json("{'type':'adaptive','display':'summarized'}"));
		assertThat(body.get("output_config")).isEqualTo(json("{'effort':'" + effort + "'}"));
	}

	@ParameterizedTest
	@CsvSource({ "XHIGH, high", "MAX, max", "MINIMAL, low" })
	@DisplayName("38: the first models of that kind know fewer efforts and show their thinking anyway")
	void theFirstModelsOfThatKindKnowFewerEfforts(Level level, String effort) {
		JsonNode body = AnthropicBody.of("claude-sonnet-4-6", NONE.withReasoning(Reasoning.effort(level)));
		assertThat(body.get("thinking")).isEqualTo(json("{'type':'adaptive'}"));
		assertThat(body.get("output_config")).isEqualTo(json("{'effort':'" + effort + "'}"));
	}

	@ParameterizedTest
	@CsvSource({ "claude-sonnet-4-5", "claude-opus-4-6", "claude-opus-4-7", "claude-3-5-haiku-latest" })
	@DisplayName("38: off writes nothing where nothing is the default")
	void offWritesNothing(String model) {
		assertThat(AnthropicBody.of(model, NONE.withReasoning(Reasoning.off())))
			.isEqualTo(AnthropicBody.of(model, NONE));
	}

	@Test
	@DisplayName("38: off is said to models that think by default, as far as they listen")
	void offIsSaidToModelsThatThinkByDefault() {
		JsonNode optional = AnthropicBody.of("claude-sonnet-5", NONE.withReasoning(Reasoning.off()));
		assertThat(optional.get("thinking")).isEqualTo(json("{'type':'disabled'}"));
		JsonNode always = AnthropicBody.of("claude-opus-5-5", NONE.withReasoning(Reasoning.off()));
		assertThat(always.has("thinking")).isFalse();
		assertThat(always.get("output_config")).isEqualTo(json("{'effort':'low'}"));
	}

	@Test
	void modelsThatCannotThinkAreNotAsked() {
		assertThat(AnthropicBody.of("claude-3-5-haiku-latest", HIGH).has("thinking")).isFalse();
	}

	@Test
	void aForcedToolWinsOverThinking() {
		RequestOptions forced = HIGH.withToolChoice(ToolChoice.required());
		CompletionRequest request = CompletionRequest.of("hi")
			.withTools(List.of(ToolDefinition.of("f", "", Map.of())))
			.withOptions(forced);
		assertThat(AnthropicBody.of(request, AnthropicBody.target("claude-sonnet-4-5"), false).has("thinking"))
			.isFalse();
		assertThat(AnthropicBody.of(request, AnthropicBody.target("claude-sonnet-5"), false).get("thinking"))
			.isEqualTo(json("{'type':'disabled'}"));
	}

	@Test
	void aRoundThatBeganWithoutThinkingGoesOnWithoutIt() {
		CompletionRequest foreign = CompletionRequest
			.of(List.of(UserMessage.of("u"), answer(call("t", "f", "{}")), ToolMessage.of("t", "r")))
			.withOptions(HIGH);
		assertThat(AnthropicBody.of(foreign, AnthropicBody.target("claude-sonnet-4-5"), false).has("thinking"))
			.isFalse();
		CompletionRequest own = foreign.withMessages(List.of(UserMessage.of("u"),
				answer(new ReasoningPart("", own("{\"type\":\"thinking\"}")), call("t", "f", "{}")),
				ToolMessage.of("t", "r"), answer(call("t2", "f", "{}")), ToolMessage.of("t2", "r")));
		assertThat(AnthropicBody.of(own, AnthropicBody.target("claude-sonnet-4-5"), false).has("thinking")).isTrue();
		CompletionRequest over = foreign.withMessages(List.of(UserMessage.of("u"), answer(call("t", "f", "{}")),
				ToolMessage.of("t", "r"), answer(new TextPart("done")), UserMessage.of("v")));
		assertThat(AnthropicBody.of(over, AnthropicBody.target("claude-sonnet-4-5"), false).has("thinking")).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "claude-3-5-haiku-latest, true, true", "claude-sonnet-4-5, true, false",
			"claude-opus-4-6, true, false", "claude-opus-4-7, false, false", "claude-sonnet-5, false, false",
			"kimi-k2, true, true" })
	void samplingIsWrittenAsFarAsTheModelTakesIt(String model, boolean temperature, boolean topP) {
		JsonNode body = AnthropicBody.of(model, NONE.withTemperature(0.3).withTopP(0.9).withSeed(1));
		assertThat(body.has("temperature")).isEqualTo(temperature);
		assertThat(body.has("top_p")).isEqualTo(topP);
		assertThat(body.has("seed")).isFalse();
	}

	@Test
	void thinkingTakesNoTemperature() {
		assertThat(AnthropicBody.of("claude-sonnet-4-5", HIGH.withTemperature(0.3)).has("temperature")).isFalse();
		assertThat(AnthropicBody.of("claude-sonnet-4-5", HIGH.withTopP(0.5)).has("top_p")).isFalse();
		assertThat(AnthropicBody.of("claude-sonnet-4-5", HIGH.withTopP(0.96)).get("top_p").doubleValue())
			.isEqualTo(0.96);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "auto | | {'type':'auto'}", "none | false | {'type':'none'}",
					"required | true | {'type':'any','disable_parallel_tool_use':false}",
					"f | false | {'type':'tool','name':'f','disable_parallel_tool_use':true}",
					" | false | {'type':'auto','disable_parallel_tool_use':true}" })
	void toolChoicesHaveTheirForm(String choice, Boolean parallel, String expected) {
		RequestOptions options = NONE;
		if (choice != null) {
			options = options.withToolChoice(switch (choice) {
				case "auto" -> ToolChoice.auto();
				case "none" -> ToolChoice.none();
				case "required" -> ToolChoice.required();
				default -> ToolChoice.named(choice);
			});
		}
		options = (parallel != null) ? options.withParallelToolCalls(parallel) : options;
		CompletionRequest request = CompletionRequest.of("hi")
			.withTools(List.of(ToolDefinition.of("f", "", Map.of())))
			.withOptions(options);
		Target target = AnthropicBody.target(AnthropicBody.MODEL);
		assertThat(AnthropicBody.of(request, target, false).get("tool_choice")).isEqualTo(json(expected));
		assertThat(AnthropicBody.of(request.withTools(List.of()), target, false).has("tool_choice")).isFalse();
	}

	@Test
	void jsonWithoutASchemaHasNoField() {
		assertThat(AnthropicBody.of(AnthropicBody.MODEL, NONE.withResponseFormat(ResponseFormat.json())))
			.isEqualTo(AnthropicBody.of(AnthropicBody.MODEL, NONE));
	}

	@Test
	void extraFieldsComeLastAndWin() {
		Map<String, Object> extra = new HashMap<>();
		extra.put("max_tokens", null);
		extra.put("thinking", Map.of("type", "adaptive"));
		extra.put("metadata", Map.of("user_id", "u1"));
		JsonNode body = AnthropicBody.of(AnthropicBody.MODEL, HIGH.withStop(List.of("END")).withExtraBody(extra));
		assertThat(body.has("max_tokens")).isFalse();
		assertThat(body.get("thinking")).isEqualTo(json("{'type':'adaptive'}"));
		assertThat(body.get("metadata")).isEqualTo(json("{'user_id':'u1'}"));
		assertThat(body.get("stop_sequences")).isEqualTo(json("['END']"));
	}

	@Test
	void atMostFourMarksAreSetHoweverLongTheConversation() {
		Message[] messages = new Message[41];
		Arrays.setAll(messages, (i) -> (i % 2 == 0) ? UserMessage.of("u" + i) : answer(new TextPart("a")));
		JsonNode body = AnthropicBody.of(CompletionRequest.of(List.of(messages)),
				AnthropicBody.caching(AnthropicBody.MODEL), false);
		assertThat(body.toString().split("cache_control", -1)).hasSizeBetween(2, 5);
		assertThat(body.at("/messages/38/content/0/cache_control")).isEqualTo(json("{'type':'ephemeral'}"));
	}

}
