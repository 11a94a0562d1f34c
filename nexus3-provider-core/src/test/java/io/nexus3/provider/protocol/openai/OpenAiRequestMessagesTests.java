package io.nexus3.provider.protocol.openai;

import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AudioPart;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.DocumentPart;
import io.nexus3.provider.ImagePart;
import io.nexus3.provider.Media;
import io.nexus3.provider.Message;
import io.nexus3.provider.RefusalPart;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.protocol.Target;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the messages that {@link OpenAiRequestEncoder} writes.
 */
class OpenAiRequestMessagesTests {

	private static final ToolCall CALL = ToolCall.of("t1", "look", ToolArguments.valid(Map.of("at", 1), "{\"at\": 1}"));

	@Test
	@DisplayName("28: system, user, assistant and tool messages carry what they need and nothing else")
	void writesTheFourRoles() {
		assertThat(messages(SystemMessage.of("be kind"), UserMessage.of("hi"), AssistantMessage.of(CALL),
				ToolMessage.of(CALL, "nothing"), AssistantMessage.of("there is nothing")))
			.isEqualTo(EncodedBody.json("""
					[{'role': 'system', 'content': 'be kind'},
					 {'role': 'user', 'content': 'hi'},
					 {'role': 'assistant', 'content': null, 'tool_calls': [
					   {'id': 't1', 'type': 'function', 'function': {'name': 'look', 'arguments': '{\\"at\\": 1}'}}]},
					 {'role': 'tool', 'tool_call_id': 't1', 'content': 'nothing'},
					 {'role': 'assistant', 'content': 'there is nothing'}]"""));
	}

	@Test
	@DisplayName("28: without options the body is model and messages")
	void writesModelAndMessagesOnly() {
		assertThat(EncodedBody.of(OpenAiDialect.COMPATIBLE, CompletionRequest.of("hi")))
			.isEqualTo(EncodedBody.json("{'model': 'm', 'messages': [{'role': 'user', 'content': 'hi'}]}"));
	}

	@Test
	@DisplayName("29: results of unknown calls are not sent")
	void leavesOutStrayResults() {
		assertThat(messages(UserMessage.of("hi"), ToolMessage.of("ghost", "boo")))
			.isEqualTo(EncodedBody.json("[{'role': 'user', 'content': 'hi'}]"));
	}

	@Test
	@DisplayName("30: two calls with one result are sent with two results, the second says interrupted")
	void sendsAResultForEachCall() {
		JsonNode messages = messages(UserMessage.of("hi"), AssistantMessage.of(CALL, call("t2")),
				ToolMessage.of("t1", "one"), UserMessage.of("and?"));
		assertThat(messages).hasSize(5);
		assertThat(messages.get(2))
			.isEqualTo(EncodedBody.json("{'role': 'tool', 'tool_call_id': 't1', 'content': 'one'}"));
		assertThat(messages.get(3).get("tool_call_id").asString()).isEqualTo("t2");
		assertThat(messages.get(3).get("content").asString()).contains("interrupted");
	}

	@Test
	@DisplayName("31: user, assistant with a call, result: exactly those roles")
	void inventsNoTurn() {
		JsonNode messages = messages(UserMessage.of("hi"), AssistantMessage.of(CALL), ToolMessage.of(CALL, "one"));
		assertThat(messages.findValuesAsString("role")).containsExactly("user", "assistant", "tool");
	}

	@Test
	void textBesideCallsStaysText() {
		assertThat(
				messages(AssistantMessage.of(new TextPart("let me "), new TextPart("see"), CALL)).get(0).get("content"))
			.isEqualTo(EncodedBody.json("'let me see'"));
	}

	@Test
	void anEmptyAnswerIsAnEmptyText() {
		assertThat(messages(AssistantMessage.of()))
			.isEqualTo(EncodedBody.json("[{'role': 'assistant', 'content': ''}]"));
	}

	@Test
	void aRefusalThatNobodySentIsText() {
		assertThat(messages(AssistantMessage.of(new RefusalPart("no"))))
			.isEqualTo(EncodedBody.json("[{'role': 'assistant', 'content': 'no'}]"));
	}

	@Test
	void aLongIdIsShortenedInCallAndResultAlike() {
		String id = "chatcmpl-tool-0123456789abcdef0123456789abcdef";
		JsonNode messages = messages(
				AssistantMessage.of(ToolCall.of(id, "weather", ToolArguments.valid(Map.of(), "{}"))),
				ToolMessage.of(id, "sunny"));
		String sent = messages.get(0).at("/tool_calls/0/id").asString();
		assertThat(sent).isEqualTo("call_0c9f9b5def0d311bab5c65347c3281a1")
			.isEqualTo(messages.get(1).get("tool_call_id").asString());
	}

	@Test
	void anIdOfFortyCharactersStays() {
		String id = "c".repeat(40);
		JsonNode messages = messages(
				AssistantMessage.of(ToolCall.of(id, "weather", ToolArguments.valid(Map.of(), "{}"))),
				ToolMessage.of(id, "sunny"));
		assertThat(messages.get(0).at("/tool_calls/0/id").asString()).isEqualTo(id);
		assertThat(messages.get(1).get("tool_call_id").asString()).isEqualTo(id);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
			{"a": 1.50, "b": "x"} | {"a": 1.50, "b": "x"}
			``                    | {}
			`  `                  | {}
			""")
	void validArgumentsGoBackAsSent(String raw, String sent) {
		assertThat(arguments(ToolArguments.valid(Map.of(), raw))).isEqualTo(sent);
	}

	@Test
	void argumentsMadeByTheApplicationAreSerialised() {
		assertThat(arguments(ToolArguments.of(Map.of("path", "a \"b\"")))).isEqualTo("{\"path\":\"a \\\"b\\\"\"}");
		assertThat(arguments(ToolArguments.of(Map.of()))).isEqualTo("{}");
	}

	@Test
	void invalidArgumentsAreWrappedIntoAnObject() {
		assertThat(arguments(ToolArguments.invalid("{\"a\": \"cut", "cut at 1:11")))
			.isEqualTo("{\"INVALID_JSON\":\"{\\\"a\\\": \\\"cut\"}");
		assertThat(arguments(ToolArguments.invalid("[1,2]", "no object"))).isEqualTo("{\"INVALID_JSON\":\"[1,2]\"}");
	}

	@Test
	void severalUserPartsAreAnArray() {
		Media png = new Media.Bytes("image/png", "iVBORw0KGgo=");
		assertThat(messages(UserMessage.of(new TextPart("compare"), ImagePart.of(png),
				new ImagePart(Media.url("https://example.com/cat.jpg"), "low"))))
			.isEqualTo(EncodedBody
				.json("""
						[{'role': 'user', 'content': [
						  {'type': 'text', 'text': 'compare'},
						  {'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,iVBORw0KGgo='}},
						  {'type': 'image_url', 'image_url': {'url': 'https://example.com/cat.jpg', 'detail': 'low'}}]}]"""));
	}

	@Test
	void imagesInAToolResultAreAnArray() {
		Message result = new ToolMessage("t1",
				List.of(new TextPart("a chart"), ImagePart.of(new Media.Bytes("image/png", "AAAA"))), false);
		assertThat(messages(AssistantMessage.of(CALL), result).get(1)).isEqualTo(EncodedBody.json("""
				{'role': 'tool', 'tool_call_id': 't1', 'content': [
				  {'type': 'text', 'text': 'a chart'},
				  {'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,AAAA'}}]}"""));
	}

	@Test
	void aToolResultOfSeveralTextsIsOneText() {
		Message result = new ToolMessage("t1", List.of(new TextPart("a"), new TextPart("b")), true);
		assertThat(messages(AssistantMessage.of(CALL), result).get(1).get("content").asString()).isEqualTo("ab");
	}

	@Test
	void anEmptyToolResultIsAnEmptyText() {
		assertThat(messages(AssistantMessage.of(CALL), new ToolMessage("t1", List.of(), false)).get(1).get("content"))
			.isEqualTo(EncodedBody.json("''"));
	}

	@ParameterizedTest
	@CsvSource({ "audio/wav,wav", "audio/x-wav,wav", "audio/mpeg,mp3", "AUDIO/MP3,mp3", "audio/flac,flac",
			"audio/ogg;codecs=opus,ogg", "audio/mp4,m4a" })
	void soundsNameTheirFormat(String mediaType, String format) {
		JsonNode part = messages(UserMessage.of(new AudioPart(new Media.Bytes(mediaType, "AAAA")))).get(0)
			.get("content")
			.get(0);
		assertThat(part).isEqualTo(EncodedBody
			.json("{'type': 'input_audio', 'input_audio': {'data': 'AAAA', 'format': '" + format + "'}}"));
	}

	@Test
	void aDocumentWithoutNameGetsOne() {
		JsonNode part = messages(UserMessage.of(new DocumentPart(new Media.Bytes("application/pdf", "JVBERg=="), null)))
			.get(0)
			.get("content")
			.get(0);
		assertThat(part.get("file").get("filename").asString()).isEqualTo("document.pdf");
	}

	@Test
	void aDocumentByUrlIsRefusedWhereTheServerTakesBytesOnly() {
		Message message = UserMessage.of(DocumentPart.of(Media.url("https://example.com/a.pdf"), "a.pdf"));
		assertThatIllegalArgumentException().isThrownBy(() -> EncodedBody.messages(OpenAiDialect.OPENAI, message))
			.withMessageContaining("openai")
			.withMessageContaining("not by URL");
	}

	@Test
	void aSoundByUrlGoesWhereTheServerTakesIt() {
		Message message = UserMessage.of(new AudioPart(Media.url("https://example.com/a.wav")));
		assertThat(EncodedBody.messages(OpenAiDialect.VLLM, message).get(0).get("content").get(0))
			.isEqualTo(EncodedBody.json("{'type': 'audio_url', 'audio_url': {'url': 'https://example.com/a.wav'}}"));
		assertThatIllegalArgumentException().isThrownBy(() -> EncodedBody.messages(OpenAiDialect.OPENAI, message))
			.withMessageContaining("sounds");
	}

	@ParameterizedTest
	@CsvSource({ "anthropic/claude-sonnet-4.5", "Anthropic/Claude-3.5-Haiku", "~ANTHROPIC/latest" })
	@DisplayName("36: OpenRouter and a model of Anthropic's: the system message carries a cache mark")
	void marksTheSystemMessage(String model) {
		assertThat(systemContent(OpenAiDialect.OPENROUTER, EncodedBody.caching("openrouter", model))).isEqualTo(
				EncodedBody.json("[{'type': 'text', 'text': 'be kind', 'cache_control': {'type': 'ephemeral'}}]"));
	}

	@ParameterizedTest
	@CsvSource({ "openai/gpt-4o", "google/gemini-pro" })
	@DisplayName("36: OpenRouter and another model: plain text")
	void marksNoOtherModels(String model) {
		assertThat(systemContent(OpenAiDialect.OPENROUTER, EncodedBody.caching("openrouter", model)))
			.isEqualTo(EncodedBody.json("'be kind'"));
	}

	@Test
	@DisplayName("36: another type of provider, or caching off: plain text")
	void marksNothingElsewhereOrWhenOff() {
		JsonNode plain = EncodedBody.json("'be kind'");
		assertThat(systemContent(OpenAiDialect.OPENAI, EncodedBody.caching("openai", "anthropic/claude")))
			.isEqualTo(plain);
		assertThat(systemContent(OpenAiDialect.COMPATIBLE, EncodedBody.caching("p", "anthropic/claude")))
			.isEqualTo(plain);
		assertThat(systemContent(OpenAiDialect.OPENROUTER, EncodedBody.target("openrouter", "anthropic/claude")))
			.isEqualTo(plain);
	}

	@Test
	@DisplayName("36: of several system messages the last of the first run is marked, so that four marks are never passed")
	void marksOneSystemMessage() {
		JsonNode messages = EncodedBody
			.of(OpenAiDialect.OPENROUTER,
					CompletionRequest.of(List.of(SystemMessage.of("one"), SystemMessage.of("two"),
							SystemMessage.of(" "), UserMessage.of("hi"), SystemMessage.of("three"))),
					EncodedBody.caching("openrouter", "anthropic/claude"), false)
			.get("messages");
		assertThat(messages).extracting((message) -> message.get("content").isArray())
			.containsExactly(false, true, false, false, false);
	}

	private static JsonNode systemContent(OpenAiDialect dialect, Target target) {
		CompletionRequest request = CompletionRequest.of(List.of(SystemMessage.of("be kind"), UserMessage.of("hi")));
		return EncodedBody.of(dialect, request, target, false).get("messages").get(0).get("content");
	}

	private static JsonNode messages(Message... messages) {
		return EncodedBody.messages(OpenAiDialect.OPENAI, messages);
	}

	private static String arguments(ToolArguments arguments) {
		return messages(AssistantMessage.of(ToolCall.of("t1", "look", arguments))).get(0)
			.get("tool_calls")
			.get(0)
			.get("function")
			.get("arguments")
			.asString();
	}

	private static ToolCall call(String id) {
		return ToolCall.of(id, "look", ToolArguments.of(Map.of()));
	}

}
