package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * The call cannot be made: the registry is closed, or the configuration does not allow
 * it.
 *
 * @since 0.1.0
 */
public final class ProviderStateException extends ProviderException {

	ProviderStateException(ErrorKind kind, String summary, ErrorDetails details, @Nullable Throwable cause) {
		super(kind, summary, details, cause);
	}

}
