package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * What the vendor itself said about an error.
 *
 * @param status the HTTP status of the answer, or {@code null} when there was none
 * @param type the vendor's error type, or {@code null}
 * @param code the vendor's error code as sent, a {@link String} or a {@link Number}, or
 * {@code null}
 * @param message the vendor's own words, or {@code null}
 * @param body the start of the body as text, keys redacted, at most 10 KiB; {@code null}
 * when there was none
 * @param requestId the vendor's id of the request, to quote to its support, or
 * {@code null}
 * @since 0.1.0
 */
public record VendorError(@Nullable Integer status, @Nullable String type, @Nullable Object code,
		@Nullable String message, @Nullable String body, @Nullable String requestId) {

	private static final VendorError NONE = new VendorError(null, null, null, null, null, null);

	/**
	 * An error of which the vendor said nothing.
	 * @return the empty value
	 */
	public static VendorError none() {
		return NONE;
	}

	/**
	 * An error of which only the answer's head is known.
	 * @param status the HTTP status
	 * @param requestId the vendor's id of the request, or {@code null}
	 * @return the value
	 */
	public static VendorError ofHead(int status, @Nullable String requestId) {
		return new VendorError(status, null, null, null, null, requestId);
	}

}
