package io.nexus3.provider;

/**
 * The end of a stream that ended well: always the last event, exactly once.
 *
 * @param message the whole message, as {@link AsyncProvider#complete complete} would have
 * given it
 * @param summary what the stream was like
 * @since 0.1.0
 */
public record StreamComplete(AssistantMessage message, StreamSummary summary) implements StreamEvent {

}
