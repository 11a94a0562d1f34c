package io.nexus3.provider;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a model answered: one ordered list of parts, and what is known about the answer.
 * Put it into the conversation as it is to go on; the order and the vendor's own data are
 * kept.
 *
 * @param parts the parts in the order in which they came, possibly none
 * @param finishReason why the model stopped; {@code null} only on messages written by the
 * application and on partial messages
 * @param usage what the call consumed, or {@code null} when the vendor did not say
 * @param response who answered, or {@code null} on messages written by the application
 * @since 0.1.0
 */
public record AssistantMessage(List<AssistantPart> parts, @Nullable FinishReason finishReason, @Nullable Usage usage,
		@Nullable ResponseInfo response) implements Message {

	/**
	 * Copy.
	 */
	public AssistantMessage {
		parts = List.copyOf(parts);
	}

	/**
	 * A message written by the application, such as an example in a prompt.
	 * @param text the text
	 * @return the message
	 */
	public static AssistantMessage of(String text) {
		return of(new TextPart(text));
	}

	/**
	 * A message written by the application.
	 * @param parts the parts in order
	 * @return the message
	 */
	public static AssistantMessage of(AssistantPart... parts) {
		return new AssistantMessage(List.of(parts), null, null, null);
	}

	/**
	 * The answer's text: all text parts, joined with nothing between.
	 * @return the text, possibly empty
	 */
	public String text() {
		if (this.parts.size() == 1 && this.parts.get(0) instanceof TextPart text) {
			return text.text();
		}
		return parts(TextPart.class).map(TextPart::text).collect(Collectors.joining());
	}

	/**
	 * The reasoning as readable text, joined with nothing between.
	 * @return the text, possibly empty
	 */
	public String reasoning() {
		return parts(ReasoningPart.class).map(ReasoningPart::text).collect(Collectors.joining());
	}

	/**
	 * The refusal in the model's words.
	 * @return the text, or {@code null} when the model did not refuse
	 */
	public @Nullable String refusal() {
		List<RefusalPart> refusals = parts(RefusalPart.class).toList();
		return refusals.isEmpty() ? null : refusals.stream().map(RefusalPart::text).collect(Collectors.joining());
	}

	/**
	 * The tools that the model wants called, in order. Decide by this list whether there
	 * is something to do, not by the finish reason: several servers say {@code stop} all
	 * the same.
	 * @return the calls, possibly none
	 */
	public List<ToolCall> toolCalls() {
		return parts(ToolCall.class).toList();
	}

	private <T extends AssistantPart> Stream<T> parts(Class<T> type) {
		return this.parts.stream().filter(type::isInstance).map(type::cast);
	}

}
