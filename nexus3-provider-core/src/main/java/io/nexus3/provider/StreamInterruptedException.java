package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * The answer broke off before the model was done. {@link #partialMessage()} holds what
 * had arrived.
 *
 * @since 0.1.0
 */
public final class StreamInterruptedException extends ProviderException {

	StreamInterruptedException(ErrorKind kind, String summary, ErrorDetails details, @Nullable Throwable cause) {
		super(kind, summary, details, cause);
	}

}
