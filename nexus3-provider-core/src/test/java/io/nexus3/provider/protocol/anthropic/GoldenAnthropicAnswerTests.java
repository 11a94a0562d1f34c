package io.nexus3.provider.protocol.anthropic;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.FinishReason;
import io.nexus3.provider.FinishReason.Kind;
import io.nexus3.provider.Message;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ReasoningDelta;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolCallDelta;
import io.nexus3.provider.ToolCallStarted;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.protocol.AnswerDecoder;
import io.nexus3.provider.transport.sse.SseDecoder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes back to the golden requests, as a stream and in one piece, and what of it
 * goes back with the next request. Answers have the form of the pages that
 * {@link GoldenAnthropicRequestTests} names.
 */
class GoldenAnthropicAnswerTests {

	private final List<StreamEvent> events = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(strings = { "plain-chat", "system-in-the-middle", "tools-three-rounds", "forced-tool",
			"thinking-budget-replay", "thinking-adaptive-replay", "documents", "documents-citations",
			"structured-output", "prompt-caching", "server-tools-replay" })
	void aStreamSaysTheSameAsAnAnswerInOnePieceAndGoesBackUnchanged(String name) {
		AssistantMessage streamed = streamed(name);
		AssistantMessage whole = whole(name);
		assertThat(streamed.parts()).usingRecursiveComparison()
			.ignoringFields("vendorJson", "arguments.raw")
			.isEqualTo(whole.parts());
		assertThat(streamed.finishReason()).isEqualTo(whole.finishReason());
		assertThat(streamed.usage().inputTokens()).isEqualTo(whole.usage().inputTokens()).isNotNull();
		assertThat(streamed.usage().outputTokens()).isEqualTo(whole.usage().outputTokens()).isNotNull();
		assertThat(streamed.response().id()).isEqualTo(whole.response().id()).isNotNull();
		assertThat(streamed.response().model()).isEqualTo(whole.response().model()).isNotNull();
		JsonNode sent = JsonMapper.shared().readTree(text(name + ".json")).get("content");
		assertThat(sentBack(whole)).isEqualTo(sent);
		assertThat(sentBack(streamed)).isEqualTo(sent);
	}

	@Test
	@DisplayName("53: a plain answer names what stopped it")
	void plainChat() {
		AssistantMessage message = streamed("plain-chat");
		assertThat(message.text()).isEqualTo("At sunset the light passes through more air, and only the red is left. ");
		assertThat(message.finishReason()).isEqualTo(new FinishReason(Kind.STOP, "stop_sequence"));
		assertThat(message.usage().inputTokens()).isEqualTo(41);
		assertThat(message.usage().outputTokens()).isEqualTo(17);
		assertThat(message.usage().cacheReadTokens()).isZero();
		assertThat(message.response().vendorFields()).containsEntry("stop_sequence", "\"END\"");
		assertThat(text(this.events)).isEqualTo(message.text());
	}

	@Test
	@DisplayName("42: parallel calls come in order, each with its own arguments")
	void parallelCalls() {
		AssistantMessage message = streamed("tools-three-rounds");
		assertThat(message.parts().get(0)).isEqualTo(new TextPart("I'll look again, at both."));
		assertThat(message.toolCalls()).extracting(ToolCall::name)
			.containsExactly("get_weather", "get_weather", "get_time");
		assertThat(message.toolCalls()).extracting((call) -> call.arguments().asMap())
			.containsExactly(Map.of("city", "Oslo"), Map.of("city", "Reykjavík \"north\""), Map.of());
		assertThat(message.toolCalls()).extracting(ToolCall::id)
			.containsExactly("toolu_01T1x1fJ34qAmk2tNTrN7Up6", "toolu_01A09q90qw90lq917835lq9", "toolu_01B2");
		assertThat(message.finishReason().kind()).isEqualTo(Kind.TOOL_CALLS);
		assertThat(this.events.stream().filter(ToolCallStarted.class::isInstance)).hasSize(3);
		assertThat(this.events.stream()
			.filter((event) -> event instanceof ToolCallDelta delta && delta.index() == 1)
			.map((event) -> ((ToolCallDelta) event).arguments())
			.reduce("", String::concat)).isEqualTo("{\"city\":\"Reykjavík \\\"north\\\"\"}");
	}

	@Test
	@DisplayName("60: thinking, redacted thinking and text keep order and signature")
	void thinkingByBudget() {
		AssistantMessage message = streamed("thinking-budget-replay");
		assertThat(message.parts()).extracting((part) -> (Object) part.getClass())
			.containsExactly(ReasoningPart.class, ReasoningPart.class, TextPart.class);
		assertThat(vendor(message.parts().get(0)))
			.isEqualTo(AnthropicBody.json("{'type':'thinking','thinking':'4 degrees and rain: take a coat.',"
					+ "'signature':'EuYBCkQYAiJAx7Zt+u/1234=='}"));
		assertThat(vendor(message.parts().get(1)))
			.isEqualTo(AnthropicBody.json("{'type':'redacted_thinking','data':'EmwKAhgBEgy3va3pzixQ2b9Y+w=='}"));
		assertThat(message.reasoning()).isEqualTo("4 degrees and rain: take a coat.");
		assertThat(message.usage().reasoningTokens()).isEqualTo(61);
		assertThat(this.events.stream().filter(ReasoningDelta.class::isInstance)).hasSize(2);
	}

	@Test
	@DisplayName("60: thinking that is not shown is kept for its signature")
	void adaptiveThinking() {
		AssistantMessage message = streamed("thinking-adaptive-replay");
		assertThat(message.reasoning()).isEmpty();
		assertThat(vendor(message.parts().get(0)).get("signature").asString())
			.isEqualTo("EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkz");
		assertThat(message.toolCalls()).hasSize(1);
		assertThat(this.events.stream().filter(ReasoningDelta.class::isInstance)).isEmpty();
	}

	@Test
	void citationsStayWithTheTextThatTheySupport() {
		AssistantMessage message = streamed("documents-citations");
		assertThat(message.text()).isEqualTo("The file says: the grass is green and the contract agrees.");
		assertThat(message.parts()).hasSize(4);
		assertThat(((TextPart) message.parts().get(0)).vendorJson()).isNull();
		assertThat(vendor(message.parts().get(1)).at("/citations/0/document_title").asString()).isEqualTo("garden.txt");
		assertThat(vendor(message.parts().get(2)).get("citations")).hasSize(2);
		assertThat(text(this.events)).isEqualTo(message.text());
	}

	@Test
	void structuredOutputIsText() {
		assertThat(streamed("structured-output").text()).isEqualTo("{\"city\":\"Oslo\"}");
	}

	@Test
	@DisplayName("39: input includes what the cache gave and took")
	void cachedUsage() {
		AssistantMessage message = streamed("prompt-caching");
		assertThat(message.usage().inputTokens()).isEqualTo(12 + 248 + 188_086);
		assertThat(message.usage().cacheReadTokens()).isEqualTo(188_086);
		assertThat(message.usage().cacheWriteTokens()).isEqualTo(248);
		assertThat(message.usage().raw()).contains("ephemeral_5m_input_tokens");
	}

	@Test
	void serverToolsAreKeptWholeAndTheTurnPauses() {
		AssistantMessage message = streamed("server-tools-replay");
		assertThat(message.finishReason().kind()).isEqualTo(Kind.PAUSE);
		assertThat(message.toolCalls()).isEmpty();
		assertThat(message.parts()).filteredOn(OpaquePart.class::isInstance)
			.extracting((part) -> ((OpaquePart) part).type())
			.containsExactly("server_tool_use", "web_search_tool_result");
		assertThat(vendor(message.parts().get(0)).get("input")).isEqualTo(AnthropicBody.json("{'query':'more news'}"));
		assertThat(message.usage().raw()).contains("web_search_requests");
	}

	private AssistantMessage streamed(String name) {
		AnswerDecoder decoder = decoder();
		SseDecoder sse = new SseDecoder(1 << 20, (frame) -> {
			decoder.frame(frame, this.events::add);
			return !decoder.terminated();
		});
		byte[] body = text(name + ".sse");
		for (int at = 0; at < body.length; at += 7) {
			sse.feed(body, at, Math.min(7, body.length - at));
		}
		sse.finish();
		return decoder.finish(sse.strayErrorLine(), this.events::add);
	}

	private static AssistantMessage whole(String name) {
		AnswerDecoder decoder = decoder();
		List<StreamEvent> ignored = new ArrayList<>();
		decoder.json(text(name + ".json"), ignored::add);
		return decoder.finish(null, ignored::add);
	}

	private static AnswerDecoder decoder() {
		return new AnthropicProtocol().newDecoder(AnthropicBody.target(AnthropicBody.MODEL));
	}

	/** The answer's turn in the next request. */
	private static JsonNode sentBack(AssistantMessage message) {
		List<Message> messages = new ArrayList<>(List.of(UserMessage.of("u"), message));
		message.toolCalls().forEach((call) -> messages.add(ToolMessage.of(call.id(), "r")));
		messages.add(UserMessage.of("v"));
		JsonNode body = AnthropicBody.of(CompletionRequest.of(messages), AnthropicBody.target(AnthropicBody.MODEL),
				false);
		return body.at("/messages/1/content");
	}

	private static JsonNode vendor(AssistantPart part) {
		String json = (part instanceof ReasoningPart reasoning) ? reasoning.vendorJson().json()
				: (part instanceof TextPart text) ? text.vendorJson().json() : ((OpaquePart) part).vendorJson().json();
		return JsonMapper.shared().readTree(json);
	}

	private static String text(List<StreamEvent> events) {
		return events.stream()
			.filter(ContentDelta.class::isInstance)
			.map((event) -> ((ContentDelta) event).text())
			.reduce("", String::concat);
	}

	private static byte[] text(String name) {
		try (InputStream file = GoldenAnthropicAnswerTests.class
			.getResourceAsStream("/golden/anthropic/answers/" + name)) {
			assertThat(file).as(name).isNotNull();
			return file.readAllBytes();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
