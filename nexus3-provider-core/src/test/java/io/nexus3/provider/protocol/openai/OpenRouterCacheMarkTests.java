package io.nexus3.provider.protocol.openai;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ImagePart;
import io.nexus3.provider.Media;
import io.nexus3.provider.Message;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.UserMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cache marks for models of Anthropic's behind OpenRouter.
 *
 * @see <a href="https://openrouter.ai/docs/features/prompt-caching">OpenRouter, prompt
 * caching, Anthropic Claude</a>
 */
class OpenRouterCacheMarkTests {

	private static final String MODEL = "anthropic/claude-sonnet-4.5";

	private static final List<Message> CHAT = List.of(SystemMessage.of("Be brief."), UserMessage.of("one"),
			AssistantMessage.of("two"), UserMessage.of("three"));

	@Test
	@DisplayName("36: the system and the last answered user message are marked, the new one is not")
	void marksWhatTheNextRequestRepeats() {
		JsonNode messages = body(MODEL, CHAT, Map.of()).get("messages");
		assertThat(messages.get(0).get("content").get(0).has("cache_control")).isTrue();
		assertThat(messages.get(1).get("content"))
			.isEqualTo(EncodedBody.json("[{'type':'text','text':'one','cache_control':{'type':'ephemeral'}}]"));
		assertThat(messages.get(3).get("content").asString()).isEqualTo("three");
	}

	@Test
	@DisplayName("36: of several parts the last text is marked")
	void marksTheLastText() {
		JsonNode content = body(MODEL,
				List.of(UserMessage.of(new TextPart("a"), new TextPart("b"),
						ImagePart.of(Media.url("https://x/y.png"))), AssistantMessage.of("two"),
						UserMessage.of("three")),
				Map.of())
			.get("messages")
			.get(0)
			.get("content");
		assertThat(content.get(0).has("cache_control")).isFalse();
		assertThat(content.get(1).has("cache_control")).isTrue();
		assertThat(content.get(2).has("cache_control")).isFalse();
	}

	@DisplayName("36: with the marks of the caller there are never more than four")
	@ParameterizedTest(name = "36: {0} marks of the caller leave {1}")
	@CsvSource({ "0, 2", "2, 2", "3, 1", "4, 0" })
	void countsTheMarksOfTheCaller(int supplied, int own) {
		List<Map<String, Object>> tools = Collections.nCopies(supplied,
				Map.of("type", "function", "cache_control", Map.of("type", "ephemeral")));
		assertThat(body(MODEL, CHAT, Map.of("tools", tools)).findValues("cache_control")).hasSize(supplied + own);
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai/gpt-5", "google/gemini-2.5-pro" })
	@DisplayName("36: other models carry no mark")
	void marksNoOtherModel(String model) {
		assertThat(body(model, CHAT, Map.of()).findValues("cache_control")).isEmpty();
	}

	private static JsonNode body(String model, List<Message> messages, Map<String, Object> extra) {
		return EncodedBody.of(OpenAiDialect.OPENROUTER,
				CompletionRequest.of(messages).withOptions(RequestOptions.defaults().withExtraBody(extra)),
				EncodedBody.caching("openrouter", model), false);
	}

}
