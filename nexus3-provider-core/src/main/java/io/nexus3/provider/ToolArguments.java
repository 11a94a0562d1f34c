package io.nexus3.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of a {@link ToolCall}: parsed where they are a JSON object, and always as
 * the model wrote them. What is not a JSON object is marked invalid, kept raw and never
 * guessed.
 *
 * @param asMap the arguments by name in the order sent, unmodifiable; values are strings,
 * numbers, booleans, lists, maps or {@code null}; empty when the arguments are invalid
 * @param raw the text as sent, or {@code null} for arguments made by the application
 * @param problem why the arguments are invalid, with the position of the fault, or
 * {@code null} when they are valid
 * @since 0.1.0
 */
public record ToolArguments(Map<String, @Nullable Object> asMap, @Nullable String raw, @Nullable String problem) {

	/**
	 * Copy.
	 */
	public ToolArguments {
		asMap = Collections.unmodifiableMap(new LinkedHashMap<>(asMap));
	}

	/**
	 * Arguments made by the application, for a conversation written by hand.
	 * @param arguments the arguments by name
	 * @return valid arguments without a raw text
	 */
	public static ToolArguments of(Map<String, ? extends @Nullable Object> arguments) {
		return new ToolArguments(new LinkedHashMap<>(arguments), null, null);
	}

	/**
	 * Valid arguments as sent.
	 * @param arguments the arguments by name
	 * @param raw the text as sent
	 * @return valid arguments
	 */
	public static ToolArguments valid(Map<String, @Nullable Object> arguments, String raw) {
		return new ToolArguments(arguments, raw, null);
	}

	/**
	 * Arguments that are not a JSON object.
	 * @param raw the text as sent
	 * @param problem what is wrong, with the position of the fault
	 * @return invalid arguments
	 */
	public static ToolArguments invalid(String raw, String problem) {
		return new ToolArguments(Map.of(), raw, problem);
	}

	/**
	 * Whether the arguments are a JSON object.
	 * @return {@code false} when the call must not be executed
	 */
	public boolean valid() {
		return this.problem == null;
	}

	/**
	 * One argument.
	 * @param name its name
	 * @return its value, or {@code null} when it is absent or null
	 */
	public @Nullable Object get(String name) {
		return this.asMap.get(name);
	}

}
