package io.nexus3.provider;

/**
 * A sound for the model to listen to.
 *
 * @param media the sound; most vendors take WAV and MP3 sent along
 * @see <a href="https://platform.openai.com/docs/guides/audio">OpenAI, audio</a>
 * @since 0.1.0
 */
public record AudioPart(Media media) implements ContentPart {

}
