package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * One of the clocks ran out before anything was handed over; the message names the clock.
 *
 * @since 0.1.0
 */
public final class TimedOutException extends ProviderException {

	TimedOutException(ErrorKind kind, String summary, ErrorDetails details, @Nullable Throwable cause) {
		super(kind, summary, details, cause);
	}

}
