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
import org.jspecify.annotations.Nullable;

/**
 * What a browser sends: the conversation so far, and how to go on.
 *
 * @param model the alias of the model, or {@code null} for the default model
 * @param messages the conversation, oldest first
 * @param tools whether the model may call tools; {@code null} means yes
 * @param reasoning how much the model shall think: off, minimal, low, medium, high, xhigh
 * or max; {@code null} for what is configured
 * @param scenario what shall go wrong at a simulated provider, or {@code null} for
 * nothing
 * @param wire whether the raw traffic of this answer is sent along; {@code null} means no
 * @since 0.1.0
 */
public record ChatRequest(@Nullable String model, @Nullable List<Turn> messages, @Nullable Boolean tools,
		@Nullable String reasoning, @Nullable String scenario, @Nullable Boolean wire) {

	/**
	 * A request in which nothing shall go wrong, without raw traffic.
	 * @param model the alias of the model, or {@code null} for the default model
	 * @param messages the conversation, oldest first
	 * @param tools whether the model may call tools; {@code null} means yes
	 * @param reasoning how much the model shall think, or {@code null}
	 */
	public ChatRequest(@Nullable String model, @Nullable List<Turn> messages, @Nullable Boolean tools,
			@Nullable String reasoning) {
		this(model, messages, tools, reasoning, null, null);
	}

	/**
	 * One turn of the conversation.
	 *
	 * @param role user, assistant or system
	 * @param content what was said; may be blank where there are images
	 * @param images images that the user sends along, as {@code data:} URLs in Base64, or
	 * {@code null} for none
	 */
	public record Turn(@Nullable String role, @Nullable String content, @Nullable List<String> images) {

		/**
		 * A turn without images.
		 * @param role user, assistant or system
		 * @param content what was said
		 */
		public Turn(@Nullable String role, @Nullable String content) {
			this(role, content, null);
		}

		boolean hasImages() {
			return this.images != null && !this.images.isEmpty();
		}

	}

	boolean withTools() {
		return this.tools == null || this.tools;
	}

	boolean withWire() {
		return this.wire != null && this.wire;
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
		String role = turn.role();
		String content = (turn.content() != null) ? turn.content() : "";
		if (role == null || (content.isBlank() && !turn.hasImages())) {
			throw ChatProblem.badRequest("Every message needs a role and a content that is not blank");
		}
		if (turn.hasImages() && !role.equals("user")) {
			throw ChatProblem.badRequest("Only messages of the role user take images");
		}
		return switch (role) {
			case "user" -> UserImages.message(content, turn.images());
			case "assistant" -> AssistantMessage.of(content);
			case "system" -> SystemMessage.of(content);
			default -> throw ChatProblem
				.badRequest("The role '%s' is unknown: write user, assistant or system".formatted(role));
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
