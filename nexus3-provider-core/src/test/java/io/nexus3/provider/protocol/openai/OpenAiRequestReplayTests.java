package io.nexus3.provider.protocol.openai;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.RefusalPart;
import io.nexus3.provider.ResponseInfo;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.VendorJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for what {@link OpenAiRequestEncoder} sends back of earlier answers.
 */
class OpenAiRequestReplayTests {

	private static final VendorJson.Origin HOME = new VendorJson.Origin("openai", "p");

	private static final TextPart TEXT = new TextPart("so");

	@Test
	void detailsGoBackAsTheyCameAndInOrder() {
		String first = "[ {\"type\":\"reasoning.text\", \"text\":\"caf\\u00e9\", \"signature\":\"a\\/b\", \"x\": 1.00} ]";
		String second = "[{\"type\":\"reasoning.encrypted\",\"data\":\"gAAA\"}]";
		AssistantMessage message = answer("p", reasoning("thinking", first), TEXT, reasoning("", second));
		assertThat(text(OpenAiDialect.OPENROUTER, message)).contains(
				"\"reasoning_details\":[{\"type\":\"reasoning.text\", \"text\":\"caf\\u00e9\", \"signature\":\"a\\/b\", \"x\": 1.00},"
						+ "{\"type\":\"reasoning.encrypted\",\"data\":\"gAAA\"}]");
	}

	@Test
	void reasoningInDetailsIsNotSentAsTextToo() {
		AssistantMessage message = answer("p",
				reasoning("thinking", "[{\"type\":\"reasoning.text\",\"text\":\"thinking\"}]"), TEXT);
		assertThat(assistant(OpenAiDialect.OPENROUTER, message).propertyNames()).containsExactly("role", "content",
				"reasoning_details");
	}

	@Test
	void emptyDetailsLeaveTheText() {
		assertThat(assistant(OpenAiDialect.OPENROUTER, answer("p", reasoning("thinking", "[ ]"), TEXT)))
			.isEqualTo(EncodedBody.json("{'role': 'assistant', 'content': 'so', 'reasoning': 'thinking'}"));
	}

	@Test
	void detailsAreNotSentWhereTheDialectKnowsNone() {
		AssistantMessage message = answer("p", reasoning("thinking", "[{\"type\":\"x\"}]"), TEXT);
		assertThat(assistant(OpenAiDialect.VLLM, message)).isEqualTo(EncodedBody
			.json("{'role': 'assistant', 'content': 'so', 'reasoning': 'thinking', 'reasoning_content': 'thinking'}"));
	}

	@Test
	void plainReasoningGoesBackInTheFieldsOfTheDialect() {
		AssistantMessage message = answer("p", ReasoningPart.of("think "), ReasoningPart.of("more"), TEXT);
		assertThat(assistant(OpenAiDialect.OLLAMA, message))
			.isEqualTo(EncodedBody.json("{'role': 'assistant', 'content': 'so', 'reasoning': 'think more'}"));
		assertThat(assistant(OpenAiDialect.OPENAI, message))
			.isEqualTo(EncodedBody.json("{'role': 'assistant', 'content': 'so'}"));
	}

	@Test
	void compatibleServersGetReasoningWithToolCallsOnly() {
		assertThat(assistant(OpenAiDialect.COMPATIBLE, answer("p", ReasoningPart.of("think"), TEXT)).propertyNames())
			.containsExactly("role", "content");
		assertThat(assistant(OpenAiDialect.COMPATIBLE, answer("p", ReasoningPart.of("think"), call(null)))
			.get("reasoning_content")
			.asString()).isEqualTo("think");
	}

	@Test
	void compatibleServersGetTheDetailsThatTheySent() {
		AssistantMessage message = answer("p",
				reasoning("thinking", "[{\"type\":\"reasoning.text\",\"signature\":\"s\"}]"), call(null));
		assertThat(assistant(OpenAiDialect.COMPATIBLE, message).propertyNames()).containsExactly("role", "content",
				"reasoning_details", "tool_calls");
	}

	@Test
	void aRefusalGoesBackAsRefusal() {
		assertThat(assistant(OpenAiDialect.OPENAI, answer("p", new RefusalPart("no"))))
			.isEqualTo(EncodedBody.json("{'role': 'assistant', 'content': null, 'refusal': 'no'}"));
	}

	@Test
	void aRefusalOfAnotherProviderIsText() {
		assertThat(assistant(OpenAiDialect.OLLAMA, answer("other", new RefusalPart("no"))))
			.isEqualTo(EncodedBody.json("{'role': 'assistant', 'content': 'no'}"));
		assertThat(
				assistant(OpenAiDialect.OLLAMA, answer("other", TEXT, new RefusalPart("no"))).get("content").asString())
			.isEqualTo("so\n\nno");
	}

	@Test
	void aLongIdGoesBackAsItCame() {
		String id = "chatcmpl-tool-0123456789abcdef0123456789abcdef";
		AssistantMessage message = answer("p", ToolCall.of(id, "weather", ToolArguments.valid(Map.of(), "{}")));
		assertThat(assistant(OpenAiDialect.VLLM, message).at("/tool_calls/0/id").asString()).isEqualTo(id);
	}

	@Test
	void reasoningOfAnotherProviderIsLeftOut() {
		for (OpenAiDialect dialect : List.of(OpenAiDialect.OPENROUTER, OpenAiDialect.VLLM, OpenAiDialect.COMPATIBLE)) {
			AssistantMessage foreign = answer("other",
					new ReasoningPart("thinking",
							new VendorJson(new VendorJson.Origin("openai", "other"), "[{\"type\":\"x\"}]")),
					new ReasoningPart("signed", new VendorJson(new VendorJson.Origin("anthropic", "p"), "{}")),
					ReasoningPart.of("plain"), TEXT);
			assertThat(assistant(dialect, foreign))
				.isEqualTo(EncodedBody.json("{'role': 'assistant', 'content': 'so'}"));
		}
	}

	@Test
	void reasoningWrittenByTheApplicationIsLeftOut() {
		assertThat(assistant(OpenAiDialect.VLLM, AssistantMessage.of(ReasoningPart.of("mine"), TEXT)))
			.isEqualTo(EncodedBody.json("{'role': 'assistant', 'content': 'so'}"));
	}

	@Test
	void vendorFieldsOfAToolCallGoBackBesideItsOwn() {
		ToolCall call = call(new VendorJson(HOME,
				" { \"extra_content\": {\"google\": {\"thought_signature\": \"s\\/1\"}}, \"index\": 0 } "));
		assertThat(text(OpenAiDialect.COMPATIBLE, answer("p", call)))
			.contains(",\"extra_content\": {\"google\": {\"thought_signature\": \"s\\/1\"}}, \"index\": 0}");
		assertThat(assistant(OpenAiDialect.COMPATIBLE, answer("p", call)).get("tool_calls").get(0).propertyNames())
			.containsExactly("id", "type", "function", "extra_content", "index");
	}

	@Test
	void vendorFieldsOfAToolCallGoNowhereElse() {
		JsonNode plain = assistant(OpenAiDialect.COMPATIBLE, answer("p", call(null)));
		assertThat(assistant(OpenAiDialect.COMPATIBLE,
				answer("p", call(new VendorJson(new VendorJson.Origin("openai", "other"), "{\"extra_content\":1}")))))
			.isEqualTo(plain);
		assertThat(assistant(OpenAiDialect.COMPATIBLE,
				answer("p", call(new VendorJson(new VendorJson.Origin("anthropic", "p"), "{\"extra_content\":1}")))))
			.isEqualTo(plain);
		assertThat(assistant(OpenAiDialect.COMPATIBLE, answer("p", call(new VendorJson(HOME, "{ }")))))
			.isEqualTo(plain);
	}

	@Test
	void knownOpaquePartsGoBackAsFieldsOfTheMessage() {
		AssistantMessage message = answer("p", TEXT,
				new OpaquePart("extra_content", new VendorJson(HOME, "{\"google\":{\"thought_signature\":\"s\"}}")),
				new OpaquePart("thought_signature", new VendorJson(HOME, "\"abc\"")));
		assertThat(assistant(OpenAiDialect.COMPATIBLE, message)).isEqualTo(EncodedBody.json("""
				{'role': 'assistant', 'content': 'so', 'extra_content': {'google': {'thought_signature': 's'}},
				 'thought_signature': 'abc'}"""));
	}

	@Test
	void otherOpaquePartsAreLeftOut() {
		VendorJson.Origin other = new VendorJson.Origin("openai", "other");
		AssistantMessage message = answer("p", TEXT, new OpaquePart("annotations", new VendorJson(HOME, "[]")),
				new OpaquePart("extra_content", new VendorJson(other, "{}")));
		assertThat(assistant(OpenAiDialect.COMPATIBLE, message))
			.isEqualTo(EncodedBody.json("{'role': 'assistant', 'content': 'so'}"));
	}

	@Test
	void theLastOfTwoOpaquePartsOfATypeGoesBack() {
		AssistantMessage message = answer("p", TEXT, new OpaquePart("extra_content", new VendorJson(HOME, "1")),
				new OpaquePart("extra_content", new VendorJson(HOME, "2")));
		assertThat(assistant(OpenAiDialect.COMPATIBLE, message).get("extra_content").asInt()).isEqualTo(2);
	}

	@Test
	void brokenVendorDataIsRefusedAndNotSent() {
		refused(reasoning("", "[{\"type\":"), "not JSON");
		refused(reasoning("", "{}"), "START_ARRAY");
		refused(reasoning("", ""), "found null");
		refused(reasoning("", "[] []"), "more than one");
		refused(call(new VendorJson(HOME, "[]")), "START_OBJECT");
		refused(call(new VendorJson(HOME, "{\"id\":\"other\"}")), "repeats the field id");
		refused(new OpaquePart("extra_content", new VendorJson(HOME, "{")), "not JSON");
	}

	private static void refused(AssistantPart part, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> text(OpenAiDialect.OPENROUTER, answer("p", part)))
			.withMessageContaining(reason);
	}

	private static ReasoningPart reasoning(String text, String details) {
		return new ReasoningPart(text, new VendorJson(HOME, details));
	}

	private static ToolCall call(VendorJson vendorJson) {
		return new ToolCall("t1", "look", ToolArguments.of(Map.of()), vendorJson);
	}

	private static AssistantMessage answer(String provider, AssistantPart... parts) {
		return new AssistantMessage(List.of(parts), null, null, new ResponseInfo(provider, "m", "id", null, Map.of()));
	}

	private static JsonNode assistant(OpenAiDialect dialect, AssistantMessage message) {
		return EncodedBody.messages(dialect, message).get(0);
	}

	private static String text(OpenAiDialect dialect, AssistantMessage message) {
		return new String(new OpenAiRequestEncoder(dialect)
			.encode(CompletionRequest.of(List.of(message)), EncodedBody.target("p", "m"), false)
			.body(), StandardCharsets.UTF_8);
	}

}
