package io.nexus3.provider.behaviour;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.FinishReason.Kind;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolCallDelta;
import io.nexus3.provider.ToolCallStarted;
import io.nexus3.provider.behaviour.Answers.Answer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.nexus3.provider.behaviour.Answers.delta;
import static io.nexus3.provider.behaviour.Answers.finish;
import static io.nexus3.provider.behaviour.Answers.text;
import static io.nexus3.provider.behaviour.Answers.tool;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every form in which servers stream tool calls gives the calls that the model meant.
 */
class ToolDeltaBehaviourTests {

	@Test
	@DisplayName("51: id and name in the first delta only")
	void idAndNameOnlyInTheFirstDelta() {
		List<ToolCall> calls = calls(tool(begin(0, "c1", "find")), tool(more(0, "{\\\"a\\\"")), tool(more(0, ":1}")));
		assertThat(calls).hasSize(1);
		assertCall(calls.get(0), "c1", "find", "{\"a\":1}", Map.of("a", 1));
	}

	@Test
	@DisplayName("51: an empty id in later deltas changes nothing")
	void emptyIdInLaterDeltas() {
		List<ToolCall> calls = calls(tool(begin(0, "c1", "find")), tool(
				"\"index\":0,\"id\":\"\",\"type\":\"\",\"function\":{\"name\":\"\",\"arguments\":\"{\\\"a\\\":\"}"),
				tool("\"index\":0,\"id\":\"\",\"type\":\"\",\"function\":{\"name\":\"\",\"arguments\":\"1}\"}"));
		assertThat(calls).hasSize(1);
		assertCall(calls.get(0), "c1", "find", "{\"a\":1}", Map.of("a", 1));
	}

	@Test
	@DisplayName("51: id and name repeated in each delta are not doubled")
	void idAndNameRepeated() {
		String head = "\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"find\",\"arguments\":";
		List<ToolCall> calls = calls(tool(head + "\"\"}"), tool(head + "\"{\\\"a\\\":\"}"), tool(head + "\"1}\"}"));
		assertThat(calls).hasSize(1);
		assertCall(calls.get(0), "c1", "find", "{\"a\":1}", Map.of("a", 1));
	}

	@Test
	@DisplayName("51: a name repeated without an id is not doubled")
	void nameRepeatedWithoutId() {
		List<ToolCall> calls = calls(tool(begin(0, "c1", "find")),
				tool("\"index\":0,\"function\":{\"name\":\"find\",\"arguments\":\"{\\\"a\\\":\"}"),
				tool("\"index\":0,\"function\":{\"name\":\"find\",\"arguments\":\"1}\"}"));
		assertThat(calls).hasSize(1);
		assertCall(calls.get(0), "c1", "find", "{\"a\":1}", Map.of("a", 1));
	}

	@Test
	@DisplayName("51: a name split over deltas is put together before the call is announced")
	void nameSplit() {
		Answer answer = answer(tool(begin(0, "c1", "find_")), tool("\"index\":0,\"function\":{\"name\":\"file\"}"),
				tool(more(0, "{}")));
		assertThat(answer.events(ToolCallStarted.class)).containsExactly(new ToolCallStarted(0, "c1", "find_file"));
		assertCall(answer.message().toolCalls().get(0), "c1", "find_file", "{}", Map.of());
	}

	@Test
	@DisplayName("51: a name that comes again grown counts once")
	void nameGrows() {
		List<ToolCall> calls = calls(tool(begin(0, "c1", "find")),
				tool("\"index\":0,\"function\":{\"name\":\"find_file\"}"), tool(more(0, "{}")));
		assertCall(calls.get(0), "c1", "find_file", "{}", Map.of());
	}

	@Test
	@DisplayName("51: an empty type changes nothing")
	void emptyType() {
		List<ToolCall> calls = calls(
				tool("\"index\":0,\"id\":\"c1\",\"type\":\"\",\"function\":{\"name\":\"find\",\"arguments\":\"{}\"}"));
		assertCall(calls.get(0), "c1", "find", "{}", Map.of());
	}

	@Test
	@DisplayName("56: an index of null with ids gives a call per id")
	void indexNull() {
		List<ToolCall> calls = calls(
				tool("\"index\":null,\"id\":\"c1\",\"function\":{\"name\":\"find\",\"arguments\":\"{\\\"a\\\":1}\"}"),
				tool("\"index\":null,\"id\":\"c2\",\"function\":{\"name\":\"find\",\"arguments\":\"{\\\"a\\\":2}\"}"));
		assertThat(calls).hasSize(2);
		assertCall(calls.get(0), "c1", "find", "{\"a\":1}", Map.of("a", 1));
		assertCall(calls.get(1), "c2", "find", "{\"a\":2}", Map.of("a", 2));
	}

	@Test
	@DisplayName("56: deltas without an index but with different ids are two calls, also in fragments")
	void noIndexAndFragments() {
		List<ToolCall> calls = calls(tool("\"id\":\"c1\",\"function\":{\"name\":\"find\",\"arguments\":\"\"}"),
				tool("\"function\":{\"arguments\":\"{\\\"a\\\":\"}"), tool("\"function\":{\"arguments\":\"1}\"}"),
				tool("\"id\":\"c2\",\"function\":{\"name\":\"read\",\"arguments\":\"\"}"),
				tool("\"function\":{\"arguments\":\"{\\\"a\\\":2}\"}"));
		assertThat(calls).hasSize(2);
		assertCall(calls.get(0), "c1", "find", "{\"a\":1}", Map.of("a", 1));
		assertCall(calls.get(1), "c2", "read", "{\"a\":2}", Map.of("a", 2));
	}

	@Test
	@DisplayName("56: fragments without an index are told apart by their ids, also interleaved")
	void interleavedById() {
		List<ToolCall> calls = calls(
				tool("\"id\":\"c1\",\"function\":{\"name\":\"find\",\"arguments\":\"{\\\"a\\\":\"}"),
				tool("\"id\":\"c2\",\"function\":{\"name\":\"read\",\"arguments\":\"{\\\"b\\\":\"}"),
				tool("\"id\":\"c1\",\"function\":{\"arguments\":\"1}\"}"),
				tool("\"id\":\"c2\",\"function\":{\"arguments\":\"2}\"}"));
		assertThat(calls).hasSize(2);
		assertCall(calls.get(0), "c1", "find", "{\"a\":1}", Map.of("a", 1));
		assertCall(calls.get(1), "c2", "read", "{\"b\":2}", Map.of("b", 2));
	}

	@Test
	@DisplayName("51: an index that is always 0 does not merge calls with different ids")
	void indexAlwaysZeroWithIds() {
		List<ToolCall> calls = calls(tool(begin(0, "c1", "find")), tool(more(0, "{\\\"a\\\":1}")),
				tool(begin(0, "c2", "find")), tool(more(0, "{\\\"a\\\":2}")));
		assertThat(calls).hasSize(2);
		assertCall(calls.get(0), "c1", "find", "{\"a\":1}", Map.of("a", 1));
		assertCall(calls.get(1), "c2", "find", "{\"a\":2}", Map.of("a", 2));
	}

	@Test
	@DisplayName("51: an index that is always 0 does not merge whole calls without ids")
	void indexAlwaysZeroWithoutIds() {
		List<ToolCall> calls = calls(tool(whole("\"index\":0,", "find", "{\\\"a\\\":1}")),
				tool(whole("\"index\":0,", "find", "{\\\"a\\\":2}")), tool(whole("\"index\":0,", "read", "{}")));
		assertThat(calls).extracting(ToolCall::name).containsExactly("find", "find", "read");
		assertThat(calls).extracting((call) -> call.arguments().raw()).containsExactly("{\"a\":1}", "{\"a\":2}", "{}");
		assertThat(calls).extracting(ToolCall::id).doesNotHaveDuplicates().noneMatch(String::isBlank);
	}

	@Test
	@DisplayName("51: whole calls in one chunk, without index or id")
	void wholeCallsInOneChunk() {
		List<ToolCall> calls = calls(delta("\"tool_calls\":[{" + whole("", "find", "{\\\"a\\\":1}") + "},{"
				+ whole("", "read", "{\\\"a\\\":2}") + "}]"));
		assertThat(calls).extracting(ToolCall::name).containsExactly("find", "read");
	}

	@Test
	@DisplayName("51: a call after text leaves the text whole")
	void callAfterText() {
		Answer answer = answer(text("Let me see."), tool(begin(0, "c1", "find")), tool(more(0, "{}")), text(" Done."));
		assertThat(answer.message().text()).isEqualTo("Let me see. Done.");
		assertThat(answer.message().toolCalls()).hasSize(1);
		assertThat(answer.message().parts()).hasSize(3);
	}

	@Test
	@DisplayName("51: arguments that come as an object in a delta are accepted")
	void argumentsAsObject() {
		List<ToolCall> calls = calls(tool(
				"\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"find\",\"arguments\":{\"path\":\"/x\",\"limit\":100}}"));
		assertCall(calls.get(0), "c1", "find", "{\"path\":\"/x\",\"limit\":100}", Map.of("path", "/x", "limit", 100));
	}

	@Test
	@DisplayName("51: empty arguments mean none and the call is announced all the same")
	void emptyArguments() {
		Answer answer = answer(tool(begin(0, "c1", "now")));
		assertThat(answer.events(ToolCallStarted.class)).containsExactly(new ToolCallStarted(0, "c1", "now"));
		assertThat(answer.message().toolCalls().get(0).arguments().valid()).isTrue();
		assertThat(answer.message().toolCalls().get(0).arguments().asMap()).isEmpty();
	}

	@Test
	@DisplayName("51: two calls without arguments stay two calls")
	void twoCallsWithoutArguments() {
		List<ToolCall> calls = calls(tool(begin(0, "c1", "now")), tool(begin(1, "c2", "here")));
		assertThat(calls).extracting(ToolCall::name).containsExactly("now", "here");
	}

	@Test
	@DisplayName("51: a trailing sentinel with nothing in it is no call")
	void trailingSentinel() {
		Answer answer = answer(tool(begin(0, "c1", "find")), tool(more(0, "{}")),
				tool("\"index\":1,\"id\":\"\",\"type\":\"function\",\"function\":{\"name\":\"\",\"arguments\":\"\"}"));
		assertThat(answer.message().toolCalls()).hasSize(1);
		assertThat(answer.events(ToolCallStarted.class)).hasSize(1);
	}

	@Test
	@DisplayName("51: a trailing sentinel with null in its fields is no call")
	void trailingSentinelOfNulls() {
		Answer answer = answer(tool(begin(0, "c1", "find")), tool(more(0, "{}")),
				tool("\"index\":1,\"id\":null,\"type\":null,\"function\":{\"name\":null,\"arguments\":null}"),
				tool("\"index\":2,\"function\":null"), delta("\"tool_calls\":[null]"), delta("\"tool_calls\":[]"));
		assertThat(answer.message().toolCalls()).hasSize(1);
	}

	@Test
	@DisplayName("51: the deprecated function_call streams as a call")
	void legacyFunctionCall() {
		List<ToolCall> calls = calls(delta("\"function_call\":{\"name\":\"find\",\"arguments\":\"\"}"),
				delta("\"function_call\":{\"arguments\":\"{\\\"a\\\":\"}"),
				delta("\"function_call\":{\"arguments\":\"1}\"}"));
		assertThat(calls).hasSize(1);
		assertThat(calls.get(0).name()).isEqualTo("find");
		assertThat(calls.get(0).arguments().asMap()).isEqualTo(Map.of("a", 1));
		assertThat(calls.get(0).id()).isNotBlank();
	}

	@Test
	@DisplayName("56: an id that comes late belongs to the call that is open")
	void lateId() {
		List<ToolCall> calls = calls(tool("\"index\":0,\"function\":{\"name\":\"find\"}"),
				tool("\"index\":0,\"id\":\"c1\""), tool(more(0, "{\\\"a\\\":1}")));
		assertThat(calls).hasSize(1);
		assertCall(calls.get(0), "c1", "find", "{\"a\":1}", Map.of("a", 1));
	}

	@Test
	@DisplayName("56: an id that comes after the call was announced does not change its id")
	void idAfterTheStart() {
		Answer answer = answer(tool("\"index\":0,\"function\":{\"name\":\"find\",\"arguments\":\"{\"}"),
				tool("\"index\":0,\"id\":\"c1\",\"function\":{\"arguments\":\"}\"}"));
		assertThat(answer.message().toolCalls()).hasSize(1);
		assertThat(answer.message().toolCalls().get(0).arguments().asMap()).isEmpty();
	}

	@Test
	@DisplayName("56: a missing id is made up and the start event names it")
	void missingId() {
		Answer answer = answer(tool("\"index\":0,\"function\":{\"name\":\"find\",\"arguments\":\"{}\"}"));
		String id = answer.message().toolCalls().get(0).id();
		assertThat(id).isNotBlank();
		assertThat(answer.events(ToolCallStarted.class)).containsExactly(new ToolCallStarted(0, id, "find"));
	}

	@Test
	@DisplayName("56: an id given to two calls is unique in the message")
	void duplicateIds() {
		List<ToolCall> calls = calls(tool(whole("\"index\":0,\"id\":\"c1\",", "find", "{}")),
				tool(whole("\"index\":1,\"id\":\"c1\",", "read", "{}")));
		assertThat(calls).extracting(ToolCall::name).containsExactly("find", "read");
		assertThat(calls).extracting(ToolCall::id).doesNotHaveDuplicates().contains("c1");
	}

	@Test
	@DisplayName("51: parallel calls that are interleaved by index keep their arguments apart")
	void interleavedByIndex() {
		List<ToolCall> calls = calls(tool(begin(0, "c1", "find")), tool(begin(1, "c2", "read")),
				tool(more(0, "{\\\"a\\\"")), tool(more(1, "{\\\"b\\\"")), tool(more(0, ":1}")), tool(more(1, ":2}")));
		assertThat(calls).hasSize(2);
		assertCall(calls.get(0), "c1", "find", "{\"a\":1}", Map.of("a", 1));
		assertCall(calls.get(1), "c2", "read", "{\"b\":2}", Map.of("b", 2));
	}

	@Test
	@DisplayName("51: braces inside strings do not end a call")
	void bracesInsideStrings() {
		List<ToolCall> calls = calls(tool(whole("\"index\":0,\"id\":\"c1\",", "find", "{\\\"a\\\":\\\"}\\\\\\\\\\\"")),
				tool("\"index\":0,\"function\":{\"name\":\"find\",\"arguments\":\"}\"}"));
		assertThat(calls).hasSize(1);
		assertThat(calls.get(0).arguments().raw()).isEqualTo("{\"a\":\"}\\\\\"}");
		assertThat(calls.get(0).arguments().asMap()).isEqualTo(Map.of("a", "}\\"));
	}

	@Test
	@DisplayName("51: further fields of a call are kept for sending it back")
	void furtherFields() {
		List<ToolCall> calls = calls(
				tool(whole("\"index\":0,\"id\":\"c1\",\"extra_content\":{\"google\":{\"thought_signature\":\"abc\"}},",
						"find", "{}")));
		assertThat(calls.get(0).vendorJson()).isNotNull();
		assertThat(calls.get(0).vendorJson().json())
			.isEqualTo("{\"extra_content\":{\"google\":{\"thought_signature\":\"abc\"}}}");
	}

	@Test
	@DisplayName("51: finish reason stop with tool calls still gives the calls")
	void finishStopWithCalls() {
		Answer answer = played(tool(begin(0, "c1", "find")), tool(more(0, "{}")), finish("stop"), "[DONE]");
		assertThat(answer.message().toolCalls()).hasSize(1);
		assertThat(answer.message().toolCalls().get(0).arguments().valid()).isTrue();
		assertThat(answer.message().finishReason().kind()).isEqualTo(Kind.STOP);
	}

	@Test
	@DisplayName("57: a call cut off by the token limit is invalid and its text kept")
	void cutByLength() {
		Answer answer = played(tool(begin(0, "c1", "find")), tool(more(0, "{\\\"a\\\":\\\"xy")), finish("length"),
				"[DONE]");
		ToolCall call = answer.message().toolCalls().get(0);
		assertThat(call.arguments().valid()).isFalse();
		assertThat(call.arguments().raw()).isEqualTo("{\"a\":\"xy");
		assertThat(call.arguments().problem()).contains("cut off");
	}

	@Test
	@DisplayName("57: a call cut off before its first argument is invalid, not a call without arguments")
	void cutBeforeTheArguments() {
		Answer answer = played(tool(begin(0, "c1", "delete_all")), finish("length"), "[DONE]");
		assertThat(answer.message().toolCalls().get(0).arguments().valid()).isFalse();
	}

	@Test
	@DisplayName("57: no open call of several is taken for whole when a limit cuts the answer off")
	void severalOpenCallsCutOff() {
		Answer answer = played(tool(begin(0, "c1", "delete_all")), tool(begin(1, "c2", "find")),
				tool(more(1, "{\\\"a\\\"")), finish("length"), "[DONE]");
		assertThat(answer.message().toolCalls()).extracting((call) -> call.arguments().valid())
			.containsExactly(false, false);
	}

	@Test
	@DisplayName("57: a finished call before the cut stays valid")
	void finishedCallBeforeTheCut() {
		Answer answer = played(tool(begin(0, "c1", "find")), tool(more(0, "{\\\"a\\\":1}")),
				tool(begin(1, "c2", "read")), tool(more(1, "{\\\"b")), finish("length"), "[DONE]");
		assertThat(answer.message().toolCalls()).extracting((call) -> call.arguments().valid())
			.containsExactly(true, false);
	}

	@Test
	@DisplayName("57: a call that is open when the vendor fails is not taken for whole")
	void openWhenTheVendorFails() {
		Answer answer = played(tool(begin(0, "c1", "delete_all")), finish("error"), "[DONE]");
		assertThat(answer.message().toolCalls().get(0).arguments().valid()).isFalse();
	}

	@Test
	@DisplayName("57: a stream cut inside a call reports the call as unfinished")
	void streamCutInsideACall() {
		Answer answer = Answers.stream(tool(begin(0, "c1", "find")), tool(more(0, "{\\\"a\\\":")));
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.INTERRUPTED);
		ToolCall call = answer.partial().toolCalls().get(0);
		assertThat(call.id()).isEqualTo("c1");
		assertThat(call.arguments().valid()).isFalse();
		assertThat(call.arguments().raw()).isEqualTo("{\"a\":");
	}

	@Test
	@DisplayName("57: arguments that never got a name are no call to execute")
	void argumentsWithoutName() {
		Answer answer = played(tool("\"index\":0,\"id\":\"c1\",\"function\":{\"arguments\":\"{}\"}"),
				finish("tool_calls"), "[DONE]");
		assertThat(answer.message().toolCalls()).hasSize(1);
		assertThat(answer.message().toolCalls().get(0).arguments().valid()).isFalse();
		assertThat(answer.message().toolCalls().get(0).arguments().raw()).isEqualTo("{}");
	}

	private static String begin(int index, String id, String name) {
		return "\"index\":" + index + ",\"id\":\"" + id + "\",\"type\":\"function\",\"function\":{\"name\":\"" + name
				+ "\",\"arguments\":\"\"}";
	}

	private static String more(int index, String arguments) {
		return "\"index\":" + index + ",\"function\":{\"arguments\":\"" + arguments + "\"}";
	}

	private static String whole(String head, String name, String arguments) {
		return head + "\"function\":{\"name\":\"" + name + "\",\"arguments\":\"" + arguments + "\"}";
	}

	private static List<ToolCall> calls(String... chunks) {
		return answer(chunks).message().toolCalls();
	}

	private static Answer answer(String... chunks) {
		String[] all = Arrays.copyOf(chunks, chunks.length + 2);
		all[chunks.length] = finish("tool_calls");
		all[chunks.length + 1] = "[DONE]";
		return played(all);
	}

	/** Plays a stream and checks what holds of the events of every stream. */
	private static Answer played(String... chunks) {
		Answer answer = Answers.stream(chunks);
		Map<Integer, StringBuilder> open = new HashMap<>();
		for (StreamEvent event : answer.events()) {
			if (event instanceof ToolCallStarted started) {
				assertThat(open.put(started.index(), new StringBuilder())).as("one start of each call").isNull();
			}
			else if (event instanceof ToolCallDelta delta) {
				assertThat(open).as("a start before the arguments").containsKey(delta.index());
				open.get(delta.index()).append(delta.arguments());
			}
		}
		List<ToolCall> calls = answer.message().toolCalls();
		assertThat(open.keySet()).hasSameSizeAs(calls);
		Map<String, String> rawById = calls.stream()
			.collect(Collectors.toMap(ToolCall::id, (call) -> call.arguments().raw()));
		for (ToolCallStarted started : answer.events(ToolCallStarted.class)) {
			assertThat(rawById).containsEntry(started.id(), open.get(started.index()).toString());
		}
		return answer;
	}

	private static void assertCall(ToolCall call, String id, String name, String raw, Map<String, ?> arguments) {
		assertThat(call.id()).isEqualTo(id);
		assertThat(call.name()).isEqualTo(name);
		assertThat(call.arguments().raw()).isEqualTo(raw);
		assertThat(call.arguments().valid()).isTrue();
		assertThat(call.arguments().asMap()).isEqualTo(arguments);
	}

}
