package io.nexus3.provider.test.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import io.nexus3.provider.test.ChatCall;
import io.nexus3.provider.test.model.Prompt.Tool;
import io.nexus3.provider.test.model.Prompt.ToolResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a request to a simulated provider has to be like: to choose the answer to it, and
 * to hold it against what was expected. It knows what differs. Immutable; every method
 * that adds a condition returns a new pattern. <pre class="code">
 * RequestPattern.any().model("gpt-5").userText("weather").offersTool("get_weather").turn(1)
 * </pre>
 *
 * @since 0.1.0
 */
public final class RequestPattern implements Predicate<ChatCall> {

	private static final int MAX_QUOTE = 300;

	private static final Set<String> SECRET = Set.of("authorization", "x-api-key", "api-key", "x-goog-api-key",
			"cookie", "proxy-authorization");

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final RequestPattern ANY = new RequestPattern(List.of());

	private final List<Condition> conditions;

	private RequestPattern(List<Condition> conditions) {
		this.conditions = conditions;
	}

	/**
	 * Any request.
	 * @return the pattern without conditions
	 */
	public static RequestPattern any() {
		return ANY;
	}

	/**
	 * Asks for a model.
	 * @param id the model id, or the deployment that the address names
	 * @return a new pattern
	 */
	public RequestPattern model(String id) {
		return equal("model", id, (call) -> call.prompt().model());
	}

	/**
	 * Has a part of a text in its last user message.
	 * @param part the part, in any case
	 * @return a new pattern
	 */
	public RequestPattern userText(String part) {
		return containing("last user text", part, (call) -> call.prompt().turn().userText());
	}

	/**
	 * Has a part of a text in the instructions of the system.
	 * @param part the part, in any case
	 * @return a new pattern
	 */
	public RequestPattern systemText(String part) {
		return containing("system text", part, Transcript::systemText);
	}

	/**
	 * Is a certain turn of the conversation.
	 * @param number how many user messages it has, from 1
	 * @return a new pattern
	 */
	public RequestPattern turn(int number) {
		return equal("turn", number, (call) -> call.prompt().turn().number());
	}

	/**
	 * Has these messages and no others, tool results and instructions included.
	 * @param messages each as {@code role: text}
	 * @return a new pattern
	 */
	public RequestPattern messages(String... messages) {
		return equal("messages", List.of(messages), Transcript::lines);
	}

	/**
	 * Offers exactly these tools.
	 * @param names their names in order; none for a request without tools
	 * @return a new pattern
	 */
	public RequestPattern tools(String... names) {
		return equal("tools", List.of(names), RequestPattern::toolNames);
	}

	/**
	 * Offers a tool, among others perhaps.
	 * @param name its name
	 * @return a new pattern
	 */
	public RequestPattern offersTool(String name) {
		return matching("offers the tool \"" + name + "\"", (call) -> toolNames(call).contains(name),
				(call) -> "tools " + toolNames(call));
	}

	/**
	 * Ends with the result of a tool.
	 * @param part a part of the result, in any case; empty for any result
	 * @return a new pattern
	 */
	public RequestPattern toolResult(String part) {
		String expected = part.toLowerCase(Locale.ROOT);
		return matching("ends with a tool result with \"" + part + "\"",
				(call) -> results(call).stream().anyMatch((text) -> text.toLowerCase(Locale.ROOT).contains(expected)),
				(call) -> "tool results " + results(call));
	}

	/**
	 * Asks for a stream, or for an answer in one piece.
	 * @param expected whether a stream is asked for
	 * @return a new pattern
	 */
	public RequestPattern streamed(boolean expected) {
		return equal("stream", expected, ChatCall::stream);
	}

	/**
	 * Carries a header. Values of headers that hold keys are never told.
	 * @param name its name in any case
	 * @param value its first value
	 * @return a new pattern
	 */
	public RequestPattern header(String name, String value) {
		boolean secret = SECRET.contains(name.toLowerCase(Locale.ROOT));
		return matching("header " + name + (secret ? " as expected" : " is \"" + value + "\""),
				(call) -> value.equals(call.request().header(name)), (call) -> {
					String sent = call.request().header(name);
					return (sent == null) ? "not sent" : (secret ? "another value" : "\"" + sent + "\"");
				});
	}

	/**
	 * Lacks a header.
	 * @param name its name in any case
	 * @return a new pattern
	 */
	public RequestPattern noHeader(String name) {
		return matching("has no header " + name, (call) -> call.request().header(name) == null, (call) -> "it is sent");
	}

	/**
	 * Has a field in its body.
	 * @param pointer where, as a JSON pointer such as {@code /temperature}
	 * @param json its value as JSON
	 * @return a new pattern
	 * @throws tools.jackson.core.JacksonException if the value is not JSON
	 */
	public RequestPattern field(String pointer, String json) {
		return equal("field " + pointer, MAPPER.readTree(json), (call) -> call.body().at(pointer));
	}

	/**
	 * Fulfils any other condition.
	 * @param description the condition in a few words
	 * @param condition the condition
	 * @return a new pattern
	 */
	public RequestPattern matching(String description, Predicate<ChatCall> condition) {
		return matching(description, condition, (call) -> "not so");
	}

	private RequestPattern equal(String what, Object expected, Function<ChatCall, ?> actual) {
		return matching(what + " is " + quoted(expected), (call) -> Objects.equals(expected, actual.apply(call)),
				(call) -> quoted(actual.apply(call)));
	}

	private RequestPattern containing(String what, String part, Function<ChatCall, String> actual) {
		String expected = part.toLowerCase(Locale.ROOT);
		return matching(what + " has " + quoted(part),
				(call) -> actual.apply(call).toLowerCase(Locale.ROOT).contains(expected),
				(call) -> quoted(actual.apply(call)));
	}

	private RequestPattern matching(String description, Predicate<ChatCall> test, Function<ChatCall, String> actual) {
		List<Condition> more = new ArrayList<>(this.conditions);
		more.add(new Condition(description, test, actual));
		return new RequestPattern(List.copyOf(more));
	}

	private static List<String> toolNames(ChatCall call) {
		return call.prompt().tools().stream().map(Tool::name).toList();
	}

	private static List<String> results(ChatCall call) {
		return call.prompt().turn().results().stream().map(ToolResult::text).toList();
	}

	private static String quoted(@Nullable Object value) {
		return (value instanceof String text) ? "\"" + shortened(text) + "\"" : shortened(String.valueOf(value));
	}

	static String shortened(String text) {
		return (text.length() <= MAX_QUOTE) ? text : text.substring(0, MAX_QUOTE) + "…";
	}

	/**
	 * Says whether a request is like this.
	 * @param call the request
	 * @return {@code true} if every condition holds
	 */
	@Override
	public boolean test(ChatCall call) {
		return this.conditions.stream().allMatch((condition) -> condition.test().test(call));
	}

	/**
	 * Tells what differs.
	 * @param call the request
	 * @return a line for each condition that does not hold; empty if the request is like
	 * this
	 */
	public List<String> differences(ChatCall call) {
		return this.conditions.stream()
			.filter((condition) -> !condition.test().test(call))
			.map((condition) -> "expected: " + condition.description() + ", but was: " + condition.actual().apply(call))
			.toList();
	}

	/**
	 * Lists the conditions.
	 * @return a line of text
	 */
	@Override
	public String toString() {
		return this.conditions.isEmpty() ? "any request"
				: String.join(", ", this.conditions.stream().map(Condition::description).toList());
	}

	private record Condition(String description, Predicate<ChatCall> test, Function<ChatCall, String> actual) {
	}

}
