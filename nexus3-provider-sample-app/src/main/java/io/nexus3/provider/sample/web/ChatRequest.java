package io.nexus3.provider.sample.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Message;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.UserMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a browser sends: the conversation so far, and how to go on.
 *
 * @param model the alias of the model, or {@code null} for the default model
 * @param messages the conversation, oldest first
 * @param tools whether the model may call tools; {@code null} means yes
 * @param reasoning how much the model shall think: off, minimal, low, medium, high, xhigh
 * or max; {@code null} for what is configured
 * @since 0.1.0
 */
public record ChatRequest(@Nullable String model, @Nullable List<Turn> messages, @Nullable Boolean tools,
		@Nullable String reasoning) {

	/**
	 * One turn of the conversation.
	 *
	 * @param role user, assistant or system
	 * @param content what was said
	 */
	public record Turn(@Nullable String role, @Nullable String content) {

	}

	boolean withTools() {
		return this.tools == null || this.tools;
	}

	/**
	 * This request in the library's words.
	 * @return the request, without tools
	 * @throws ChatProblem saying what is wrong with it
	 */
	CompletionRequest toCompletionRequest() {
		if (this.messages == null || this.messages.isEmpty()) {
			throw ChatProblem
				.badRequest("Send at least one message, such as {\"role\": \"user\", \"content\": \"Hello\"}");
		}
		CompletionRequest request = CompletionRequest.of(this.messages.stream().map(ChatRequest::message).toList());
		return (this.reasoning != null && !this.reasoning.isBlank())
				? request.withOptions(RequestOptions.defaults().withReasoning(reasoning(this.reasoning))) : request;
	}

	private static Message message(Turn turn) {
		if (turn.role() == null || turn.content() == null || turn.content().isBlank()) {
			throw ChatProblem.badRequest("Every message needs a role and a content that is not blank");
		}
		return switch (turn.role()) {
			case "user" -> UserMessage.of(turn.content());
			case "assistant" -> AssistantMessage.of(turn.content());
			case "system" -> SystemMessage.of(turn.content());
			default -> throw ChatProblem
				.badRequest("The role '%s' is unknown: write user, assistant or system".formatted(turn.role()));
		};
	}

	private static Reasoning reasoning(String name) {
		if (name.equals("off")) {
			return Reasoning.off();
		}
		try {
			return Reasoning.effort(Reasoning.Level.valueOf(name.toUpperCase(Locale.ROOT)));
		}
		catch (IllegalArgumentException ex) {
			throw ChatProblem.badRequest("The reasoning '%s' is unknown: write off or one of %s".formatted(name,
					Arrays.stream(Reasoning.Level.values()).map(Reasoning.Level::wireName).toList()));
		}
	}

}
