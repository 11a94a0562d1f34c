package io.nexus3.provider.protocol.openai;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.ResponseInfo;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.UserMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one reasoning setting in each dialect, for models that only the server knows.
 */
class OpenAiReasoningFormTests {

	private static final List<OpenAiDialect> DIALECTS = List.of(OpenAiDialect.OPENAI, OpenAiDialect.OPENROUTER,
			OpenAiDialect.AZURE, OpenAiDialect.AZURE_LEGACY, OpenAiDialect.AZURE_V1, OpenAiDialect.OLLAMA,
			OpenAiDialect.VLLM, OpenAiDialect.GROQ, OpenAiDialect.DEEPSEEK, OpenAiDialect.COMPATIBLE);

	@DisplayName("38: the reasoning setting, for each dialect")
	@ParameterizedTest(name = "38: {0} gets {1} as {2}")
	@CsvSource(delimiter = '|', textBlock = """
			openai            | off     | {'reasoning_effort': 'none'}
			openai            | minimal | {'reasoning_effort': 'minimal'}
			openai            | max     | {'reasoning_effort': 'xhigh'}
			openai            | 5000    | {'reasoning_effort': 'medium'}
			azure             | off     | {'reasoning_effort': 'none'}
			azure             | high    | {'reasoning_effort': 'high'}
			azure-v1          | xhigh   | {'reasoning_effort': 'xhigh'}
			azure-legacy      | off     | {}
			azure-legacy      | high    | {}
			azure-legacy      | 5000    | {}
			openrouter        | off     | {'reasoning': {'enabled': false}}
			openrouter        | minimal | {'reasoning': {'effort': 'minimal'}}
			openrouter        | low     | {'reasoning': {'effort': 'low'}}
			openrouter        | xhigh   | {'reasoning': {'effort': 'xhigh'}}
			openrouter        | max     | {'reasoning': {'effort': 'max'}}
			openrouter        | 5000    | {'reasoning': {'max_tokens': 5000}}
			ollama            | off     | {'reasoning_effort': 'none'}
			ollama            | minimal | {'reasoning_effort': 'low'}
			ollama            | max     | {'reasoning_effort': 'high'}
			ollama            | 5000    | {'reasoning_effort': 'medium'}
			vllm              | off     | {'reasoning_effort': 'none'}
			vllm              | high    | {'reasoning_effort': 'high'}
			vllm              | 500     | {'reasoning_effort': 'low'}
			groq              | off     | {'reasoning_effort': 'none'}
			groq              | medium  | {'reasoning_effort': 'medium'}
			groq              | xhigh   | {'reasoning_effort': 'high'}
			deepseek          | off     | {'thinking': {'type': 'disabled'}}
			deepseek          | medium  | {'reasoning_effort': 'medium'}
			deepseek          | max     | {'reasoning_effort': 'max'}
			deepseek          | 5000    | {'reasoning_effort': 'medium'}
			openai-compatible | off     | {'reasoning_effort': 'none'}
			openai-compatible | xhigh   | {'reasoning_effort': 'high'}
			openai-compatible | 40000   | {'reasoning_effort': 'high'}
			""")
	void reasoningByDialect(String dialect, String setting, String fields) {
		RequestOptions options = RequestOptions.defaults().withReasoning(reasoning(setting));
		assertThat(fields(named(dialect), options)).isEqualTo(EncodedBody.json(fields));
		assertThat(fields(named(dialect), RequestOptions.defaults())).isEqualTo(EncodedBody.json("{}"));
	}

	@DisplayName("38: an extra body field takes the place of the setting")
	@ParameterizedTest(name = "38: {0}: {1}")
	@CsvSource({ "openai, reasoning_effort", "openrouter, reasoning", "deepseek, thinking", "vllm, reasoning_effort" })
	void anExtraBodyFieldWins(String dialect, String field) {
		RequestOptions options = RequestOptions.defaults()
			.withReasoning(Reasoning.off())
			.withExtraBody(Map.of(field, "own"));
		assertThat(fields(named(dialect), options)).isEqualTo(EncodedBody.json("{'" + field + "': 'own'}"));
	}

	@ParameterizedTest(name = "{0} gets earlier reasoning back: {1}")
	@CsvSource({ "deepseek, true", "groq, false", "openai, false", "openai-compatible, false" })
	void reasoningOfAPlainAnswerGoesBackWhereItIsWanted(String dialect, boolean wanted) {
		AssistantMessage answer = new AssistantMessage(List.of(ReasoningPart.of("hm"), new TextPart("yes")), null, null,
				new ResponseInfo("p", null, null, null, Map.of()));
		JsonNode message = EncodedBody.messages(named(dialect), UserMessage.of("a"), answer, UserMessage.of("b"))
			.get(1);
		assertThat(message.has("reasoning_content")).isEqualTo(wanted);
		assertThat(message.has("reasoning")).isFalse();
	}

	private static OpenAiDialect named(String name) {
		return DIALECTS.stream().filter((dialect) -> dialect.name().equals(name)).findFirst().orElseThrow();
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

	private static JsonNode fields(OpenAiDialect dialect, RequestOptions options) {
		JsonNode body = EncodedBody.of(dialect, CompletionRequest.of("hi").withOptions(options));
		((ObjectNode) body).remove(List.of("model", "messages"));
		return body;
	}

}
