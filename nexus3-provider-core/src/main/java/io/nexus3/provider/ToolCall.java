package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * A model's wish to have a tool called. Execute it only when {@link ToolArguments#valid()
 * its arguments are valid}, and answer it with a {@link ToolMessage} of the same id.
 *
 * @param id the id of the call, unique in its message; made by the library where the
 * vendor sent none
 * @param name the tool's name
 * @param arguments the arguments, parsed and as sent
 * @param vendorJson what the vendor wants back with the call (such as a thought
 * signature), or {@code null}
 * @since 0.1.0
 */
public record ToolCall(String id, String name, ToolArguments arguments,
		@Nullable VendorJson vendorJson) implements AssistantPart {

	/**
	 * A call without vendor data.
	 * @param id the id of the call
	 * @param name the tool's name
	 * @param arguments the arguments
	 * @return the call
	 */
	public static ToolCall of(String id, String name, ToolArguments arguments) {
		return new ToolCall(id, name, arguments, null);
	}

}
