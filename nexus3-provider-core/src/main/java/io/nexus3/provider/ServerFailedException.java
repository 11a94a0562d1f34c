package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * The vendor failed or has no capacity.
 *
 * @since 0.1.0
 */
public final class ServerFailedException extends ProviderException {

	ServerFailedException(ErrorKind kind, String summary, ErrorDetails details, @Nullable Throwable cause) {
		super(kind, summary, details, cause);
	}

}
