package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * No answer could be had over the network.
 *
 * @since 0.1.0
 */
public final class ConnectionFailedException extends ProviderException {

	ConnectionFailedException(ErrorKind kind, String summary, ErrorDetails details, @Nullable Throwable cause) {
		super(kind, summary, details, cause);
	}

}
