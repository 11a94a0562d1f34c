package io.nexus3.provider;

import java.util.Base64;

/**
 * Where the bytes of an image, a document or a sound are.
 *
 * @since 0.1.0
 */
public sealed interface Media permits Media.Bytes, Media.Url {

	/**
	 * Media sent along with the request.
	 * @param mediaType the media type, such as {@code image/png}
	 * @param data the bytes
	 * @return the media
	 */
	static Media bytes(String mediaType, byte[] data) {
		return new Bytes(mediaType, Base64.getEncoder().encodeToString(data));
	}

	/**
	 * Media that the vendor fetches by itself.
	 * @param url an address that the vendor can reach
	 * @return the media
	 */
	static Media url(String url) {
		return new Url(url);
	}

	/**
	 * Media sent along with the request.
	 *
	 * @param mediaType the media type, such as {@code image/png}
	 * @param base64 the bytes in Base64, without line breaks
	 */
	record Bytes(String mediaType, String base64) implements Media {

		/**
		 * The media as a {@code data:} URL.
		 * @return the URL
		 * @see <a href="https://www.rfc-editor.org/rfc/rfc2397">RFC 2397</a>
		 */
		public String dataUrl() {
			return "data:" + this.mediaType + ";base64," + this.base64;
		}

		/**
		 * A short text without the data, so that logs stay readable.
		 * @return the media type and the size of the Base64 text
		 */
		@Override
		public String toString() {
			return "Bytes[mediaType=" + this.mediaType + ", base64=" + this.base64.length() + " characters]";
		}

	}

	/**
	 * Media that the vendor fetches by itself.
	 *
	 * @param url an address that the vendor can reach
	 */
	record Url(String url) implements Media {

	}

}
