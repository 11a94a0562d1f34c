package io.nexus3.provider.protocol.anthropic;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nexus3.provider.Reasoning;
import io.nexus3.provider.RequestOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static io.nexus3.provider.protocol.anthropic.AnthropicBody.json;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one reasoning setting for each generation of Anthropic's models.
 */
class AnthropicReasoningTests {

	private static final RequestOptions NONE = RequestOptions.defaults();

	@DisplayName("38: the reasoning setting, for each generation")
	@ParameterizedTest(name = "38: {0} gets {1} as {2}")
	@CsvSource(delimiter = '|',
			textBlock = """
					claude-3-5-sonnet-latest | unset   | {}
					claude-3-5-sonnet-latest | off     | {}
					claude-3-5-sonnet-latest | high    | {}
					claude-3-5-sonnet-latest | 5000    | {}
					claude-3-7-sonnet-latest | off     | {}
					claude-3-7-sonnet-latest | minimal | {'thinking': {'type': 'enabled', 'budget_tokens': 1024}}
					claude-3-7-sonnet-latest | low     | {'thinking': {'type': 'enabled', 'budget_tokens': 2048}}
					claude-sonnet-4-5        | unset   | {}
					claude-sonnet-4-5        | off     | {}
					claude-sonnet-4-5        | medium  | {'thinking': {'type': 'enabled', 'budget_tokens': 8192}}
					claude-sonnet-4-5        | high    | {'thinking': {'type': 'enabled', 'budget_tokens': 16384}}
					claude-sonnet-4-5        | xhigh   | {'thinking': {'type': 'enabled', 'budget_tokens': 32768}}
					claude-sonnet-4-5        | max     | {'thinking': {'type': 'enabled', 'budget_tokens': 49152}}
					claude-sonnet-4-5        | 500     | {'thinking': {'type': 'enabled', 'budget_tokens': 1024}}
					claude-sonnet-4-5        | 5000    | {'thinking': {'type': 'enabled', 'budget_tokens': 5000}}
					claude-opus-4-1          | max     | {'thinking': {'type': 'enabled', 'budget_tokens': 25600}}
					claude-opus-4-6          | unset   | {}
					claude-opus-4-6          | off     | {}
					claude-opus-4-6          | low     | {'thinking': {'type': 'adaptive'}, 'output_config': {'effort': 'low'}}
					claude-opus-4-6          | xhigh   | {'thinking': {'type': 'adaptive'}, 'output_config': {'effort': 'high'}}
					claude-opus-4-6          | max     | {'thinking': {'type': 'adaptive'}, 'output_config': {'effort': 'max'}}
					claude-opus-4-6          | 5000    | {'thinking': {'type': 'adaptive'}, 'output_config': {'effort': 'medium'}}
					claude-opus-4-7          | off     | {}
					claude-opus-4-7          | minimal | {'thinking': {'type': 'adaptive', 'display': 'summarized'}, 'output_config': {'effort': 'low'}}
					claude-opus-4-7          | xhigh   | {'thinking': {'type': 'adaptive', 'display': 'summarized'}, 'output_config': {'effort': 'xhigh'}}
					claude-sonnet-5          | unset   | {}
					claude-sonnet-5          | off     | {'thinking': {'type': 'disabled'}}
					claude-sonnet-5          | 40000   | {'thinking': {'type': 'adaptive', 'display': 'summarized'}, 'output_config': {'effort': 'xhigh'}}
					claude-opus-5-5          | unset   | {}
					claude-opus-5-5          | off     | {'output_config': {'effort': 'low'}}
					claude-opus-5-5          | max     | {'thinking': {'type': 'adaptive', 'display': 'summarized'}, 'output_config': {'effort': 'max'}}
					kimi-k2                  | off     | {}
					kimi-k2                  | low     | {'thinking': {'type': 'enabled', 'budget_tokens': 2048}}
					""")
	void reasoningByGeneration(String model, String setting, String fields) {
		RequestOptions options = setting.equals("unset") ? NONE : NONE.withReasoning(reasoning(setting));
		JsonNode body = AnthropicBody.of(model, options);
		int limit = body.get("max_tokens").intValue();
		((ObjectNode) body).remove(List.of("model", "messages", "max_tokens"));
		assertThat(body).isEqualTo(json(fields));
		assertThat(body.path("thinking").path("budget_tokens").intValue(0)).isLessThan(limit);
	}

	@DisplayName("38: a temperature is left out beside thinking that extra fields turn on")
	@ParameterizedTest(name = "38: {0} leaves a temperature: {1}")
	@CsvSource({ "enabled, false", "adaptive, false", "disabled, true" })
	void samplingHeedsThinkingInExtraFields(String type, boolean taken) {
		RequestOptions options = NONE.withTemperature(0.5)
			.withExtraBody(Map.of("thinking", Map.of("type", type, "budget_tokens", 2000)));
		assertThat(AnthropicBody.of("claude-sonnet-4-5", options).has("temperature")).isEqualTo(taken);
	}

	@Test
	@DisplayName("38: extra fields that turn thinking off leave the temperature of a setting that turns it on")
	void extraFieldsDecideAboutThinking() {
		RequestOptions options = NONE.withTemperature(0.5)
			.withReasoning(Reasoning.effort(Reasoning.Level.HIGH))
			.withExtraBody(Map.of("thinking", Map.of("type", "disabled")));
		assertThat(AnthropicBody.of("claude-sonnet-4-5", options).has("temperature")).isTrue();
	}

	private static Reasoning reasoning(String setting) {
		if (setting.equals("off")) {
			return Reasoning.off();
		}
		return Stream.of(Reasoning.Level.values())
			.filter((level) -> level.wireName().equals(setting))
			.findFirst()
			.map(Reasoning::effort)
			.orElseGet(() -> Reasoning.budget(Integer.parseInt(setting)));
	}

}
