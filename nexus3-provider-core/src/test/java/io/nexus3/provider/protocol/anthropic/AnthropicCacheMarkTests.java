package io.nexus3.provider.protocol.anthropic;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Message;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
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
 * Where prompts are marked for the cache, and how often.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/prompt-caching">Anthropic,
 * prompt caching</a>
 */
class AnthropicCacheMarkTests {

	private static final List<Message> CHAT = List.of(SystemMessage.of("Be brief."), UserMessage.of("one"),
			AssistantMessage.of("two"), UserMessage.of("three"));

	private static final Map<String, Object> MARK = Map.of("type", "ephemeral");

	@Test
	@DisplayName("35: the system and the user turn before the last are marked")
	void marksSystemAndNextToLastUserTurn() {
		JsonNode body = body(CHAT, Map.of());
		assertThat(body.get("system").get(0).get("cache_control")).isEqualTo(json("{'type':'ephemeral'}"));
		assertThat(body.get("messages").get(0).get("content").get(0).has("cache_control")).isTrue();
		assertThat(marks(body)).isEqualTo(2);
	}

	@Test
	@DisplayName("35: a turn of tool results is marked at its last result")
	void marksTheLastResultOfATurn() {
		JsonNode body = body(List.of(UserMessage.of("go"), answer(call("a", "look", "{}"), call("b", "look", "{}")),
				ToolMessage.of("a", "1"), ToolMessage.of("b", "2"), AssistantMessage.of("done"),
				UserMessage.of("next")), Map.of());
		JsonNode results = body.get("messages").get(2).get("content");
		assertThat(results.get(0).has("cache_control")).isFalse();
		assertThat(results.get(1).has("cache_control")).isTrue();
		assertThat(marks(body)).isEqualTo(1);
	}

	@DisplayName("35: with the marks of the caller there are never more than four")
	@ParameterizedTest(name = "35: {0} marks of the caller leave {1}")
	@CsvSource({ "0, 2", "1, 2", "2, 2", "3, 1", "4, 0", "5, 0" })
	void countsTheMarksOfExtraTools(int supplied, int own) {
		List<Map<String, Object>> tools = Collections.nCopies(supplied,
				Map.of("name", "t", "input_schema", Map.of("type", "object"), "cache_control", MARK));
		JsonNode body = body(CHAT, Map.of("tools", tools));
		assertThat(marks(body)).isEqualTo(supplied + own);
		assertThat(body.get("system").isArray()).isEqualTo(own > 0);
	}

	@Test
	@DisplayName("35: a mark for the whole request counts as one")
	void countsAutomaticCaching() {
		JsonNode body = body(CHAT, Map.of("cache_control", MARK));
		assertThat(marks(body)).isEqualTo(3);
	}

	@Test
	@DisplayName("35: marked blocks that go back as they are count")
	void countsTheMarksOfVendorParts() {
		String block = "{\"type\":\"server_thing\",\"cache_control\":{\"type\":\"ephemeral\"}}";
		String unmarked = "{\"type\":\"server_thing\",\"cache_control\":null}";
		AssistantMessage answer = answer(new OpaquePart("server_thing", own(block)),
				new OpaquePart("server_thing", own(block)), new OpaquePart("server_thing", own(unmarked)), new TextPart(
						"x", own("{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}")));
		JsonNode body = body(
				List.of(SystemMessage.of("Be brief."), UserMessage.of("one"), answer, UserMessage.of("three")),
				Map.of());
		assertThat(marks(body)).isEqualTo(4);
		assertThat(body.get("system").isArray()).isTrue();
		assertThat(body.get("messages").get(0).get("content").isString()).isTrue();
	}

	@Test
	@DisplayName("35: off: plain text and no mark; no system: no such field")
	void marksNothingWhenOff() {
		JsonNode body = AnthropicBody.of(CompletionRequest.of(CHAT), AnthropicBody.target(AnthropicBody.MODEL), false);
		assertThat(marks(body)).isZero();
		assertThat(body.get("system").asString()).isEqualTo("Be brief.");
		assertThat(body(List.of(UserMessage.of("hi")), Map.of()).has("system")).isFalse();
	}

	private static JsonNode body(List<Message> messages, Map<String, Object> extra) {
		return AnthropicBody.of(
				CompletionRequest.of(messages).withOptions(RequestOptions.defaults().withExtraBody(extra)),
				AnthropicBody.caching(AnthropicBody.MODEL), false);
	}

	private static long marks(JsonNode body) {
		return body.findValues("cache_control").stream().filter((mark) -> !mark.isNull()).count();
	}

}
