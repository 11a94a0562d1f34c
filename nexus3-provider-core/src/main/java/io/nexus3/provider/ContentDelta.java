package io.nexus3.provider;

/**
 * A piece of the answer's text.
 *
 * @param text the text to append, never empty
 * @since 0.1.0
 */
public record ContentDelta(String text) implements StreamEvent {

}
