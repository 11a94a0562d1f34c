package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * An image for the model to look at.
 *
 * @param media the image: PNG, JPEG, GIF or WebP at most vendors
 * @param detail how closely to look ({@code low}, {@code high}, {@code auto}), where the
 * vendor knows it, or {@code null}
 * @see <a href="https://platform.openai.com/docs/guides/images-vision">OpenAI, images</a>
 * @since 0.1.0
 */
public record ImagePart(Media media, @Nullable String detail) implements ContentPart {

	/**
	 * An image.
	 * @param media where it is
	 * @return the part
	 */
	public static ImagePart of(Media media) {
		return new ImagePart(media, null);
	}

}
