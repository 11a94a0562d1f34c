package io.nexus3.provider.transport;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

import io.netty.handler.proxy.ProxyConnectException;
import io.nexus3.provider.ErrorDetails;
import io.nexus3.provider.ErrorDetails.Recovery;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.ProxySettings;
import org.jspecify.annotations.Nullable;

/**
 * Makes typed errors of what goes wrong on the way through a proxy.
 */
final class ProxyErrors {

	private ProxyErrors() {
	}

	/**
	 * The error of a connection that the proxy did not make.
	 * @param error what went wrong
	 * @param host where the connection was to go
	 * @param proxy the proxy
	 * @return the error, or {@code null} when it is not the proxy's
	 */
	static @Nullable ProviderException typed(Throwable error, String host, ProxySettings proxy) {
		for (Throwable cause = error; cause != null; cause = TransportErrors.next(cause)) {
			if (cause instanceof ProxyConnectException refused) {
				return refused(refused, host, proxy);
			}
			if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
				return of("The proxy " + name(proxy) + " cannot be reached: " + cause.getMessage(), true, cause);
			}
			if (cause instanceof UnknownHostException && isAbout(cause, proxy.host())) {
				return of("The proxy " + name(proxy) + " could not be resolved: check proxy.host", true, cause);
			}
		}
		return null;
	}

	private static ProviderException refused(ProxyConnectException refused, String host, ProxySettings proxy) {
		String message = String.valueOf(refused.getMessage());
		String status = "status: ";
		int at = message.indexOf(status);
		String said = (at >= 0) ? message.substring(at + status.length()) : message;
		if (said.startsWith("407")) {
			return of("The proxy " + name(proxy) + " asks for credentials (407): check proxy.username and"
					+ " proxy.password", false, refused);
		}
		boolean final4xx = said.startsWith("4") && !said.startsWith("408") && !said.startsWith("429");
		return of("The proxy " + name(proxy) + " did not connect to " + host + ": " + said, !(at >= 0 && final4xx),
				refused);
	}

	private static boolean isAbout(Throwable cause, String host) {
		return String.valueOf(cause.getMessage()).contains(host);
	}

	private static String name(ProxySettings proxy) {
		return proxy.host() + ":" + proxy.port();
	}

	private static ProviderException of(String summary, boolean retryable, Throwable cause) {
		return ProviderException.of(ErrorKind.PROXY, summary,
				ErrorDetails.none().withRecovery(new Recovery(retryable, null)), cause);
	}

}
