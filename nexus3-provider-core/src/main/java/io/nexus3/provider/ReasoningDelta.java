package io.nexus3.provider;

/**
 * A piece of the model's reasoning.
 *
 * @param text the text to append, never empty
 * @since 0.1.0
 */
public record ReasoningDelta(String text) implements StreamEvent {

}
