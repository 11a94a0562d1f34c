package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * The vendor refuses the request as it is: wrong, too long, filtered, or for a model that
 * does not exist.
 *
 * @since 0.1.0
 */
public final class RequestRefusedException extends ProviderException {

	RequestRefusedException(ErrorKind kind, String summary, ErrorDetails details, @Nullable Throwable cause) {
		super(kind, summary, details, cause);
	}

}
