package io.nexus3.provider.protocol.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.FinishReason;
import io.nexus3.provider.FinishReason.Kind;
import io.nexus3.provider.Message;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolCallDelta;
import io.nexus3.provider.ToolCallStarted;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.protocol.InvalidCallWarning;
import io.nexus3.provider.transport.sse.SseDecoder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import static io.nexus3.provider.protocol.anthropic.AnthropicBody.answer;
import static io.nexus3.provider.protocol.anthropic.AnthropicBody.call;
import static io.nexus3.provider.protocol.anthropic.AnthropicBody.json;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.START;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.STOP;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.delta;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.end;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.start;
import static io.nexus3.provider.protocol.anthropic.AnthropicStream.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The numbered behaviours in Anthropic's format.
 */
class AnthropicBehaviourTests {

	private static final String TEXT = start(0, "{'type':'text','text':''}");

	private static final String TOOL = start(0, "{'type':'tool_use','id':'toolu_1','name':'look','input':{}}");

	@Test
	@DisplayName("28: messages are written with what they need and nothing else")
	void writesMessages() {
		assertThat(AnthropicBody.of(SystemMessage.of("Be brief."), UserMessage.of("hi"),
				answer(new TextPart("Hm."), call("t1", "look", "{\"at\":1}")), ToolMessage.of("t1", "sky")))
			.isEqualTo(json("{'model':'claude-sonnet-4-5','max_tokens':32000,'system':'Be brief.','messages':["
					+ "{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':'text','text':'Hm.'},"
					+ "{'type':'tool_use','id':'t1','name':'look','input':{'at':1}}]},{'role':'user','content':["
					+ "{'type':'tool_result','tool_use_id':'t1','content':'sky'}]}]}"));
	}

	@Test
	@DisplayName("29: results of unknown calls are not sent, and the caller's list stays as it is")
	void leavesOutStrayResults() {
		List<Message> messages = new ArrayList<>(List.of(ToolMessage.of("t0", "stray"), UserMessage.of("hi"),
				answer(call("t1", "look", "{}")), ToolMessage.of("t1", "r"), ToolMessage.of("t9", "stray")));
		List<Message> before = List.copyOf(messages);
		JsonNode sent = AnthropicBody.messages(messages.toArray(Message[]::new));
		assertThat(sent.findValuesAsString("tool_use_id")).containsExactly("t1");
		assertThat(sent).hasSize(3);
		assertThat(messages).isEqualTo(before);
	}

	@Test
	@DisplayName("31: user, assistant with a call, result: exactly three turns")
	void inventsNoTurn() {
		JsonNode sent = AnthropicBody.messages(UserMessage.of("hi"), answer(call("t1", "look", "{}")),
				ToolMessage.of("t1", "r"));
		assertThat(sent.findValuesAsString("role")).containsExactly("user", "assistant", "user");
	}

	@Test
	@DisplayName("39: usage is returned, with null in it or none at all, and the content is intact")
	void returnsUsage() {
		String body = "{'type':'message','content':[{'type':'text','text':'Hi'}],'stop_reason':'end_turn'%s}";
		AssistantMessage none = AnthropicStream.answer(body.formatted(""));
		assertThat(none.usage()).isNull();
		AssistantMessage nulls = AnthropicStream.answer(body.formatted(",'usage':null"));
		assertThat(nulls.usage()).isNull();
		AssistantMessage half = AnthropicStream
			.answer(body.formatted(",'usage':{'input_tokens':3,'cache_read_input_tokens':null,'output_tokens':4}"));
		assertThat(half.usage().inputTokens()).isEqualTo(3);
		assertThat(half.usage().cacheReadTokens()).isNull();
		assertThat(half.usage().outputTokens()).isEqualTo(4);
		assertThat(List.of(none.text(), nulls.text(), half.text())).containsOnly("Hi");
	}

	@Test
	@DisplayName("39: of the output tokens the last number counts, and nothing is added up")
	void takesTheLastUsage() {
		AssistantMessage message = AnthropicStream.message(START, TEXT, delta(0, "{'type':'text_delta','text':'x'}"),
				"{'type':'message_delta','delta':{},'usage':{'output_tokens':5}}", stop(0), end("end_turn"), STOP);
		assertThat(message.usage().inputTokens()).isEqualTo(10);
		assertThat(message.usage().outputTokens()).isEqualTo(7);
	}

	@Test
	@DisplayName("40: thinking of a whole answer is apart from its text")
	void keepsThinkingApart() {
		AssistantMessage message = AnthropicStream.answer("{'type':'message','content':["
				+ "{'type':'thinking','thinking':'hm','signature':'s'},{'type':'text','text':'yes'}],"
				+ "'stop_reason':'end_turn'}");
		assertThat(message.text()).isEqualTo("yes");
		assertThat(message.reasoning()).isEqualTo("hm");
	}

	@Test
	@DisplayName("42: input becomes a map, no input an empty one")
	void readsInput() {
		AssistantMessage message = AnthropicStream.answer("{'type':'message','content':["
				+ "{'type':'tool_use','id':'a','name':'read','input':{'path':'x','limit':100}},"
				+ "{'type':'tool_use','id':'b','name':'list','input':{}},{'type':'tool_use','id':'c','name':'now'}],"
				+ "'stop_reason':'tool_use'}");
		assertThat(message.toolCalls()).extracting((call) -> call.arguments().asMap())
			.containsExactly(Map.of("path", "x", "limit", 100), Map.of(), Map.of());
	}

	@ParameterizedTest
	@ValueSource(strings = { "this is not { valid json", "{\"program\": unquoted}", "{\"a\": [1, 2", "[1,2]", "\"x\"" })
	@DisplayName("43, 45: input that is no JSON object is unresolved with its exact text")
	void keepsInvalidInput(String raw) {
		ToolCall call = AnthropicStream.message(START, TOOL, partial(raw), stop(0), end("tool_use"), STOP)
			.toolCalls()
			.get(0);
		assertThat(call.arguments().valid()).isFalse();
		assertThat(call.arguments().raw()).isEqualTo(raw);
	}

	@Test
	@DisplayName("43: a raw input of 500 characters is kept in full and warned of with at most 100")
	void warnsOfInvalidInput() {
		Logger logger = (Logger) LoggerFactory.getLogger(InvalidCallWarning.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		String raw = "{" + "x".repeat(499);
		try {
			ToolCall call = AnthropicStream.message(START, TOOL, partial(raw), stop(0), end("tool_use"), STOP)
				.toolCalls()
				.get(0);
			assertThat(call.arguments().raw()).isEqualTo(raw);
		}
		finally {
			logger.detachAppender(log);
		}
		assertThat(log.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).contains("'look'", "x".repeat(99)).doesNotContain("x".repeat(100));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "data: {\"type\":\"ping\"}\n\n", ": hello\n\n", "data: [DONE]\n\n" })
	@DisplayName("46: nothing, pings, comments or a foreign marker are an empty response and never a message")
	void nothingIsAnEmptyResponse(String body) {
		AnthropicStream stream = sse(body);
		ProviderException error = catchThrowableOfType(ProviderException.class, stream::finish);
		assertThat(error.kind()).isEqualTo(ErrorKind.EMPTY_RESPONSE);
		assertThat(error.retryable()).isTrue();
	}

	@Test
	@DisplayName("47: two pieces of text and end_turn make one message of 11 characters")
	void makesOneMessage() {
		AnthropicStream stream = AnthropicStream.of(START, TEXT, delta(0, "{'type':'text_delta','text':'Hello'}"),
				delta(0, "{'type':'text_delta','text':' world'}"), stop(0), end("end_turn"), STOP);
		AssistantMessage message = stream.finish();
		assertThat(message.text()).hasSize(11);
		assertThat(message.finishReason()).isEqualTo(new FinishReason(Kind.STOP, "end_turn"));
		assertThat(stream.events).containsExactly(new ContentDelta("Hello"), new ContentDelta(" world"));
		assertThat(stream.decoder.terminated()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "true, true", "true, false", "false, true", "false, false" })
	@DisplayName("48: event and data with a space or without one mean the same")
	void readsFieldsWithoutSpaces(boolean eventSpace, boolean dataSpace) {
		StringBuilder body = new StringBuilder();
		for (String data : List.of(START, TEXT, delta(0, "{'type':'text_delta','text':'Hi'}"), stop(0), end("end_turn"),
				STOP)) {
			body.append(eventSpace ? "event: x" : "event:x")
				.append('\n')
				.append(dataSpace ? "data: " : "data:")
				.append(data.replace('\'', '"'))
				.append("\n\n");
		}
		assertThat(sse(body.toString()).finish().text()).isEqualTo("Hi");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r", "\r\n" })
	@DisplayName("55: every line ending, a byte order mark and a last line without its newline are read")
	void readsEveryLineEnding(String newline) {
		String body = "\uFEFF" + "data: " + START + newline + newline + "data: " + TEXT + newline + newline + "data: "
				+ delta(0, "{'type':'text_delta','text':'é漢😀'}") + newline + newline + "data: " + end("end_turn");
		assertThat(sse(body.replace('\'', '"')).finish().text()).isEqualTo("é漢😀");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'type':'content_block_delta','index':0,'delta':null}",
			"{'type':'message_delta','delta':null,'usage':null}", "{'type':'ping','data':null}",
			"{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':null}}",
			"{'type':'content_block_delta','index':0,'delta':{'type':'brand_new_delta','value':[1]}}" })
	@DisplayName("55: null in place of a field is as if it were absent, and what is new is no error")
	void nullIsAbsent(String event) {
		AssistantMessage message = AnthropicStream.message(START, TEXT, delta(0, "{'type':'text_delta','text':'x'}"),
				event, stop(0), end("end_turn"), STOP);
		assertThat(message.text()).isEqualTo("x");
	}

	@Test
	@DisplayName("55: what an unknown delta brings to a call or a text is kept")
	void keepsUnknownDeltas() {
		AssistantMessage message = AnthropicStream.message(START, start(0, "{'type':'text','text':'x'}"),
				delta(0, "{'type':'new_delta','score':0.5}"), stop(0),
				start(1, "{'type':'tool_use','id':'a','name':'look','input':{}}"),
				delta(1, "{'type':'new_delta','caller':{'type':'direct'}}"), stop(1), end("tool_use"), STOP);
		assertThat(((TextPart) message.parts().get(0)).vendorJson().json()).contains("\"score\":0.5");
		assertThat(message.toolCalls().get(0).vendorJson().json()).isEqualTo("{\"caller\":{\"type\":\"direct\"}}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1]", "\"text\"", "{\"type\":", "not json" })
	@DisplayName("55: an event that is malformed or no object is an error that names its position")
	void malformedIsAnError(String data) {
		AnthropicStream stream = AnthropicStream.of(START);
		ProviderException error = catchThrowableOfType(ProviderException.class,
				() -> sse("data: " + START.replace('\'', '"') + "\n\ndata: " + data + "\n\n"));
		assertThat(stream.events).isEmpty();
		assertThat(error.kind()).isEqualTo(ErrorKind.PROTOCOL);
		assertThat(error).hasMessageContaining("Event 2");
	}

	@Test
	@DisplayName("51: fragments of input are joined in order, the call starts once")
	void joinsFragments() {
		AnthropicStream stream = AnthropicStream.of(START, TOOL, partial(""), partial("{\"a\":"), partial("1}"),
				stop(0), end("tool_use"), STOP);
		assertThat(stream.finish().toolCalls().get(0).arguments().asMap()).isEqualTo(Map.of("a", 1));
		assertThat(stream.events).containsExactly(new ToolCallStarted(0, "toolu_1", "look"),
				new ToolCallDelta(0, "{\"a\":"), new ToolCallDelta(0, "1}"));
	}

	@Test
	@DisplayName("56: two open calls are told apart by their index, and one without an id gets one")
	void tellsCallsApart() {
		AssistantMessage message = AnthropicStream.message(START, TOOL,
				start(1, "{'type':'tool_use','name':'hear','input':{}}"), partial("{\"a\":1}"),
				delta(1, "{'type':'input_json_delta','partial_json':'{}'}"), stop(1), stop(0), end("tool_use"), STOP);
		assertThat(message.toolCalls()).extracting(ToolCall::name).containsExactly("look", "hear");
		assertThat(message.toolCalls().get(1).id()).isNotEmpty().isNotEqualTo("toolu_1");
	}

	@Test
	@DisplayName("57: a stream cut inside a call reports it as unresolved")
	void reportsACutCall() {
		AnthropicStream stream = AnthropicStream.of(START, TOOL, partial("{\"a\":1}"));
		ProviderException error = catchThrowableOfType(ProviderException.class, stream::finish);
		assertThat(error.kind()).isEqualTo(ErrorKind.INTERRUPTED);
		ToolCall call = stream.decoder.partial().toolCalls().get(0);
		assertThat(call.arguments().valid()).isFalse();
		assertThat(call.arguments().raw()).isEqualTo("{\"a\":1}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "max_tokens", "model_context_window_exceeded", "refusal" })
	@DisplayName("57: a call cut by a limit or a filter is reported as unresolved, never as finished")
	void reportsACallCutByALimit(String reason) {
		AssistantMessage message = AnthropicStream.message(START, TOOL, partial("{\"a\":"), end(reason), STOP);
		assertThat(message.toolCalls()).singleElement()
			.satisfies((call) -> assertThat(call.arguments().valid()).isFalse());
	}

	private static String partial(String json) {
		return delta(0, "{'type':'input_json_delta','partial_json':'"
				+ json.replace("\\", "\\\\").replace("\"", "\\\"").replace('\'', ' ') + "'}");
	}

	private static AnthropicStream sse(String body) {
		AnthropicStream stream = new AnthropicStream();
		SseDecoder sse = new SseDecoder(1 << 20, (frame) -> {
			stream.decoder.frame(frame, stream.events::add);
			return !stream.decoder.terminated();
		});
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		for (int at = 0; at < bytes.length; at++) {
			sse.feed(bytes, at, 1);
		}
		sse.finish();
		return stream;
	}

}
