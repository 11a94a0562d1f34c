package io.nexus3.provider;

/**
 * Text, sent or received.
 *
 * @param text the text, possibly empty
 * @since 0.1.0
 */
public record TextPart(String text) implements ContentPart, AssistantPart {

}
