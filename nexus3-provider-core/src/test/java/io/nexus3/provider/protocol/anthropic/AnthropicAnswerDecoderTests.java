package io.nexus3.provider.protocol.anthropic;

import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.FinishReason;
import io.nexus3.provider.FinishReason.Kind;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.ReasoningDelta;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.Usage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.nexus3.provider.protocol.anthropic.AnthropicStream.START;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.STOP;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.delta;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.end;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.start;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What the events of a stream, and answers in one piece, mean.
 */
class AnthropicAnswerDecoderTests {

	private static final String TEXT = "{'type':'text','text':''}";

	private static final String THINKING = "{'type':'thinking','thinking':'','signature':''}";

	private static String text(String text) {
		return "{'type':'text_delta','text':'" + text + "'}";
	}

	@Test
	@DisplayName("53: text and end_turn make a message")
	void textAndEndTurnMakeAMessage() {
		AnthropicStream stream = AnthropicStream.of(START, start(0, TEXT), "{'type':'ping'}", delta(0, text("Hel")),
				delta(0, text("lo")), stop(0), end("end_turn"), STOP);
		assertThat(stream.decoder.terminated()).isTrue();
		AssistantMessage message = stream.finish();
		assertThat(message.text()).isEqualTo("Hello");
		assertThat(message.parts()).containsExactly(new TextPart("Hello"));
		assertThat(message.finishReason()).isEqualTo(new FinishReason(Kind.STOP, "end_turn"));
		assertThat(stream.events).containsExactly(new ContentDelta("Hel"), new ContentDelta("lo"));
		assertThat(message.response().id()).isEqualTo("msg_1");
		assertThat(message.response().model()).isEqualTo("claude-x");
	}

	@Test
	@DisplayName("53: a message without content keeps its stop reason")
	void aMessageWithoutContentKeepsItsStopReason() {
		AssistantMessage message = AnthropicStream.message(START, end("end_turn"), STOP);
		assertThat(message.parts()).isEmpty();
		assertThat(message.finishReason()).isEqualTo(new FinishReason(Kind.STOP, "end_turn"));
		assertThat(AnthropicStream.message(START, STOP).parts()).isEmpty();
	}

	@Test
	@DisplayName("53: no event at all is an empty response")
	void noEventAtAllIsAnEmptyResponse() {
		assertThat(kindOf(() -> AnthropicStream.of().finish())).isEqualTo(ErrorKind.EMPTY_RESPONSE);
		assertThat(kindOf(() -> AnthropicStream.of(STOP).finish())).isEqualTo(ErrorKind.EMPTY_RESPONSE);
	}

	@Test
	void aStreamWithoutStopReasonIsInterrupted() {
		AnthropicStream stream = AnthropicStream.of(START, start(0, TEXT), delta(0, text("He")));
		assertThat(stream.decoder.complete()).isFalse();
		assertThat(kindOf(stream::finish)).isEqualTo(ErrorKind.INTERRUPTED);
		assertThat(stream.decoder.partial().text()).isEqualTo("He");
	}

	@Test
	void aStopReasonAtACleanEndIsEnough() {
		AnthropicStream stream = AnthropicStream.of(START, start(0, TEXT), delta(0, text("Hi")), stop(0),
				end("max_tokens"));
		assertThat(stream.decoder.terminated()).isFalse();
		assertThat(stream.decoder.complete()).isFalse();
		assertThat(stream.finish().finishReason().kind()).isEqualTo(Kind.LENGTH);
	}

	@ParameterizedTest
	@CsvSource({ "overloaded_error, OVERLOADED, true", "api_error, SERVER_ERROR, true",
			"rate_limit_error, RATE_LIMIT, true", "invalid_request_error, INVALID_REQUEST, false" })
	@DisplayName("54: an error event is a typed error")
	void anErrorEventIsATypedError(String type, ErrorKind kind, boolean retryable) {
		AnthropicStream stream = AnthropicStream.of(START, start(0, TEXT), delta(0, text("He")));
		String error = "{'type':'error','error':{'type':'" + type + "','message':'So sorry'},'request_id':'req_9'}";
		ProviderException named = catchThrowableOfType(ProviderException.class, () -> stream.frame("error", error));
		ProviderException unnamed = catchThrowableOfType(ProviderException.class, () -> stream.frame(null, error));
		for (ProviderException ex : new ProviderException[] { named, unnamed }) {
			assertThat(ex.kind()).isEqualTo(kind);
			assertThat(ex.retryable()).isEqualTo(retryable);
			assertThat(ex).hasMessageContaining("So sorry");
			assertThat(ex.vendor().type()).isEqualTo(type);
			assertThat(ex.vendor().requestId()).isEqualTo("req_9");
		}
		assertThat(stream.decoder.partial().text()).isEqualTo("He");
	}

	@Test
	@DisplayName("60: thinking is reasoning, and its signature is kept")
	void thinkingIsReasoningAndItsSignatureIsKept() {
		AnthropicStream stream = AnthropicStream.of(START, start(0, THINKING),
				delta(0, "{'type':'thinking_delta','thinking':'Let me '}"),
				delta(0, "{'type':'thinking_delta','thinking':'see.'}"),
				delta(0, "{'type':'signature_delta','signature':'EqQB/+=='}"), stop(0), start(1, TEXT),
				delta(1, text("Yes")), stop(1), end("end_turn"), STOP);
		AssistantMessage message = stream.finish();
		assertThat(stream.events).startsWith(new ReasoningDelta("Let me "), new ReasoningDelta("see."));
		assertThat(message.reasoning()).isEqualTo("Let me see.");
		assertThat(message.text()).isEqualTo("Yes");
		ReasoningPart part = (ReasoningPart) message.parts().get(0);
		assertThat(part.vendorJson()).isEqualTo(
				AnthropicBody.own("{\"type\":\"thinking\",\"thinking\":\"Let me see.\",\"signature\":\"EqQB/+==\"}"));
	}

	@Test
	@DisplayName("60: thinking without text is kept for its signature")
	void thinkingWithoutTextIsKeptForItsSignature() {
		AssistantMessage message = AnthropicStream.message(START, start(0, THINKING),
				delta(0, "{'type':'signature_delta','signature':'sig'}"), stop(0),
				start(1, "{'type':'redacted_thinking','data':'gAAA'}"), stop(1), end("end_turn"), STOP);
		assertThat(message.parts()).containsExactly(
				new ReasoningPart("",
						AnthropicBody.own("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"sig\"}")),
				new ReasoningPart("", AnthropicBody.own("{\"type\":\"redacted_thinking\",\"data\":\"gAAA\"}")));
	}

	@Test
	void thinkingThatBrokeOffIsNotForReplay() {
		AnthropicStream stream = AnthropicStream.of(START, start(0, THINKING),
				delta(0, "{'type':'thinking_delta','thinking':'Hm'}"));
		assertThat(stream.decoder.partial().parts()).containsExactly(new ReasoningPart("Hm", null));
	}

	@Test
	void blocksWithoutACommonFormAreKeptWhole() {
		AssistantMessage message = AnthropicStream.message(START,
				start(0, "{'type':'server_tool_use','id':'srv_1','name':'web_search','input':{}}"),
				delta(0, "{'type':'input_json_delta','partial_json':''}"),
				delta(0, "{'type':'input_json_delta','partial_json':'{\\'n\\':'}"),
				delta(0, "{'type':'input_json_delta','partial_json':' 1.10}'}"), stop(0),
				start(1, "{'type':'web_search_tool_result','tool_use_id':'srv_1','content':[ {'x':1} ]}"), stop(1),
				start(2, "{'type':'compaction','content':null}"),
				delta(2, "{'type':'compaction_delta','content':'So far'}"), stop(2),
				start(3, "{'type':'of_tomorrow','text':'a'}"), delta(3, "{'type':'tomorrow_delta','text':'b','n':2}"),
				stop(3), end("end_turn"), STOP);
		assertThat(message.text()).isEmpty();
		assertThat(message.parts()).containsExactly(
				opaque("server_tool_use",
						"{'type':'server_tool_use','id':'srv_1','name':'web_search','input':{'n': 1.10}}"),
				opaque("web_search_tool_result",
						"{'type':'web_search_tool_result','tool_use_id':'srv_1','content':[ {'x':1} ]}"),
				opaque("compaction", "{'type':'compaction','content':'So far'}"),
				opaque("of_tomorrow", "{'type':'of_tomorrow','text':'ab','n':2}"));
	}

	@Test
	void citationsStayWithTheirText() {
		AssistantMessage message = AnthropicStream.message(START, start(0, "{'type':'text','text':'','citations':[]}"),
				delta(0, "{'type':'citations_delta','citation':{'cited_text':'a','n':1.50}}"), delta(0, text("Grass")),
				delta(0, "{'type':'citations_delta','citation':{'cited_text':'b'}}"), stop(0), end("end_turn"), STOP);
		assertThat(message.text()).isEqualTo("Grass");
		assertThat(message.parts()).containsExactly(new TextPart("Grass",
				AnthropicBody
					.own("{\"type\":\"text\",\"text\":\"Grass\",\"citations\":[{\"cited_text\":\"a\",\"n\":1.50},"
							+ "{\"cited_text\":\"b\"}]}")));
	}

	@Test
	void blocksGrowInPlaceHoweverManyPiecesCome() {
		RawBlock block = new RawBlock(Map.of("list", "[ ]"), null);
		block.put("text", "\"\\u00e9\"");
		for (int i = 0; i < 200_000; i++) {
			block.merge("text", "\"x\"");
			block.add("list", "1");
		}
		assertThat(block.json()).matches("\\{\"list\":\\[ 1,[1,]+,1],\"text\":\"\\\\u00e9x+\"}");
	}

	@Test
	void unknownEventsAndStopReasonsAreNoErrors() {
		AssistantMessage message = AnthropicStream.message(START, "{'type':'of_tomorrow','delta':{'x':[1,{}]}}",
				start(0, TEXT), delta(0, text("Hi")), stop(0), end("of_tomorrow"), STOP);
		assertThat(message.text()).isEqualTo("Hi");
		assertThat(message.finishReason()).isEqualTo(new FinishReason(Kind.UNKNOWN, "of_tomorrow"));
	}

	@ParameterizedTest
	@CsvSource({ "end_turn, STOP", "stop_sequence, STOP", "max_tokens, LENGTH", "model_context_window_exceeded, LENGTH",
			"tool_use, TOOL_CALLS", "pause_turn, PAUSE", "refusal, CONTENT_FILTER" })
	void stopReasonsHaveOneVocabulary(String raw, Kind kind) {
		assertThat(AnthropicStream.message(START, end(raw), STOP).finishReason())
			.isEqualTo(new FinishReason(kind, raw));
	}

	@Test
	void inputIncludesCacheReadsAndWrites() {
		AssistantMessage message = AnthropicStream.message(
				"{'type':'message_start','message':{'content':[],'usage':{'input_tokens':3,'output_tokens':1,"
						+ "'cache_read_input_tokens':100,'cache_creation_input_tokens':20,'service_tier':'standard'}}}",
				"{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'input_tokens':null,"
						+ "'output_tokens':9,'output_tokens_details':{'thinking_tokens':4}}}",
				STOP);
		assertThat(message.usage()).isEqualTo(new Usage(123L, 9L, 100L, 20L, 4L, null,
				"{\"input_tokens\":3,\"output_tokens\":9,\"cache_read_input_tokens\":100,"
						+ "\"cache_creation_input_tokens\":20,\"service_tier\":\"standard\","
						+ "\"output_tokens_details\":{\"thinking_tokens\":4}}"));
	}

	@Test
	void unknownUsageIsUnknown() {
		AssistantMessage message = AnthropicStream.message("{'type':'message_start','message':{'content':[]}}", STOP);
		assertThat(message.usage()).isNull();
		Usage usage = AnthropicStream.message(START, STOP).usage();
		assertThat(usage.cacheReadTokens()).isNull();
		assertThat(usage.inputTokens()).isEqualTo(10L);
	}

	@Test
	void furtherFieldsOfTheMessageAreKept() {
		AssistantMessage message = AnthropicStream.message(START,
				"{'type':'message_delta','delta':{'stop_reason':'stop_sequence','stop_sequence':'END'},"
						+ "'context_management':{'applied_edits':[]}}",
				STOP);
		assertThat(message.response().vendorFields())
			.isEqualTo(Map.of("stop_sequence", "\"END\"", "context_management", "{\"applied_edits\":[]}"));
	}

	@Test
	void aSecondMessageStartVoidsTheFirst() {
		AssistantMessage message = AnthropicStream.message(START, start(0, TEXT), delta(0, text("lost")), START,
				start(0, TEXT), delta(0, text("kept")), stop(0), end("end_turn"), STOP);
		assertThat(message.text()).isEqualTo("kept");
	}

	@Test
	void aStartWithContentIsAMessage() {
		AnthropicStream stream = AnthropicStream.of(
				"{'type':'message_start','message':{'content':[{'type':'text','text':'Hi'}],'stop_reason':'end_turn'}}",
				STOP);
		assertThat(stream.finish().text()).isEqualTo("Hi");
		assertThat(stream.events).containsExactly(new ContentDelta("Hi"));
	}

	@Test
	void theOrderOfFieldsDoesNotMatter() {
		AssistantMessage message = AnthropicStream.message(START,
				"{'content_block':{'text':'','type':'text'},'index':0,'type':'content_block_start'}",
				"{'delta':{'text':'Hi','type':'text_delta'},'index':0,'type':'content_block_delta'}",
				"{'delta':{'stop_reason':'end_turn'},'type':'message_delta'}", STOP);
		assertThat(message.text()).isEqualTo("Hi");
	}

	@Test
	void malformedEventsAreErrorsThatSayWhere() {
		AnthropicStream stream = AnthropicStream.of(START);
		assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> stream.frame("{'type':'content_bl"))
			.withMessageContaining("Event 2 of the stream is malformed")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(ErrorKind.PROTOCOL));
		assertThatExceptionOfType(ProviderException.class)
			.isThrownBy(() -> AnthropicStream.of(START, delta(4, text("x"))))
			.withMessageContaining("content block 4, which is not open");
	}

	@Test
	void anAnswerInOnePieceSaysTheSame() {
		AssistantMessage message = AnthropicStream.answer("{'id':'msg_1','type':'message','role':'assistant',"
				+ "'model':'m','content':[{'type':'thinking', 'thinking':'Hm', 'signature':'s'},"
				+ "{'type':'text','text':'Hi'}],'stop_reason':'end_turn','stop_sequence':null,"
				+ "'usage':{'input_tokens':1,'output_tokens':2}}");
		assertThat(message.parts()).containsExactly(
				new ReasoningPart("Hm",
						AnthropicBody.own("{\"type\":\"thinking\", \"thinking\":\"Hm\", \"signature\":\"s\"}")),
				new TextPart("Hi"));
		assertThat(message.usage().totalTokens()).isEqualTo(3L);
	}

	@Test
	void anErrorOrNothingInAnAnswerIsAnError() {
		assertThat(kindOf(() -> AnthropicStream
			.answer("{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}")))
			.isEqualTo(ErrorKind.OVERLOADED);
		assertThat(kindOf(() -> AnthropicStream.answer("{'ok':true}"))).isEqualTo(ErrorKind.PROTOCOL);
		assertThat(kindOf(() -> AnthropicStream.answer("{'content':[]}"))).isEqualTo(ErrorKind.INTERRUPTED);
	}

	private static OpaquePart opaque(String type, String json) {
		return new OpaquePart(type, AnthropicBody.own(json.replace('\'', '"')));
	}

	private static ErrorKind kindOf(Runnable reading) {
		return catchThrowableOfType(ProviderException.class, reading::run).kind();
	}

}
