package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * The vendor does not accept the key, or does not let it do this.
 *
 * @since 0.1.0
 */
public final class AccessDeniedException extends ProviderException {

	AccessDeniedException(ErrorKind kind, String summary, ErrorDetails details, @Nullable Throwable cause) {
		super(kind, summary, details, cause);
	}

}
