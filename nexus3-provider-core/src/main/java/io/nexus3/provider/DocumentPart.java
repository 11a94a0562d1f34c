package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * A document for the model to read, usually a PDF.
 *
 * @param media the document
 * @param name its file name, or {@code null}
 * @see <a href="https://platform.openai.com/docs/guides/pdf-files">OpenAI, file
 * inputs</a>
 * @since 0.1.0
 */
public record DocumentPart(Media media, @Nullable String name) implements ContentPart {

	/**
	 * A document.
	 * @param media where it is
	 * @param name its file name
	 * @return the part
	 */
	public static DocumentPart of(Media media, String name) {
		return new DocumentPart(media, name);
	}

}
