package io.nexus3.provider;

/**
 * A piece of the model's refusal.
 *
 * @param text the text to append, never empty
 * @since 0.1.0
 */
public record RefusalDelta(String text) implements StreamEvent {

}
