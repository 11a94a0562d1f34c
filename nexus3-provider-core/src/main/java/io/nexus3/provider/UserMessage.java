package io.nexus3.provider;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the user says: text, images, documents and audio in any order.
 *
 * @param content the parts in order; at least one
 * @since 0.1.0
 */
public record UserMessage(List<ContentPart> content) implements Message {

	/**
	 * Check and copy.
	 * @throws IllegalArgumentException when there is no part
	 */
	public UserMessage {
		content = List.copyOf(content);
		if (content.isEmpty()) {
			throw new IllegalArgumentException("A user message needs at least one content part");
		}
	}

	/**
	 * A user message of text alone.
	 * @param text what the user says
	 * @return the message
	 */
	public static UserMessage of(String text) {
		return new UserMessage(List.of(new TextPart(text)));
	}

	/**
	 * A user message of several parts.
	 * @param parts the parts in order
	 * @return the message
	 */
	public static UserMessage of(ContentPart... parts) {
		return new UserMessage(List.of(parts));
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
