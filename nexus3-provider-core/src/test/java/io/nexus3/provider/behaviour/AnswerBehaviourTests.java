package io.nexus3.provider.behaviour;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.FinishReason.Kind;
import io.nexus3.provider.ReasoningDelta;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolCallDelta;
import io.nexus3.provider.ToolCallStarted;
import io.nexus3.provider.Usage;
import io.nexus3.provider.behaviour.Answers.Answer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What whole answers mean: usage, reasoning and the arguments of tool calls.
 */
class AnswerBehaviourTests {

	private static final String USAGE = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},"
			+ "\"finish_reason\":\"stop\"}],\"usage\":%s}";

	@Test
	@DisplayName("39: usage with cached tokens is returned with one meaning")
	void usageWithCachedTokens() {
		String raw = "{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120,"
				+ "\"prompt_tokens_details\":{\"cached_tokens\":60,\"cache_write_tokens\":5},"
				+ "\"completion_tokens_details\":{\"reasoning_tokens\":8}}";
		assertThat(usage(raw)).isEqualTo(new Usage(100L, 20L, 60L, 5L, 8L, null, raw));
	}

	@ParameterizedTest
	@DisplayName("39: usage without details, or with null in their place, leaves them unknown")
	@ValueSource(strings = { "{\"prompt_tokens\":1,\"completion_tokens\":2}",
			"{\"prompt_tokens\":1,\"completion_tokens\":2,\"prompt_tokens_details\":null,"
					+ "\"completion_tokens_details\":null}",
			"{\"prompt_tokens\":1,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":null},"
					+ "\"completion_tokens_details\":{}}",
			"{\"prompt_tokens\":1,\"completion_tokens\":2,\"prompt_tokens_details\":[],"
					+ "\"completion_tokens_details\":7,\"cost\":\"free\",\"total_tokens\":\"3\"}" })
	void usageWithoutDetails(String raw) {
		assertThat(usage(raw)).isEqualTo(new Usage(1L, 2L, null, null, null, null, raw));
	}

	@Test
	@DisplayName("39: no usage, or null, is unknown and leaves the content intact")
	void noUsage() {
		assertThat(usage("null")).isNull();
		assertThat(Answers.message("\"content\":\"Hi\"").message().usage()).isNull();
		assertThat(Answers.message("\"content\":\"Hi\"").message().text()).isEqualTo("Hi");
	}

	@Test
	@DisplayName("39: an empty usage says nothing, and nothing is not zero")
	void emptyUsage() {
		assertThat(usage("{}")).isEqualTo(new Usage(null, null, null, null, null, null, "{}"));
	}

	@Test
	@DisplayName("39: reasoning that a server leaves out of its output is added")
	void reasoningLeftOut() {
		Usage usage = usage("{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":22,"
				+ "\"completion_tokens_details\":{\"reasoning_tokens\":7}}");
		assertThat(usage.outputTokens()).isEqualTo(12);
		assertThat(usage.reasoningTokens()).isEqualTo(7);
		assertThat(usage.totalTokens()).isEqualTo(22);
	}

	@ParameterizedTest
	@DisplayName("39: cost is a number or an object with a total")
	@ValueSource(strings = { "0.25", "{\"total_cost\":0.25,\"request\":0}" })
	void cost(String cost) {
		assertThat(usage("{\"prompt_tokens\":1,\"cost\":" + cost + "}").cost())
			.isEqualByComparingTo(new BigDecimal("0.25"));
	}

	@ParameterizedTest
	@DisplayName("39: numbers that no count can be are unknown and cost no answer")
	@ValueSource(strings = { "1.5", "1e30", "99999999999999999999999", "1e999", "-1e999", "\"7\"", "true", "[]", "{}",
			"null" })
	void strangeNumbers(String number) {
		Usage usage = usage("{\"prompt_tokens\":" + number + ",\"completion_tokens\":2,\"total_tokens\":" + number
				+ ",\"reasoning_tokens\":" + number + ",\"prompt_tokens_details\":{\"cached_tokens\":" + number
				+ "},\"cost\":{\"total_cost\":1e999}}");
		assertThat(usage.inputTokens()).isNull();
		assertThat(usage.outputTokens()).isEqualTo(2);
		assertThat(usage.cost()).isNull();
	}

	@Test
	@DisplayName("39: of cumulative usage the last counts, and nothing is added up")
	void cumulativeUsage() {
		String chunk = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":9,"
				+ "\"completion_tokens\":%d}}";
		Answer answer = Answers.stream(chunk.formatted(1), chunk.formatted(2), Answers.finish("stop"),
				"{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}", "[DONE]");
		assertThat(answer.message().usage().inputTokens()).isEqualTo(9);
		assertThat(answer.message().usage().outputTokens()).isEqualTo(3);
		assertThat(answer.message().text()).isEqualTo("aa");
	}

	@ParameterizedTest
	@DisplayName("40: reasoning of a whole answer is apart from its text")
	@ValueSource(strings = { "reasoning_content", "reasoning" })
	void reasoning(String field) {
		Answer answer = Answers.message("\"content\":\"Yes\",\"" + field + "\":\"Hmm\"");
		assertThat(answer.message().text()).isEqualTo("Yes");
		assertThat(answer.message().reasoning()).isEqualTo("Hmm");
		assertThat(answer.events()).containsExactly(new ReasoningDelta("Hmm"), new ContentDelta("Yes"));
	}

	@Test
	@DisplayName("42: arguments that are a JSON object become a map and keep their text")
	void validArguments() {
		String raw = "{\"path\":\"/x\",\"limit\":100,\"deep\":{\"list\":[1,null,true]}}";
		ToolArguments arguments = arguments('"' + raw.replace("\"", "\\\"") + '"');
		assertThat(arguments.valid()).isTrue();
		assertThat(arguments.raw()).isEqualTo(raw);
		assertThat(arguments.get("path")).isEqualTo("/x");
		assertThat(arguments.get("limit")).isEqualTo(100);
		assertThat(arguments.get("deep")).isEqualTo(Map.of("list", Arrays.asList(1, null, true)));
	}

	@Test
	@DisplayName("42: arguments sent as an object are accepted")
	void objectArguments() {
		ToolArguments arguments = arguments("{\"path\": \"/x\"}");
		assertThat(arguments.valid()).isTrue();
		assertThat(arguments.raw()).isEqualTo("{\"path\": \"/x\"}");
		assertThat(arguments.asMap()).isEqualTo(Map.of("path", "/x"));
	}

	@ParameterizedTest
	@DisplayName("42: no arguments at all are an empty object")
	@ValueSource(strings = { "\"\"", "null", "\"  \"", "\"{}\"", "{}" })
	void noArguments(String arguments) {
		assertThat(arguments(arguments).valid()).isTrue();
		assertThat(arguments(arguments).asMap()).isEmpty();
	}

	@ParameterizedTest
	@DisplayName("43: arguments that are no JSON stay unresolved with their exact text")
	@ValueSource(strings = { "this is not { valid json", "{\"program\": unquoted}", "{\"path\": \"/x\", \"lim",
			"{\"a\":1}}", "{\"a\":1} {\"b\":2}", "{'a':1}", "{\"a\":1,}", "{\"a\":NaN}" })
	void invalidArguments(String raw) {
		ToolArguments arguments = arguments('"' + raw.replace("\"", "\\\"") + '"');
		assertThat(arguments.valid()).isFalse();
		assertThat(arguments.raw()).isEqualTo(raw);
		assertThat(arguments.asMap()).isEmpty();
	}

	@Test
	@DisplayName("43: a raw text of 500 characters is kept in full and warned of with at most 100")
	void warning() {
		String raw = "0123456789".repeat(49) + "\\n23456789";
		List<ILoggingEvent> warnings = warnings(() -> {
			ToolArguments arguments = arguments('"' + "x" + raw + '"');
			assertThat(arguments.raw()).isEqualTo("x" + raw.replace("\\n", "\n")).hasSize(500);
		});
		assertThat(warnings).hasSize(1);
		String text = warnings.get(0).getFormattedMessage();
		assertThat(text).contains("find").contains("x" + "0123456789".repeat(9) + "012345678");
		assertThat(text).doesNotContain("x" + "0123456789".repeat(10));
		assertThat(warnings.get(0).getThrowableProxy()).isNull();
	}

	@Test
	@DisplayName("43: a warning stays on one line, whatever the model writes")
	void warningOnOneLine() {
		List<ILoggingEvent> warnings = warnings(() -> arguments("\"a\\nERROR forged\\r\\u2028x\""));
		assertThat(warnings).hasSize(1);
		assertThat(warnings.get(0).getFormattedMessage()).contains("ERROR forged").doesNotContain("\n", "\r", "\u2028");
	}

	@Test
	@DisplayName("43: valid arguments are not warned of")
	void noWarning() {
		assertThat(warnings(() -> arguments("\"{}\""))).isEmpty();
	}

	@ParameterizedTest
	@DisplayName("45: arguments that are JSON but no object are invalid and the message says where")
	@ValueSource(strings = { "[1,2]", "12", "true", "null", "[]", "1.5" })
	void noObject(String raw) {
		ToolArguments arguments = arguments('"' + raw + '"');
		assertThat(arguments.valid()).isFalse();
		assertThat(arguments.raw()).isEqualTo(raw);
		assertThat(arguments.problem()).contains("no JSON object").contains("line 1, column 1");
	}

	@ParameterizedTest
	@DisplayName("45: the position of the fault is in the message")
	@CsvSource(delimiter = '|', value = { "{\\\"program\\\": unquoted}|line 1, column 13",
			"{\\\"a\\\":1,\\n\\\"b\\\" 2}|line 2", "{\\\"a\\\":|line 1, column 6" })
	void positionOfTheFault(String raw, String position) {
		assertThat(arguments('"' + raw + '"').problem()).contains(position);
	}

	@Test
	@DisplayName("45: the message does not repeat what the model wrote")
	void problemWithoutTheText() {
		assertThat(arguments("\"{\\\"a\\\": sk-secret-1}\"").problem()).doesNotContain("secret");
		assertThat(arguments("\"secret\"").problem()).doesNotContain("secret");
		assertThat(Answers.stream("{\"choices\": secret}").error().getMessage()).doesNotContain("secret");
	}

	@Test
	@DisplayName("43: arguments nested without end are invalid at once")
	void deepArguments() {
		ToolArguments arguments = arguments('"' + "{\\\"a\\\":".repeat(100_000) + '"');
		assertThat(arguments.valid()).isFalse();
		assertThat(arguments.raw()).hasSize(500_000);
	}

	@Test
	@DisplayName("42: a whole answer with tool calls gives the events of a stream")
	void eventsOfAWholeAnswer() {
		Answer answer = Answers.message("\"content\":\"See\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
				+ "\"function\":{\"name\":\"find\",\"arguments\":\"{}\"}},{\"id\":\"c2\",\"type\":\"function\","
				+ "\"function\":{\"name\":\"now\",\"arguments\":\"\"}}]");
		assertThat(answer.events()).containsExactly(new ContentDelta("See"), new ToolCallStarted(0, "c1", "find"),
				new ToolCallDelta(0, "{}"), new ToolCallStarted(1, "c2", "now"));
		assertThat(answer.message().toolCalls()).extracting(ToolCall::id).containsExactly("c1", "c2");
	}

	@Test
	@DisplayName("42: the deprecated function_call of a whole answer is a call")
	void legacyFunctionCall() {
		Answer answer = Answers
			.message("\"content\":null,\"function_call\":{\"name\":\"find\",\"arguments\":\"{\\\"a\\\":1}\"}");
		assertThat(answer.message().toolCalls()).hasSize(1);
		assertThat(answer.message().toolCalls().get(0).arguments().asMap()).isEqualTo(Map.of("a", 1));
	}

	@ParameterizedTest
	@DisplayName("47: a whole answer with a choice is a message, whatever its finish reason")
	@CsvSource({ "\"stop\",STOP", "\"content_filter\",CONTENT_FILTER", "null,UNKNOWN", "\"\",UNKNOWN",
			"\"new\",UNKNOWN" })
	void finishReasonOfAWholeAnswer(String reason, Kind kind) {
		Answer answer = Answers
			.json("{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":" + reason + "}]}");
		assertThat(answer.message().text()).isEqualTo("a");
		assertThat(answer.message().finishReason().kind()).isEqualTo(kind);
	}

	@ParameterizedTest
	@DisplayName("46: a whole answer without a choice is no message")
	@CsvSource(delimiter = '|',
			value = { "{\"choices\":[]}|EMPTY_RESPONSE", "{}|PROTOCOL", "{\"choices\":null}|PROTOCOL", "[]|PROTOCOL",
					"null|PROTOCOL", "{\"choices\":[|PROTOCOL", "<html>|PROTOCOL", "''|PROTOCOL",
					"{\"choices\":[{\"message\":{\"content\":\"a\"}}]} x|PROTOCOL" })
	void noChoice(String body, ErrorKind kind) {
		assertThat(Answers.json(body).error().kind()).isEqualTo(kind);
	}

	private static Usage usage(String raw) {
		Answer answer = Answers.json(USAGE.formatted(raw));
		assertThat(answer.message().text()).isEqualTo("Hi");
		return answer.message().usage();
	}

	private static ToolArguments arguments(String json) {
		return Answers
			.message("\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
					+ "\"function\":{\"name\":\"find\",\"arguments\":" + json + "}}]")
			.message()
			.toolCalls()
			.get(0)
			.arguments();
	}

	private static List<ILoggingEvent> warnings(Runnable action) {
		Logger logger = (Logger) LoggerFactory.getLogger("io.nexus3.provider.protocol");
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		Level level = logger.getLevel();
		boolean additive = logger.isAdditive();
		appender.start();
		logger.setLevel(Level.WARN);
		logger.setAdditive(false);
		logger.addAppender(appender);
		try {
			action.run();
		}
		finally {
			logger.detachAppender(appender);
			logger.setLevel(level);
			logger.setAdditive(additive);
		}
		return appender.list;
	}

}
