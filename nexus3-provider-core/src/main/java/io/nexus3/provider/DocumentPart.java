package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * A document for the model to read, usually a PDF.
 *
 * @param media the document
 * @param name its file name, or {@code null}
 * @param citations whether the answer shall cite it, where the vendor knows citations;
 * Anthropic wants the same for all documents of a request
 * @see <a href= "https://platform.claude.com/docs/en/build-with-claude/citations">
 * Anthropic, citations</a>
 * @see <a href="https://platform.openai.com/docs/guides/pdf-files">OpenAI, file
 * inputs</a>
 * @since 0.1.0
 */
public record DocumentPart(Media media, @Nullable String name, boolean citations) implements ContentPart {

	/**
	 * A document that need not be cited.
	 * @param media the document
	 * @param name its file name, or {@code null}
	 */
	public DocumentPart(Media media, @Nullable String name) {
		this(media, name, false);
	}

	/**
	 * A document.
	 * @param media where it is
	 * @param name its file name
	 * @return the part
	 */
	public static DocumentPart of(Media media, String name) {
		return new DocumentPart(media, name);
	}

	/**
	 * This document, to be cited.
	 * @return a new part
	 */
	public DocumentPart withCitations() {
		return new DocumentPart(this.media, this.name, true);
	}

}
