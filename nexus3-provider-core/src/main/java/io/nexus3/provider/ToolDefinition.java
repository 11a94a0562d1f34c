package io.nexus3.provider;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A tool that a model may call.
 *
 * @param name its name; letters, digits, {@code _} and {@code -}, at most 64 characters
 * at most vendors
 * @param description what it does and when to use it, for the model to read; may be empty
 * @param parameters the JSON Schema of its arguments as nested maps and lists. It is sent
 * as a normalised copy, never changed itself
 * @param strict whether the vendor shall enforce the schema, or {@code null} to leave it
 * to the vendor
 * @see <a href="https://json-schema.org">JSON Schema</a>
 * @since 0.1.0
 */
public record ToolDefinition(String name, String description, Map<String, ?> parameters, @Nullable Boolean strict) {

	/**
	 * Check.
	 * @throws IllegalArgumentException when the name is blank
	 */
	public ToolDefinition {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A tool needs a name");
		}
	}

	/**
	 * A tool.
	 * @param name its name
	 * @param description what it does and when to use it
	 * @param parameters the JSON Schema of its arguments
	 * @return the definition
	 */
	public static ToolDefinition of(String name, String description, Map<String, ?> parameters) {
		return new ToolDefinition(name, description, parameters, null);
	}

}
