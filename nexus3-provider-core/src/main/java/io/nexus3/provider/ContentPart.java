package io.nexus3.provider;

/**
 * A piece of what is sent to a model in a {@link UserMessage} or {@link ToolMessage}.
 *
 * @since 0.1.0
 */
public sealed interface ContentPart permits TextPart, ImagePart, DocumentPart, AudioPart {

}
