package io.nexus3.provider.test.format;

import org.jspecify.annotations.Nullable;

/**
 * Why a request is refused, before a dialect puts it into its own envelope.
 *
 * @param status the HTTP status
 * @param message what is wrong
 * @param param the request field that is wrong, or {@code null}
 * @param code the vendor's code (in Anthropic's format the type), or {@code null} for the
 * one that goes with the status
 * @since 0.1.0
 */
public record ApiError(int status, String message, @Nullable String param, @Nullable String code) {

	/**
	 * An error that names no field and no code.
	 * @param status the HTTP status
	 * @param message what is wrong
	 * @return the error
	 */
	public static ApiError of(int status, String message) {
		return new ApiError(status, message, null, null);
	}

	/**
	 * A refusal with status 400 and the code that goes with it.
	 * @param message what is wrong
	 * @param param the request field that is wrong, or {@code null}
	 * @return the error
	 */
	public static ApiError badRequest(String message, @Nullable String param) {
		return new ApiError(400, message, param, null);
	}

	/**
	 * A refusal with status 400.
	 * @param message what is wrong
	 * @param param the request field that is wrong, or {@code null}
	 * @param code the vendor's code, or {@code null} for the one that goes with the
	 * status
	 * @return the error
	 */
	public static ApiError badRequest(String message, @Nullable String param, @Nullable String code) {
		return new ApiError(400, message, param, code);
	}

}
