package io.nexus3.provider.transport;

import java.util.function.Function;
import java.util.function.UnaryOperator;

import reactor.netty.http.client.HttpClient;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes transports, each on a web client of its own.
 *
 * @since 0.1.0
 */
public final class HttpTransports {

	private final Function<String, WebClient.Builder> builders;

	private final UnaryOperator<HttpClient> network;

	/**
	 * Transports on plain web clients.
	 */
	public HttpTransports() {
		this((provider) -> WebClient.builder());
	}

	/**
	 * Transports on web clients that somebody else prepares. What makes them safe is set
	 * afterwards and cannot be undone there: the connector, and with it addresses,
	 * redirects, proxies and limits.
	 * @param builders gives a fresh builder for a provider's configured name
	 */
	public HttpTransports(Function<String, WebClient.Builder> builders) {
		this(builders, UnaryOperator.identity());
	}

	/**
	 * Transports on a network of their own, for tests of what would be dialled.
	 * @param builders gives a fresh builder for a provider's configured name
	 * @param network changes a client after everything that makes it safe is set
	 */
	HttpTransports(Function<String, WebClient.Builder> builders, UnaryOperator<HttpClient> network) {
		this.builders = builders;
		this.network = network;
	}

	/**
	 * Make a transport. No connection is opened.
	 * @param settings what it is made of
	 * @return the transport
	 */
	public HttpTransport create(TransportSettings settings) {
		return new HttpTransport(settings, this.builders.apply(settings.provider()), this.network);
	}

}
