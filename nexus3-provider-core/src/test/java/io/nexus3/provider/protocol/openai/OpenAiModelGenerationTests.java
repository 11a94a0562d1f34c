package io.nexus3.provider.protocol.openai;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.ToolDefinition;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.LeftOut;
import io.nexus3.provider.protocol.Target;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each generation of OpenAI's models is sent, as tables.
 */
class OpenAiModelGenerationTests {

	private static final RequestOptions NONE = RequestOptions.defaults();

	private static final RequestOptions SAMPLING = NONE.withTemperature(0.3).withTopP(0.8).withStop(List.of("END"));

	private static final ToolDefinition TOOL = ToolDefinition.of("look", "", Map.of());

	@ParameterizedTest(name = "{0}: {1}, sampling {2}, stop {3}, parallel calls {4}")
	@CsvSource(textBlock = """
			o1-mini,                    user,      false, true,  false
			o1-preview-2024-09-12,      user,      false, true,  false
			o1,                         developer, false, true,  false
			o1-2024-12-17,              developer, false, true,  false
			o3-mini,                    developer, false, true,  false
			o3,                         developer, false, false, false
			o4-mini-2025-04-16,         developer, false, false, false
			o5-mini,                    developer, false, false, false
			gpt-5,                      developer, false, false, true
			gpt-5-nano-2025-08-07,      developer, false, false, true
			gpt-5-chat-latest,          system,    true,  true,  true
			gpt-5-search-api,           system,    false, true,  true
			gpt-4o-search-preview,      system,    false, true,  true
			gpt-5.1,                    developer, true,  true,  true
			gpt-5.1-chat-latest,        developer, false, false, true
			gpt-5.2-2025-12-11,         developer, true,  true,  true
			gpt-5.4-mini,               developer, true,  true,  true
			gpt-5.5,                    developer, false, false, true
			gpt-5.6-luna,               developer, false, false, true
			gpt-7,                      developer, false, false, true
			gpt-4o,                     system,    true,  true,  true
			gpt-4.1-mini,               system,    true,  true,  true
			gpt-4-turbo,                system,    true,  true,  true
			gpt-35-turbo,               system,    true,  true,  true
			chatgpt-4o-latest,          system,    true,  true,  true
			ft:gpt-4o-2024-08-06:acme,  system,    true,  true,  true
			openai/o3,                  developer, false, false, false
			prod-gpt-5,                 developer, false, false, true
			gpt-oss-120b,               system,    true,  true,  true
			marco-o1,                   system,    true,  true,  true
			my-deployment,              system,    true,  true,  true
			""")
	void eachGenerationIsSentWhatItTakes(String model, String role, boolean sampling, boolean stop, boolean parallel) {
		JsonNode body = body(OpenAiDialect.OPENAI, model, SAMPLING.withMaxOutputTokens(9));
		assertThat(body.get("messages").get(0).get("role").asString()).isEqualTo(role);
		assertThat(body.get("max_completion_tokens").intValue()).isEqualTo(9);
		assertThat(body.has("temperature")).isEqualTo(sampling);
		assertThat(body.has("top_p")).isEqualTo(sampling);
		assertThat(body.has("stop")).isEqualTo(stop);
		JsonNode calls = body(OpenAiDialect.OPENAI, model, NONE.withParallelToolCalls(false), TOOL);
		assertThat(calls.has("parallel_tool_calls")).isEqualTo(parallel);
	}

	@DisplayName("38: the reasoning setting, for each generation")
	@ParameterizedTest(
			name = "38: {0} gets off as {1}, minimal as {2}, low as {3}, high as {4}, xhigh as {5}, max as {6}")
	@CsvSource(textBlock = """
			o1-mini,             -,       -,       -,      -,      -,      -
			o1,                  low,     low,     low,    high,   high,   high
			o3-mini,             low,     low,     low,    high,   high,   high
			o4-mini,             low,     low,     low,    high,   high,   high
			gpt-5,               minimal, minimal, low,    high,   high,   high
			gpt-5-mini,          minimal, minimal, low,    high,   high,   high
			gpt-5-chat-latest,   -,       -,       -,      -,      -,      -
			gpt-5.1,             none,    low,     low,    high,   high,   high
			gpt-5.1-chat-latest, medium,  medium,  medium, medium, medium, medium
			gpt-5.2,             none,    low,     low,    high,   xhigh,  xhigh
			gpt-5.4,             none,    low,     low,    high,   xhigh,  xhigh
			gpt-5.5,             none,    low,     low,    high,   xhigh,  xhigh
			gpt-5.6,             none,    low,     low,    high,   xhigh,  max
			gpt-4o,              -,       -,       -,      -,      -,      -
			gpt-oss-120b,        none,    minimal, low,    high,   xhigh,  xhigh
			""")
	void effortByGeneration(String model, String off, String minimal, String low, String high, String xhigh,
			String max) {
		assertThat(List.of(effort(model, Reasoning.off()), effort(model, Reasoning.Level.MINIMAL),
				effort(model, Reasoning.Level.LOW), effort(model, Reasoning.Level.HIGH),
				effort(model, Reasoning.Level.XHIGH), effort(model, Reasoning.Level.MAX)))
			.containsExactly(off, minimal, low, high, xhigh, max);
	}

	@DisplayName("38: a budget becomes an effort that the generation knows")
	@ParameterizedTest(name = "38: {0} gets {1} tokens as {2}")
	@CsvSource({ "o3, 500, low", "o3, 100000, high", "gpt-5, 500, minimal", "gpt-5.1, 500, low",
			"gpt-5.1, 8000, medium", "gpt-5.2, 100000, xhigh", "gpt-4o, 8000, -" })
	void aBudgetBecomesAnEffort(String model, int tokens, String effort) {
		assertThat(effort(model, Reasoning.budget(tokens))).isEqualTo(effort);
	}

	@DisplayName("38: where tools and an effort exclude each other, the tools win")
	@ParameterizedTest(name = "{0} with tools: unset {1}, high {2}")
	@CsvSource({ "gpt-5, -, high", "gpt-5.1, -, high", "gpt-5.2, -, high", "gpt-5.4, -, -", "gpt-5.5, none, none",
			"gpt-5.6-terra, none, none", "gpt-6, none, none", "o3, -, high", "gpt-4o, -, -" })
	void effortBesideTools(String model, String unset, String high) {
		assertThat(effort(body(OpenAiDialect.OPENAI, model, NONE, TOOL))).isEqualTo(unset);
		assertThat(effort(
				body(OpenAiDialect.OPENAI, model, NONE.withReasoning(Reasoning.effort(Reasoning.Level.HIGH)), TOOL)))
			.isEqualTo(high);
	}

	@ParameterizedTest(name = "{0} with reasoning {1} takes a temperature: {2}")
	@CsvSource({ "gpt-5.1, , true", "gpt-5.1, OFF, true", "gpt-5.1, HIGH, false", "gpt-5.5, , false",
			"gpt-5.5, OFF, true", "gpt-5.6, OFF, true", "gpt-5.6, LOW, false", "gpt-5, OFF, false",
			"gpt-5-chat, HIGH, true", "gpt-4o, HIGH, true" })
	void samplingIsTakenWhileTheModelDoesNotReason(String model, String reasoning, boolean taken) {
		RequestOptions options = SAMPLING;
		if (reasoning != null) {
			options = SAMPLING.withReasoning(
					reasoning.equals("OFF") ? Reasoning.off() : Reasoning.effort(Reasoning.Level.valueOf(reasoning)));
		}
		JsonNode body = body(OpenAiDialect.OPENAI, model, options);
		assertThat(body.has("temperature")).isEqualTo(taken);
		assertThat(body.has("stop")).isEqualTo(taken);
	}

	@Test
	void anEffortInTheExtraBodyCountsForSampling() {
		RequestOptions off = SAMPLING.withExtraBody(Map.of("reasoning_effort", "none"));
		assertThat(body(OpenAiDialect.OPENAI, "gpt-5.5", off).has("temperature")).isTrue();
		RequestOptions high = SAMPLING.withExtraBody(Map.of("reasoning_effort", "high"));
		assertThat(body(OpenAiDialect.OPENAI, "gpt-5.1", high).has("temperature")).isFalse();
	}

	@Test
	void anExtraBodyFieldIsSentWhateverTheGeneration() {
		RequestOptions own = SAMPLING.withReasoning(Reasoning.effort(Reasoning.Level.LOW))
			.withExtraBody(Map.of("temperature", 0.1, "stop", List.of("X"), "reasoning_effort", "turbo",
					"parallel_tool_calls", true, "max_tokens", 5));
		JsonNode body = body(OpenAiDialect.OPENAI, "o3", own, TOOL);
		assertThat(body.get("temperature").doubleValue()).isEqualTo(0.1);
		assertThat(body.get("stop")).isEqualTo(EncodedBody.json("['X']"));
		assertThat(body.get("reasoning_effort").asString()).isEqualTo("turbo");
		assertThat(body.get("parallel_tool_calls").booleanValue()).isTrue();
		assertThat(body.get("max_tokens").intValue()).isEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "openrouter", "ollama", "vllm", "openai-compatible", "azure-legacy" })
	void otherServersDecideThemselves(String name) {
		OpenAiDialect dialect = List
			.of(OpenAiDialect.OPENROUTER, OpenAiDialect.OLLAMA, OpenAiDialect.VLLM, OpenAiDialect.COMPATIBLE,
					OpenAiDialect.AZURE_LEGACY)
			.stream()
			.filter((candidate) -> candidate.name().equals(name))
			.findFirst()
			.orElseThrow();
		JsonNode body = body(dialect, "openai/gpt-5", SAMPLING.withMaxOutputTokens(9));
		assertThat(body.get("messages").get(0).get("role").asString()).isEqualTo("system");
		assertThat(body.has("temperature")).isTrue();
		assertThat(body.has("max_tokens")).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "team-a, o3-mini, developer", "o3-mini, team-a, developer", "gpt-4o, team-a, system",
			"gpt-4o, o3, developer", "team-a, team-b, system" })
	void aDeploymentIsTakenForTheModelThatItIsKnownAs(String deployment, String knownAs, String role) {
		Target target = new Target("azure", deployment, NONE, false, Limits.defaults(), knownAs, false);
		for (OpenAiDialect dialect : List.of(OpenAiDialect.AZURE, OpenAiDialect.AZURE_V1)) {
			JsonNode body = EncodedBody.of(dialect, request(NONE), target, false);
			assertThat(body.get("messages").get(0).get("role").asString()).isEqualTo(role);
		}
	}

	@Test
	void aServerOfOldFieldsGetsTheNewOneWhereItIsNeeded() {
		OpenAiDialect dialect = OpenAiDialect.COMPATIBLE
			.withBody(new OpenAiDialect.Body(true, "max_tokens", OpenAiDialect.Body.ALL, true));
		RequestOptions limited = NONE.withMaxOutputTokens(5);
		assertThat(body(dialect, "gpt-5", limited).has("max_completion_tokens")).isTrue();
		assertThat(body(dialect, "gpt-4o", limited).has("max_tokens")).isTrue();
	}

	@Test
	void whatIsLeftOutIsWarnedOfOnceByName() {
		Logger logger = (Logger) LoggerFactory.getLogger(LeftOut.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		try {
			for (int i = 0; i < 2; i++) {
				body(OpenAiDialect.OPENAI, "o3-warned-once",
						SAMPLING.withReasoning(Reasoning.off()).withParallelToolCalls(true), TOOL);
			}
			body(OpenAiDialect.OPENAI, "gpt-4o-not-warned", SAMPLING);
		}
		finally {
			logger.detachAppender(log);
		}
		List<String> warnings = log.list.stream()
			.filter((event) -> event.getLevel().isGreaterOrEqual(Level.WARN))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
		assertThat(warnings).hasSize(1);
		assertThat(warnings.get(0)).contains("o3-warned-once", "'p'",
				"[parallel_tool_calls, reasoning_effort, temperature, top_p, stop]");
	}

	private static CompletionRequest request(RequestOptions options, ToolDefinition... tools) {
		return CompletionRequest.of(List.of(SystemMessage.of("Be brief."), UserMessage.of("hi")))
			.withTools(List.of(tools))
			.withOptions(options);
	}

	private static JsonNode body(OpenAiDialect dialect, String model, RequestOptions options, ToolDefinition... tools) {
		return EncodedBody.of(dialect, request(options, tools), EncodedBody.target("p", model), false);
	}

	private static String effort(String model, Reasoning.Level level) {
		return effort(model, Reasoning.effort(level));
	}

	private static String effort(String model, Reasoning reasoning) {
		return effort(body(OpenAiDialect.OPENAI, model, NONE.withReasoning(reasoning)));
	}

	private static String effort(JsonNode body) {
		return body.path("reasoning_effort").asString("-");
	}

}
