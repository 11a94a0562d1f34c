package io.nexus3.provider;

import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One model at one provider: the interface an application talks to.
 * <p>
 * Both methods are cold: each subscription is a call of its own with its own request on
 * the wire, its own retries and its own clocks. Cancelling a subscription closes the
 * connection at once and starts nothing more. Errors are always
 * {@link ProviderException}s.
 * <p>
 * Instances are safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface AsyncProvider {

	/**
	 * Ask for one whole answer.
	 * @param request what to send
	 * @return the message, exactly one, or a {@link ProviderException}
	 */
	Mono<AssistantMessage> complete(CompletionRequest request);

	/**
	 * Ask for an answer in pieces, as the model writes it.
	 * <p>
	 * A stream that ends well delivers exactly one {@link StreamComplete}, as its last
	 * event. A failure before the first event may have been retried; a failure after it
	 * never is: the {@link ProviderException} then carries the partial message.
	 * @param request what to send
	 * @return the events in order, or a {@link ProviderException}
	 */
	Flux<StreamEvent> stream(CompletionRequest request);

	/**
	 * Ask for one whole answer to a conversation.
	 * @param messages the conversation, oldest first
	 * @return the message
	 */
	default Mono<AssistantMessage> complete(List<? extends Message> messages) {
		return complete(CompletionRequest.of(messages));
	}

	/**
	 * Ask for one whole answer to a conversation, offering tools.
	 * @param messages the conversation, oldest first
	 * @param tools the tools that the model may call
	 * @return the message
	 */
	default Mono<AssistantMessage> complete(List<? extends Message> messages, List<ToolDefinition> tools) {
		return complete(CompletionRequest.of(messages).withTools(tools));
	}

	/**
	 * Ask for one whole answer to a single user message.
	 * @param userText what the user says
	 * @return the message
	 */
	default Mono<AssistantMessage> complete(String userText) {
		return complete(CompletionRequest.of(userText));
	}

	/**
	 * Stream the answer to a conversation.
	 * @param messages the conversation, oldest first
	 * @return the events
	 */
	default Flux<StreamEvent> stream(List<? extends Message> messages) {
		return stream(CompletionRequest.of(messages));
	}

	/**
	 * Stream the answer to a conversation, offering tools.
	 * @param messages the conversation, oldest first
	 * @param tools the tools that the model may call
	 * @return the events
	 */
	default Flux<StreamEvent> stream(List<? extends Message> messages, List<ToolDefinition> tools) {
		return stream(CompletionRequest.of(messages).withTools(tools));
	}

	/**
	 * Stream the answer to a single user message.
	 * @param userText what the user says
	 * @return the events
	 */
	default Flux<StreamEvent> stream(String userText) {
		return stream(CompletionRequest.of(userText));
	}

}
