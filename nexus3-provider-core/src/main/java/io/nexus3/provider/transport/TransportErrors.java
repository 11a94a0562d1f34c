package io.nexus3.provider.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.nexus3.provider.ErrorDetails;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.ProxySettings;
import io.nexus3.provider.transport.address.AddressRefusedException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;
import reactor.netty.internal.shaded.reactor.pool.PoolShutdownException;

/**
 * Makes typed errors of what goes wrong below HTTP.
 */
final class TransportErrors {

	private TransportErrors() {
	}

	static ProviderException map(Throwable thrown, BaseUrl baseUrl, @Nullable ProxySettings proxy) {
		Throwable error = Exceptions.unwrap(thrown);
		if (error instanceof ProviderException typed) {
			return typed;
		}
		String host = host(baseUrl);
		if (proxy != null) {
			ProviderException typed = ProxyErrors.typed(error, host, proxy);
			if (typed != null) {
				return typed;
			}
		}
		for (Throwable cause = error; cause != null; cause = next(cause)) {
			ProviderException typed = typed(cause, host);
			if (typed != null) {
				return typed;
			}
		}
		return of(ErrorKind.OTHER, "The call failed: " + error.getMessage(), error);
	}

	/**
	 * The head is here, so this is HTTP: what breaks the framing of the body cuts it off.
	 */
	static Throwable mapBody(Throwable thrown, BaseUrl baseUrl) {
		for (Throwable cause = Exceptions.unwrap(thrown); cause != null; cause = next(cause)) {
			if (isMalformed(cause) && !isTls(cause)) {
				return of(ErrorKind.CONNECTION_LOST,
						"The answer of " + host(baseUrl) + " was cut off: " + cause.getMessage(), cause);
			}
		}
		return thrown;
	}

	private static boolean isMalformed(Throwable cause) {
		return cause instanceof DecoderException || cause instanceof IllegalArgumentException;
	}

	private static String host(BaseUrl baseUrl) {
		return baseUrl.host() + ((baseUrl.port() != -1) ? ":" + baseUrl.port() : "");
	}

	static @Nullable Throwable next(Throwable cause) {
		return (cause.getCause() != cause) ? cause.getCause() : null;
	}

	private static @Nullable ProviderException typed(Throwable cause, String host) {
		if (cause instanceof ProviderException typed) {
			return typed;
		}
		if (cause instanceof AddressRefusedException) {
			return of(ErrorKind.ADDRESS_REFUSED, String.valueOf(cause.getMessage()), cause);
		}
		if (cause instanceof UnknownHostException) {
			return of(ErrorKind.DNS, "The host " + host + " could not be resolved: check base-url", cause);
		}
		if (cause instanceof ConnectTimeoutException || cause instanceof SslHandshakeTimeoutException) {
			return of(ErrorKind.TIMEOUT, "The connect timeout ran out before a connection to " + host + " was made",
					cause);
		}
		if (isTls(cause)) {
			return of(ErrorKind.TLS, "TLS with " + host + " failed: " + TlsProblem.of(cause)
					+ ". Whom to trust besides the system's authorities, an SSL bundle named in ssl.bundle says",
					cause);
		}
		if (cause instanceof PoolAcquireTimeoutException) {
			return of(ErrorKind.POOL_EXHAUSTED,
					"No connection to " + host + " became free in time: raise max-connections, or call less at once",
					cause);
		}
		if (cause instanceof PoolShutdownException) {
			return of(ErrorKind.CLOSED, "The provider is closed", cause);
		}
		if (isNoConnection(cause)) {
			return of(ErrorKind.CONNECT, "No connection to " + host + " could be made: " + cause.getMessage(), cause);
		}
		if (cause instanceof TooLongFrameException) {
			return of(ErrorKind.PROTOCOL, "The head of what " + host + " sends exceeds the limit response-headers",
					cause);
		}
		if (isMalformed(cause)) {
			return of(ErrorKind.PROTOCOL, "What " + host + " sends is no HTTP: " + cause.getMessage(), cause);
		}
		// Netty's own of a head that breaks off is no IOException.
		if (cause instanceof IOException || cause instanceof PrematureChannelClosureException) {
			return of(ErrorKind.CONNECTION_LOST, "The connection to " + host + " was lost: " + cause.getMessage(),
					cause);
		}
		return null;
	}

	/** Without file descriptors, no socket is opened; that has no type of its own. */
	private static boolean isNoConnection(Throwable cause) {
		return cause instanceof ConnectException || cause instanceof NoRouteToHostException
				|| (cause instanceof IOException && "Too many open files".equals(cause.getMessage()));
	}

	/** What is no TLS at all arrives as a fault of the decoder. */
	private static boolean isTls(Throwable cause) {
		return cause instanceof SSLException
				|| (cause instanceof DecoderException && cause.getCause() instanceof SSLException);
	}

	private static ProviderException of(ErrorKind kind, String summary, Throwable cause) {
		return ProviderException.of(kind, summary, ErrorDetails.none(), cause);
	}

}
