package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * The answer cannot be used: malformed, empty, too large, of another kind, or a redirect.
 *
 * @since 0.1.0
 */
public final class InvalidResponseException extends ProviderException {

	InvalidResponseException(ErrorKind kind, String summary, ErrorDetails details, @Nullable Throwable cause) {
		super(kind, summary, details, cause);
	}

}
