package io.nexus3.provider.protocol.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.VendorJson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static io.nexus3.provider.protocol.anthropic.AnthropicBody.answer;
import static io.nexus3.provider.protocol.anthropic.AnthropicBody.call;
import static io.nexus3.provider.protocol.anthropic.AnthropicBody.foreign;
import static io.nexus3.provider.protocol.anthropic.AnthropicBody.json;
import static io.nexus3.provider.protocol.anthropic.AnthropicBody.own;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What goes back to where it came from, and to nobody else.
 */
class AnthropicRequestReplayTests {

	private static final String THINKING = "{\"type\":\"thinking\" , \"thinking\":\"\\u00e9\", \"signature\":\"s/+=\"}";

	private static final String REDACTED = "{\"type\":\"redacted_thinking\",\"data\":\"gA==\"}";

	private static final String SEARCH = "{\"type\":\"server_tool_use\",\"id\":\"srv\",\"input\":{\"n\":1.10}}";

	private static final String CITED = "{\"type\":\"text\",\"text\":\"x\",\"citations\":[{\"a\":1}]}";

	private static String sent(AssistantMessage message) {
		CompletionRequest request = CompletionRequest.of(List.of(UserMessage.of("u"), message, UserMessage.of("v")));
		return new String(AnthropicBody.text(request, AnthropicBody.target(AnthropicBody.MODEL), false),
				StandardCharsets.UTF_8);
	}

	@Test
	@DisplayName("60: own blocks go back byte for byte and in order")
	void ownBlocksGoBackByteForByteAndInOrder() {
		String body = sent(answer(new ReasoningPart("é", own(THINKING)), new ReasoningPart("", own(REDACTED)),
				new OpaquePart("server_tool_use", own(SEARCH)), new TextPart("x", own(CITED)),
				call("t", "f", "{ \"a\": 1.0 }")));
		assertThat(body).contains("[" + THINKING + "," + REDACTED + "," + SEARCH + "," + CITED
				+ ",{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{ \"a\": 1.0 }}]");
	}

	@Test
	void whatCameFromElsewhereIsLeftOut() {
		VendorJson otherProvider = new VendorJson(new VendorJson.Origin("anthropic", "gateway"), THINKING);
		JsonNode messages = AnthropicBody.messages(UserMessage.of("u"),
				answer(new ReasoningPart("a", foreign("[]")), new ReasoningPart("b", otherProvider),
						ReasoningPart.of("c"), new OpaquePart("audio", foreign("{}")),
						new TextPart("x", foreign("{}"))),
				UserMessage.of("v"));
		assertThat(messages.at("/1/content")).isEqualTo(json("[{'type':'text','text':'x'}]"));
	}

	@Test
	void aTurnOfForeignReasoningAloneIsNotSent() {
		JsonNode messages = AnthropicBody.messages(UserMessage.of("u"), answer(ReasoningPart.of("hm")),
				UserMessage.of("v"));
		assertThat(messages).hasSize(1);
	}

	@Test
	void vendorDataThatIsNoObjectIsRefusedAtOnce() {
		for (String broken : List.of("", "[]", "{", "{} {}")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> sent(answer(new OpaquePart("x", own(broken)), new TextPart("t"))))
				.withMessageContaining("Vendor data");
		}
	}

	@Test
	void whatWasReadFromAStreamGoesBackComplete() {
		AssistantMessage message = AnthropicStream.message(AnthropicStream.START,
				AnthropicStream.start(0, "{'type':'thinking','thinking':'','signature':''}"),
				AnthropicStream.delta(0, "{'type':'thinking_delta','thinking':'Hm'}"),
				AnthropicStream.delta(0, "{'type':'signature_delta','signature':'sig'}"), AnthropicStream.stop(0),
				AnthropicStream.start(1, "{'type':'tool_use','id':'t','name':'f','input':{}}"), AnthropicStream.stop(1),
				AnthropicStream.end("tool_use"), AnthropicStream.STOP);
		assertThat(sent(message)).contains("[{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"sig\"},"
				+ "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}]");
	}

}
