package io.nexus3.provider.behaviour;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.FinishReason.Kind;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ReasoningDelta;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.RefusalDelta;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.behaviour.Answers.Answer;
import io.nexus3.provider.config.Limits;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.nexus3.provider.behaviour.Answers.delta;
import static io.nexus3.provider.behaviour.Answers.finish;
import static io.nexus3.provider.behaviour.Answers.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What streams mean: text, reasoning, ends, framing and what is not as it should be.
 */
class StreamBehaviourTests {

	@ParameterizedTest
	@DisplayName("46: nothing, or only a terminal marker, is an empty response and never a message")
	@ValueSource(strings = { "", "data: [DONE]\n\n", ": ping\n\n", "data: {\"choices\":[]}\n\ndata: [DONE]\n\n",
			"data:\n\ndata: [DONE]\n\n", "data: {}\n\n" })
	void emptyResponse(String body) {
		Answer answer = Answers.sse(body);
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.EMPTY_RESPONSE);
		assertThat(answer.error().retryable()).isTrue();
		assertThat(answer.events()).isEmpty();
	}

	@Test
	@DisplayName("47: two pieces of text, stop and the marker make one message of 11 characters")
	void textStream() {
		Answer answer = Answers.stream(text("Hello"), text(" world"), finish("stop"), "[DONE]");
		assertThat(answer.message().text()).isEqualTo("Hello world").hasSize(11);
		assertThat(answer.message().finishReason().kind()).isEqualTo(Kind.STOP);
		assertThat(answer.message().finishReason().raw()).isEqualTo("stop");
		assertThat(answer.terminated()).isTrue();
		assertThat(answer.frames()).isEqualTo(4);
		assertThat(answer.events()).containsExactly(new ContentDelta("Hello"), new ContentDelta(" world"));
	}

	@ParameterizedTest
	@DisplayName("47: the finish reason is kept as sent and by its kind")
	@CsvSource({ "stop,STOP", "length,LENGTH", "tool_calls,TOOL_CALLS", "function_call,TOOL_CALLS",
			"content_filter,CONTENT_FILTER", "eos,STOP", "something_new,UNKNOWN", "STOP,STOP" })
	void finishReasons(String raw, Kind kind) {
		Answer answer = Answers.stream(text("a"), finish(raw), "[DONE]");
		assertThat(answer.message().finishReason().raw()).isEqualTo(raw);
		assertThat(answer.message().finishReason().kind()).isEqualTo(kind);
	}

	@Test
	@DisplayName("47: a finish reason without the marker is a message, and the summary can say so")
	void noMarker() {
		Answer answer = Answers.stream(text("a"), finish("stop"));
		assertThat(answer.message().text()).isEqualTo("a");
		assertThat(answer.terminated()).isFalse();
	}

	@Test
	@DisplayName("47: the marker without a finish reason is a message of unknown reason")
	void noFinishReason() {
		Answer answer = Answers.stream(text("a"), "[DONE]");
		assertThat(answer.message().text()).isEqualTo("a");
		assertThat(answer.message().finishReason().kind()).isEqualTo(Kind.UNKNOWN);
		assertThat(answer.message().finishReason().raw()).isNull();
	}

	@Test
	@DisplayName("47: neither a marker nor a finish reason is an interrupted stream")
	void neither() {
		Answer answer = Answers.stream(text("a"));
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.INTERRUPTED);
		assertThat(answer.partial().text()).isEqualTo("a");
	}

	@Test
	@DisplayName("47: an empty finish reason in the middle ends nothing")
	void emptyFinishReason() {
		String empty = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"\"}]}";
		assertThat(Answers.stream(empty, empty).error().kind()).isEqualTo(ErrorKind.INTERRUPTED);
		Answer answer = Answers.stream(empty, empty, finish("stop"), empty);
		assertThat(answer.message().text()).isEqualTo("aaa");
		assertThat(answer.message().finishReason().kind()).isEqualTo(Kind.STOP);
	}

	@Test
	@DisplayName("47: what follows the marker is ignored")
	void afterTheMarker() {
		Answer answer = Answers.stream(text("a"), "[DONE]", text("b"), "no JSON");
		assertThat(answer.message().text()).isEqualTo("a");
	}

	@ParameterizedTest
	@DisplayName("48: data with a space, without one, or mixed means the same")
	@ValueSource(strings = { "data: %s\n\ndata: %s\n\ndata: [DONE]\n\n", "data:%s\n\ndata:%s\n\ndata:[DONE]\n\n",
			"data:%s\n\ndata: %s\n\ndata:[DONE]\n\n", "data: %s\r\n\r\ndata:%s\r\n\r\ndata: [DONE]",
			"\uFEFFdata: %s\r\rdata: %s\r\rdata: [DONE]\r\r" })
	void dataWithAndWithoutSpace(String form) {
		Answer answer = Answers.sse(form.formatted(text("Hello"), finish("stop")));
		assertThat(answer.message().text()).isEqualTo("Hello");
		assertThat(answer.terminated()).isTrue();
		assertThat(answer.frames()).isEqualTo(3);
	}

	@Test
	@DisplayName("49: the corporate recording: no spaces, reasoning twice, no marker")
	void corporateRecording() {
		String first = "The configuration is";
		String second = " complete.";
		Answer answer = Answers.sse("data:" + delta("\"role\":\"assistant\",\"content\":\"\"") + "\n\n" + "data:"
				+ delta("\"reasoning\":\"\"") + "\n\n" + "data:"
				+ delta("\"reasoning\":\"I should say it.\",\"reasoning_details\":"
						+ "[{\"type\":\"reasoning.text\",\"text\":\"I should say it.\",\"index\":0}]")
				+ "\n\n" + "data:" + delta("\"content\":\"\"") + "\n\n" + "data:" + text(first) + "\n\n" + "data:"
				+ text(second) + "\n\n" + "data:{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
				+ "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":20,\"total_tokens\":30}}\n\n");
		assertThat(answer.events()).containsExactly(new ReasoningDelta("I should say it."), new ContentDelta(first),
				new ContentDelta(second));
		AssistantMessage message = answer.message();
		assertThat(message.text()).isEqualTo(first + second).hasSize(30);
		assertThat(message.reasoning()).isEqualTo("I should say it.");
		assertThat(message.usage().outputTokens()).isEqualTo(20);
		assertThat(message.finishReason().raw()).isEqualTo("stop");
		assertThat(answer.frames()).isEqualTo(7);
		assertThat(answer.terminated()).isFalse();
	}

	@ParameterizedTest
	@DisplayName("50: reasoning comes first, under either name, and stays out of the text")
	@ValueSource(strings = { "reasoning_content", "reasoning" })
	void reasoning(String field) {
		Answer answer = Answers.stream(delta("\"" + field + "\":\"Hm\",\"content\":null"),
				delta("\"" + field + "\":\"m.\",\"content\":\"\""), text("Yes"), finish("stop"), "[DONE]");
		assertThat(answer.events()).containsExactly(new ReasoningDelta("Hm"), new ReasoningDelta("m."),
				new ContentDelta("Yes"));
		assertThat(answer.message().text()).isEqualTo("Yes");
		assertThat(answer.message().reasoning()).isEqualTo("Hmm.");
		assertThat(answer.message().parts()).containsExactly(ReasoningPart.of("Hmm."), new TextPart("Yes"));
	}

	@Test
	@DisplayName("50: reasoning under both names counts once")
	void reasoningTwice() {
		Answer answer = Answers.stream(delta("\"reasoning\":\"Hm\",\"reasoning_content\":\"Hm\""), text("Yes"),
				"[DONE]");
		assertThat(answer.message().reasoning()).isEqualTo("Hm");
	}

	@ParameterizedTest
	@DisplayName("55: null in place of a field is as if it were absent")
	@ValueSource(strings = { "{\"choices\":null}", "{\"choices\":[null]}",
			"{\"choices\":[{\"index\":0,\"delta\":null}]}",
			"{\"choices\":[{\"index\":null,\"delta\":{\"content\":null,\"tool_calls\":null,\"refusal\":null}}]}",
			"{\"choices\":[{\"delta\":{\"function_call\":null,\"reasoning\":null,\"reasoning_details\":null}}]}",
			"{\"id\":null,\"model\":null,\"usage\":null,\"error\":null,\"provider\":null,\"choices\":[]}",
			"{\"choices\":[{\"finish_reason\":null}]}", "{\"error\":{},\"choices\":[]}" })
	void nullIsAbsent(String event) {
		Answer answer = Answers.stream(event, text("Hello"), event, finish("stop"), "[DONE]");
		assertThat(answer.message().text()).isEqualTo("Hello");
		assertThat(answer.events()).hasSize(1);
	}

	@ParameterizedTest
	@DisplayName("55: an event that is malformed or no object is an error that names its position")
	@ValueSource(strings = { "{\"choices\":[", "{\"choices\"", "{", "[]", "[{\"choices\":[]}]", "12", "\"text\"",
			"null", "true", "nonsense", "{'choices':[]}", "{\"choices\":[],}", "{\"choices\":[]} {\"choices\":[]}",
			"{\"choices\":[]}x", "{\"choices\":[]}1", "{\"choices\":[]}tru", "{\"choices\":[]}\\\"",
			"{\"choices\":[]}-", "{\"choices\":[]} \\\"abc", "{\"choices\":[{\"delta\":{\"content\":\"abc}}]}",
			"<html></html>" })
	void malformedEvent(String event) {
		Answer answer = Answers.stream(text("a"), event.replace("\\\"", "\""), finish("stop"), "[DONE]");
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.PROTOCOL);
		assertThat(answer.error()).hasMessageContaining("Event 2 of the stream");
		assertThat(answer.events()).containsExactly(new ContentDelta("a"));
		assertThat(answer.partial().text()).isEqualTo("a");
	}

	@Test
	@DisplayName("55: the last event of a stream is held to be whole JSON as well")
	void garbageAfterTheLastEvent() {
		assertThat(Answers.stream(text("a"), finish("stop") + "fal").error().kind()).isEqualTo(ErrorKind.PROTOCOL);
	}

	@ParameterizedTest
	@DisplayName("55: a known field of a wrong type is an error that names the field")
	@CsvSource(delimiter = '|',
			value = { "choices|{\"choices\":{}}", "choices|{\"choices\":[1]}", "usage|{\"usage\":7}",
					"usage|{\"usage\":[]}", "delta|{\"choices\":[{\"delta\":\"a\"}]}",
					"delta|{\"choices\":[{\"delta\":[]}]}", "index|{\"choices\":[{\"index\":\"0\"}]}",
					"finish_reason|{\"choices\":[{\"finish_reason\":1}]}",
					"content|{\"choices\":[{\"delta\":{\"content\":1}}]}",
					"content|{\"choices\":[{\"delta\":{\"content\":{}}}]}",
					"reasoning_content|{\"choices\":[{\"delta\":{\"reasoning_content\":{}}}]}",
					"reasoning_details|{\"choices\":[{\"delta\":{\"reasoning_details\":{}}}]}",
					"refusal|{\"choices\":[{\"delta\":{\"refusal\":true}}]}",
					"tool_calls|{\"choices\":[{\"delta\":{\"tool_calls\":{}}}]}",
					"tool_calls|{\"choices\":[{\"delta\":{\"tool_calls\":[\"a\"]}}]}",
					"function|{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":\"a\"}]}}]}",
					"name|{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":1}}]}}]}",
					"function_call|{\"choices\":[{\"delta\":{\"function_call\":[]}}]}", "id|{\"id\":{}}",
					"model|{\"model\":[]}" })
	void wrongType(String field, String event) {
		Answer answer = Answers.stream(text("a"), event, "[DONE]");
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.PROTOCOL);
		assertThat(answer.error()).hasMessageContaining("'" + field + "'").hasMessageContaining("Event 2");
	}

	@Test
	@DisplayName("55: lines of data are joined to one event")
	void multiLineData() {
		Answer answer = Answers
			.sse("data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"a\"}\ndata: }]}\n\ndata: [DONE]\n\n");
		assertThat(answer.message().text()).isEqualTo("a");
	}

	@Test
	@DisplayName("55: a last line without its newline is honoured")
	void lastLineWithoutNewline() {
		assertThat(Answers.sse("data: " + text("a") + "\n\ndata: " + finish("stop")).message().text()).isEqualTo("a");
	}

	@ParameterizedTest
	@DisplayName("55: characters that are split between buffers come whole")
	@ValueSource(ints = { 1, 2, 3, 5, 7 })
	void splitUtf8(int pieceSize) {
		String body = Answers.framed(text("Grüße, 世界 🌍"), text("é"), finish("stop"), "[DONE]");
		Answer answer = Answers.sse(Limits.defaults(), body.getBytes(StandardCharsets.UTF_8), pieceSize);
		assertThat(answer.message().text()).isEqualTo("Grüße, 世界 🌍é");
	}

	@Test
	@DisplayName("55: invalid UTF-8 inside an event becomes U+FFFD and the stream goes on")
	void invalidUtf8() {
		byte[] body = Answers.framed(text("a?b"), text("c"), finish("stop"), "[DONE]").getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < body.length; i++) {
			body[i] = (body[i] == '?') ? (byte) 0xC3 : body[i];
		}
		Answer answer = Answers.sse(Limits.defaults(), body, 16);
		assertThat(answer.message().text()).isEqualTo("a\uFFFDbc");
		assertThat(answer.events()).containsExactly(new ContentDelta("a\uFFFDb"), new ContentDelta("c"));
	}

	@ParameterizedTest
	@DisplayName("55: nesting and numbers without end are an error at once")
	@ValueSource(strings = { "{\"x\":%s}", "{\"choices\":[{\"delta\":{\"reasoning_details\":[%s]}}]}",
			"{\"choices\":[{\"delta\":{\"content\":[%s]}}]}", "{\"error\":%s}", "{\"usage\":{\"a\":%s}}" })
	void deepNesting(String form) {
		String deep = "[".repeat(100_000) + "]".repeat(100_000);
		assertThat(Answers.stream(form.formatted(deep)).error().kind()).isEqualTo(ErrorKind.PROTOCOL);
		String huge = "9".repeat(100_000);
		Answer answer = Answers.stream("{\"choices\":[{\"index\":" + huge + "}]}");
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.PROTOCOL);
	}

	@ParameterizedTest
	@DisplayName("55: an index beyond all bounds is an error and not a crash")
	@ValueSource(strings = { "99999999999", "1e400", "9999999999999999999999", "1.5" })
	void hugeIndex(String index) {
		assertThat(Answers.stream("{\"choices\":[{\"index\":" + index + "}]}").error().kind())
			.isEqualTo(ErrorKind.PROTOCOL);
		assertThat(Answers.stream(Answers.tool("\"index\":" + index)).error().kind()).isEqualTo(ErrorKind.PROTOCOL);
	}

	@Test
	@DisplayName("47: a refusal is delivered as such")
	void refusal() {
		Answer answer = Answers.stream(delta("\"refusal\":\"I can\""), delta("\"refusal\":\"not.\",\"content\":null"),
				finish("stop"), "[DONE]");
		assertThat(answer.events()).containsExactly(new RefusalDelta("I can"), new RefusalDelta("not."));
		assertThat(answer.message().refusal()).isEqualTo("I cannot.");
		assertThat(answer.message().text()).isEmpty();
	}

	@Test
	@DisplayName("47: of several choices only the first counts, whatever their order")
	void severalChoices() {
		Answer answer = Answers.stream(
				"{\"choices\":[{\"delta\":{\"content\":\"B\"},\"index\":1},{\"delta\":{\"content\":\"A\"},\"index\":0}]}",
				"{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"B\",\"odd\":\"B\",\"audio\":{\"id\":\"B\"}},"
						+ "\"logprobs\":{\"b\":1},\"finish_reason\":\"length\"}]}",
				"{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}", "[DONE]");
		assertThat(answer.message().text()).isEqualTo("Aa");
		assertThat(answer.message().finishReason().kind()).isEqualTo(Kind.STOP);
		assertThat(answer.message().response().vendorFields()).isEmpty();
		assertThat(answer.message().parts()).hasSize(1);
	}

	@Test
	@DisplayName("46: a stream of other choices only has no answer")
	void onlyOtherChoices() {
		Answer answer = Answers.stream("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"B\"}}]}", "[DONE]");
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.EMPTY_RESPONSE);
	}

	@Test
	@DisplayName("47: unknown fields are kept as they came")
	void unknownFields() {
		Answer answer = Answers.stream(
				"{\"id\":\"r1\",\"model\":\"m1\",\"provider\":\"up\",\"created\":1,\"system_fingerprint\":\"fp\","
						+ "\"zebra\":{\"a\": [1, 2]},\"choices\":[{\"index\":0,\"native_finish_reason\":\"done\","
						+ "\"delta\":{\"content\":\"a\",\"audio\":{\"id\": \"x\"},\"mood\":\"good\"}}]}",
				finish("stop"), "[DONE]");
		AssistantMessage message = answer.message();
		assertThat(message.response().id()).isEqualTo("r1");
		assertThat(message.response().model()).isEqualTo("m1");
		assertThat(message.response().provider()).isEqualTo("acme");
		assertThat(message.response().upstreamProvider()).isEqualTo("up");
		assertThat(message.response().vendorFields()).containsEntry("zebra", "{\"a\": [1, 2]}")
			.containsEntry("system_fingerprint", "\"fp\"")
			.containsEntry("choice.native_finish_reason", "\"done\"")
			.containsEntry("message.mood", "\"good\"");
		OpaquePart opaque = (OpaquePart) message.parts()
			.stream()
			.filter(OpaquePart.class::isInstance)
			.findFirst()
			.get();
		assertThat(opaque.type()).isEqualTo("audio");
		assertThat(opaque.vendorJson().json()).isEqualTo("{\"id\": \"x\"}");
	}

	@Test
	@DisplayName("47: content in parts is read part by part")
	void contentInParts() {
		Answer answer = Answers.stream(delta("\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\","
				+ "\"text\":\"Hm\"}]},{\"type\":\"text\",\"text\":\"Yes\"},\"!\",null,{\"type\":\"new\",\"x\":1}]"),
				finish("stop"), "[DONE]");
		assertThat(answer.message().reasoning()).isEqualTo("Hm");
		assertThat(answer.message().text()).isEqualTo("Yes!");
		assertThat(answer.message().parts()).last()
			.isInstanceOfSatisfying(OpaquePart.class, (part) -> assertThat(part.type()).isEqualTo("new"));
	}

	@Test
	@DisplayName("50: reasoning details in pieces are put together for sending back")
	void reasoningDetails() {
		Answer answer = Answers.stream(delta(
				"\"reasoning\":\"a\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"a\",\"index\":0}]"),
				delta("\"reasoning\":\"b\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"b\",\"index\":0}]"),
				delta("\"reasoning_details\":[{\"type\":\"reasoning.text\",\"signature\":\"sig\",\"index\":0}]"),
				text("Yes"), finish("stop"), "[DONE]");
		ReasoningPart part = (ReasoningPart) answer.message().parts().get(0);
		assertThat(part.text()).isEqualTo("ab");
		assertThat(part.vendorJson().json())
			.isEqualTo("[{\"type\":\"reasoning.text\",\"text\":\"ab\",\"index\":0,\"signature\":\"sig\"}]");
	}

	@Test
	@DisplayName("limits: events of one stream")
	void eventLimit() {
		Answer answer = Answers.stream(limits(10_000, 1000, 3), text("a"), text("b"), text("c"), text("d"), "[DONE]");
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.RESPONSE_TOO_LARGE);
		assertThat(answer.error()).hasMessageContaining("limit events of 3");
		assertThat(answer.partial().text()).isEqualTo("abc");
	}

	@Test
	@DisplayName("limits: arguments of one tool call")
	void toolArgumentsLimit() {
		String piece = Answers
			.tool("\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"" + "x".repeat(60) + "\"}");
		Answer answer = Answers.stream(limits(10_000, 100, 100), piece, piece, "[DONE]");
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.RESPONSE_TOO_LARGE);
		assertThat(answer.error()).hasMessageContaining("limit tool-arguments of 100");
	}

	@ParameterizedTest
	@DisplayName("limits: the whole answer, whatever it is made of")
	@ValueSource(strings = { "\"content\":\"%s\"", "\"reasoning\":\"%s\"", "\"refusal\":\"%s\"",
			"\"reasoning_details\":[{\"data\":\"%s\"}]", "\"audio\":{\"data\":\"%s\"}",
			"\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"%s\"}}]",
			"\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"%s\"}}]" })
	void answerLimit(String form) {
		String piece = delta(form.formatted("xy".repeat(300)));
		Answer answer = Answers.stream(limits(1000, 100_000, 100), piece, piece, piece, piece, "[DONE]");
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.RESPONSE_TOO_LARGE);
		assertThat(answer.error()).hasMessageContaining("limit response-body of 1000");
	}

	@Test
	@DisplayName("limits: log probabilities count as well")
	void logProbabilitiesLimit() {
		String piece = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":\""
				+ "x".repeat(600) + "\"}}]}";
		Answer answer = Answers.stream(limits(1000, 1000, 100), piece, piece, piece, "[DONE]");
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.RESPONSE_TOO_LARGE);
	}

	@Test
	@DisplayName("limits: further fields count as far as they are kept")
	void vendorFieldsLimit() {
		String[] same = new String[50];
		String[] other = new String[50];
		for (int i = 0; i < 50; i++) {
			same[i] = "{\"zebra\":\"" + "x".repeat(100) + "\",\"choices\":[{\"index\":0,\"delta\":{}}]}";
			other[i] = same[i].replace("zebra", "zebra" + i);
		}
		assertThat(Answers.stream(limits(1000, 1000, 100), same).error().kind()).isEqualTo(ErrorKind.INTERRUPTED);
		assertThat(Answers.stream(limits(1000, 1000, 100), other).error().kind())
			.isEqualTo(ErrorKind.RESPONSE_TOO_LARGE);
	}

	@ParameterizedTest
	@DisplayName("limits: parts with nothing in them count as well")
	@ValueSource(strings = { "\"tool_calls\":[{\"index\":%d}]",
			"\"content\":[{\"type\":\"thinking\",\"thinking\":\"%d\"},\"a\"]" })
	void emptyPartsLimit(String form) {
		String[] chunks = new String[90];
		for (int i = 0; i < chunks.length; i++) {
			chunks[i] = delta(form.formatted(i));
		}
		assertThat(Answers.stream(limits(1000, 1000, 100), chunks).error().kind())
			.isEqualTo(ErrorKind.RESPONSE_TOO_LARGE);
	}

	@Test
	@DisplayName("limits: a name that never ends is refused in time linear in its length")
	void endlessName() {
		Limits limits = limits(32 * 1024 * 1024, 4 * 1024 * 1024, 1_000_000);
		String[] pieces = new String[4000];
		for (int i = 0; i < pieces.length; i++) {
			pieces[i] = Answers.tool("\"index\":0,\"function\":{\"name\":\"" + i + "xy".repeat(1000) + "\"}");
		}
		long start = System.nanoTime();
		Answer answer = Answers.stream(limits, pieces);
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.RESPONSE_TOO_LARGE);
		assertThat(System.nanoTime() - start).isLessThan(3_000_000_000L);
	}

	private static Limits limits(int responseBody, int toolArguments, int events) {
		return new Limits(1000, responseBody, 1024 * 1024, toolArguments, events, 1000);
	}

	@Test
	@DisplayName("47: a whole stream is read the same however it is cut")
	void piecesDoNotMatter() {
		byte[] body = Answers.framed(delta("\"reasoning\":\"ü\""), text("Hello"), finish("stop"), "[DONE]")
			.getBytes(StandardCharsets.UTF_8);
		List<StreamEvent> expected = List.of(new ReasoningDelta("ü"), new ContentDelta("Hello"));
		for (int size = 1; size < body.length; size++) {
			assertThat(Answers.sse(Limits.defaults(), body, size).events()).isEqualTo(expected);
		}
	}

}
