package io.nexus3.provider;

/**
 * One piece of a streamed answer. New kinds may come with new versions: let code that
 * looks at the kind ignore those that it does not know.
 *
 * @since 0.1.0
 */
public sealed interface StreamEvent
		permits ContentDelta, ReasoningDelta, RefusalDelta, ToolCallStarted, ToolCallDelta, StreamComplete {

}
