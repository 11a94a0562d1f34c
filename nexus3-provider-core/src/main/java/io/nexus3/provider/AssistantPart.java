package io.nexus3.provider;

/**
 * A piece of what a model answered. The order of the parts in an {@link AssistantMessage}
 * is the order in which they came, because it matters when the message is sent back.
 *
 * @since 0.1.0
 */
public sealed interface AssistantPart permits TextPart, RefusalPart, ReasoningPart, ToolCall, OpaquePart {

}
