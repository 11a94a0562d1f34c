package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * Too much was asked for now, or the account's quota is used up; {@link #kind()} tells
 * which.
 *
 * @since 0.1.0
 */
public final class RateLimitedException extends ProviderException {

	RateLimitedException(ErrorKind kind, String summary, ErrorDetails details, @Nullable Throwable cause) {
		super(kind, summary, details, cause);
	}

}
