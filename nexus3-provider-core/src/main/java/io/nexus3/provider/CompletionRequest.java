package io.nexus3.provider;

import java.util.List;

/**
 * What an application asks of a model: a conversation, the tools on offer and the options
 * of this one call.
 *
 * @param messages the conversation, oldest first; at least one
 * @param tools the tools that the model may call, possibly none
 * @param options what this call sets; it wins over the model's and the provider's options
 * @since 0.1.0
 */
public record CompletionRequest(List<Message> messages, List<ToolDefinition> tools, RequestOptions options) {

	/**
	 * Check and copy.
	 * @throws IllegalArgumentException when there is no message
	 */
	public CompletionRequest {
		messages = List.copyOf(messages);
		tools = List.copyOf(tools);
		if (messages.isEmpty()) {
			throw new IllegalArgumentException("A completion request needs at least one message");
		}
	}

	/**
	 * A request with this conversation, no tools and no options.
	 * @param messages the conversation, oldest first
	 * @return the request
	 */
	public static CompletionRequest of(List<? extends Message> messages) {
		return new CompletionRequest(List.copyOf(messages), List.of(), RequestOptions.defaults());
	}

	/**
	 * A request with a single user message.
	 * @param userText what the user says
	 * @return the request
	 */
	public static CompletionRequest of(String userText) {
		return of(List.of(UserMessage.of(userText)));
	}

	/**
	 * This request with other tools.
	 * @param tools the tools that the model may call
	 * @return a new request
	 */
	public CompletionRequest withTools(List<ToolDefinition> tools) {
		return new CompletionRequest(this.messages, tools, this.options);
	}

	/**
	 * This request with other options.
	 * @param options what this call sets
	 * @return a new request
	 */
	public CompletionRequest withOptions(RequestOptions options) {
		return new CompletionRequest(this.messages, this.tools, options);
	}

	/**
	 * This request with other messages.
	 * @param messages the conversation, oldest first
	 * @return a new request
	 */
	public CompletionRequest withMessages(List<? extends Message> messages) {
		return new CompletionRequest(List.copyOf(messages), this.tools, this.options);
	}

}
