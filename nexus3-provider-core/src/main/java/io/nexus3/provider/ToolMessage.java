package io.nexus3.provider;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The result of one tool call, sent back to the model.
 *
 * @param toolCallId the id of the {@link ToolCall} that this answers
 * @param content the result, as parts; text in nearly all cases
 * @param error whether the tool failed; the content then says how
 * @since 0.1.0
 */
public record ToolMessage(String toolCallId, List<ContentPart> content, boolean error) implements Message {

	/**
	 * Copy.
	 */
	public ToolMessage {
		content = List.copyOf(content);
	}

	/**
	 * The result of a call.
	 * @param call the call that this answers
	 * @param text the result as text
	 * @return the message
	 */
	public static ToolMessage of(ToolCall call, String text) {
		return of(call.id(), text);
	}

	/**
	 * The result of a call.
	 * @param toolCallId the id of the call that this answers
	 * @param text the result as text
	 * @return the message
	 */
	public static ToolMessage of(String toolCallId, String text) {
		return new ToolMessage(toolCallId, List.of(new TextPart(text)), false);
	}

	/**
	 * The failure of a call.
	 * @param call the call that this answers
	 * @param text what went wrong, for the model to read
	 * @return the message
	 */
	public static ToolMessage error(ToolCall call, String text) {
		return new ToolMessage(call.id(), List.of(new TextPart(text)), true);
	}

	/**
	 * The text of all text parts, joined with nothing between.
	 * @return the text, possibly empty
	 */
	public String text() {
		return this.content.stream()
			.filter(TextPart.class::isInstance)
			.map((part) -> ((TextPart) part).text())
			.collect(Collectors.joining());
	}

}
