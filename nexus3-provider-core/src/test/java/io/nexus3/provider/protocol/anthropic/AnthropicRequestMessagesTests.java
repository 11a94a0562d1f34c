package io.nexus3.provider.protocol.anthropic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AudioPart;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.DocumentPart;
import io.nexus3.provider.ImagePart;
import io.nexus3.provider.Media;
import io.nexus3.provider.RefusalPart;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolDefinition;
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
import static io.nexus3.provider.protocol.anthropic.AnthropicBody.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How conversations are written.
 */
class AnthropicRequestMessagesTests {

	@Test
	@DisplayName("32: each round of tool calls has its results in the next user turn")
	void eachRoundHasItsResultsInTheNextUserTurn() {
		JsonNode messages = messages(UserMessage.of("u"), answer(call("t1", "f", "{}")), ToolMessage.of("t1", "r1"),
				answer(call("t2", "f", "{}")), ToolMessage.of("t2", "r2"));
		assertThat(roles(messages)).containsExactly("user", "assistant", "user", "assistant", "user");
		assertThat(messages.get(2).get("content"))
			.isEqualTo(json("[{'type':'tool_result','tool_use_id':'t1','content':'r1'}]"));
		assertThat(messages.get(4).get("content"))
			.isEqualTo(json("[{'type':'tool_result','tool_use_id':'t2','content':'r2'}]"));
	}

	@Test
	void anIdThatIsUsedAgainGetsANumberInCallAndResult() {
		JsonNode messages = messages(UserMessage.of("u"), answer(call("f:0", "f", "{}")), ToolMessage.of("f:0", "r1"),
				answer(call("f:0", "f", "{}")), ToolMessage.of("f:0", "r2"));
		String first = messages.at("/1/content/0/id").stringValue();
		assertThat(messages.at("/2/content/0/tool_use_id").stringValue()).isEqualTo(first);
		assertThat(messages.at("/3/content/0/id").stringValue()).isEqualTo(first + "_2");
		assertThat(messages.at("/4/content/0/tool_use_id").stringValue()).isEqualTo(first + "_2");
	}

	@Test
	void allResultsOfATurnComeFirstInOneUserMessage() {
		JsonNode messages = messages(UserMessage.of("u"), answer(call("a", "f", "{}"), call("b", "f", "{}")),
				ToolMessage.of("b", "B"), UserMessage.of("and?"), ToolMessage.of("a", "A"));
		assertThat(roles(messages)).containsExactly("user", "assistant", "user");
		assertThat(messages.get(2).get("content")).isEqualTo(json("[{'type':'tool_result','tool_use_id':'a',"
				+ "'content':'A'},{'type':'tool_result','tool_use_id':'b','content':'B'},{'type':'text','text':'and?'}]"));
	}

	@Test
	@DisplayName("30: a call without a result gets one that says so")
	void aCallWithoutAResultGetsOneThatSaysSo() {
		JsonNode content = messages(UserMessage.of("u"), answer(call("t1", "f", "{}"), call("t2", "f", "{}")),
				ToolMessage.of("t1", "r1"))
			.at("/2/content");
		assertThat(content).hasSize(2);
		assertThat(content.get(1).get("content").stringValue()).contains("interrupted");
		assertThat(content.get(1).get("is_error").booleanValue()).isTrue();
	}

	@Test
	@DisplayName("33: system messages, later ones too, stand at the top")
	void systemMessagesStandAtTheTop() {
		JsonNode body = AnthropicBody.of(SystemMessage.of("One."), UserMessage.of("u"), SystemMessage.of(" "),
				AssistantMessage.of("a"), SystemMessage.of("Two."), UserMessage.of("v"));
		assertThat(body.get("system").stringValue()).isEqualTo("One.\n\nTwo.");
		assertThat(roles(body.get("messages"))).containsExactly("user", "assistant", "user");
	}

	@Test
	@DisplayName("33: blank turns are not sent, and their neighbours are one turn")
	void blankTurnsAreNotSent() {
		JsonNode messages = messages(UserMessage.of("u"), answer(new TextPart(" \n")), UserMessage.of(" "),
				UserMessage.of("v"));
		assertThat(messages)
			.isEqualTo(json("[{'role':'user','content':[{'type':'text','text':'u'},{'type':'text','text':'v'}]}]"));
	}

	@Test
	@DisplayName("34: tools have their schema under input_schema, normalised")
	void toolsHaveTheirSchemaUnderInputSchema() {
		Map<String, Object> schema = new LinkedHashMap<>(Map.of("type", "object", "title", "T"));
		CompletionRequest request = CompletionRequest.of("u")
			.withTools(List.of(ToolDefinition.of("f", "does f", schema), ToolDefinition.of("g", "", Map.of())));
		JsonNode tools = AnthropicBody.of(request, AnthropicBody.target(AnthropicBody.MODEL), false).get("tools");
		assertThat(tools).isEqualTo(json("[{'name':'f','description':'does f','input_schema':{'type':'object',"
				+ "'title':'T','properties':{}}},{'name':'g','input_schema':{'type':'object','properties':{}}}]"));
		assertThat(schema).doesNotContainKey("properties");
	}

	@ParameterizedTest
	@CsvSource({ "toolu_01-A_b, true", "call:1, false", "functions.f/0, false" })
	void idsAreThoseThatTheVendorTakes(String id, boolean kept) {
		JsonNode messages = messages(UserMessage.of("u"), answer(call(id, "f", "{}")), ToolMessage.of(id, "r"));
		String sent = messages.at("/1/content/0/id").stringValue();
		assertThat(sent).matches("[A-Za-z0-9_-]+").isEqualTo(messages.at("/2/content/0/tool_use_id").stringValue());
		assertThat(sent.equals(id)).isEqualTo(kept);
		assertThat(new ToolIds().call(id)).isEqualTo(sent);
	}

	@Test
	void differentIdsStayDifferent() {
		assertThat(new ToolIds().call("call:1")).isNotEqualTo(new ToolIds().call("call/1"))
			.isNotEqualTo(new ToolIds().call("call.1"));
	}

	@Test
	void resultsMayHoldImagesAndNothing() {
		JsonNode content = messages(UserMessage.of("u"), answer(call("a", "f", "{}"), call("b", "f", "{}")),
				new ToolMessage("a",
						List.of(new TextPart("see"), ImagePart.of(new Media.Bytes("image/png", "iVBORw=="))), false),
				new ToolMessage("b", List.of(new TextPart("")), true))
			.at("/2/content");
		assertThat(content).isEqualTo(json("[{'type':'tool_result','tool_use_id':'a','content':[{'type':'text',"
				+ "'text':'see'},{'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBORw=='}}]},"
				+ "{'type':'tool_result','tool_use_id':'b','is_error':true}]"));
	}

	@Test
	void plainTextDocumentsAreSentAsText() {
		JsonNode block = messages(UserMessage.of(DocumentPart.of(new Media.Bytes("text/markdown", "SGkh"), "a.md")))
			.at("/0/content/0");
		assertThat(block).isEqualTo(json("{'type':'document','source':{'type':'text','media_type':'text/plain',"
				+ "'data':'Hi!'},'title':'a.md'}"));
	}

	@Test
	void soundsAreRefusedAtOnce() {
		UserMessage sound = UserMessage.of(new AudioPart(Media.url("https://example.com/a.mp3")));
		assertThatIllegalArgumentException().isThrownBy(() -> messages(sound)).withMessageContaining("no sound");
	}

	@Test
	void invalidArgumentsAreWrapped() {
		JsonNode call = messages(answer(ToolCall.of("t", "f", ToolArguments.invalid("{a", "broken"))))
			.at("/0/content/0");
		assertThat(call.get("input")).isEqualTo(json("{'INVALID_JSON':'{a'}"));
	}

	@Test
	void aRefusalOfAnotherVendorIsText() {
		assertThat(messages(UserMessage.of("u"), answer(new RefusalPart("No.")), UserMessage.of("v")).at("/1/content"))
			.isEqualTo(json("[{'type':'text','text':'No.'}]"));
	}

	@Test
	void aLastTurnOfTheAssistantEndsWithoutWhiteSpace() {
		assertThat(messages(UserMessage.of("u"), AssistantMessage.of("So: ")).at("/1/content/0/text").stringValue())
			.isEqualTo("So:");
	}

	private static List<String> roles(JsonNode messages) {
		return messages.valueStream().map((message) -> message.get("role").stringValue()).toList();
	}

}
