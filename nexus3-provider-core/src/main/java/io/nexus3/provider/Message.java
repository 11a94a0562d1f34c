package io.nexus3.provider;

/**
 * One turn of a conversation.
 * <p>
 * A list of messages made with one provider can be sent to any other: what only its
 * origin understands is left out for the others.
 *
 * @since 0.1.0
 */
public sealed interface Message permits SystemMessage, UserMessage, AssistantMessage, ToolMessage {

}
