package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * An error of none of the other families; open for providers made outside this library.
 *
 * @since 0.1.0
 */
public non-sealed class OtherProviderException extends ProviderException {

	/**
	 * A new error.
	 * @param kind what went wrong
	 * @param summary what happened and what to do, in words
	 * @param details everything else
	 * @param cause the cause, or {@code null}
	 */
	public OtherProviderException(ErrorKind kind, String summary, ErrorDetails details, @Nullable Throwable cause) {
		super(kind, summary, details, cause);
	}

}
