package io.nexus3.provider.transport;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import io.nexus3.provider.wire.PoolListener;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes transports, each on a web client of its own.
 *
 * @since 0.1.0
 */
public final class HttpTransports {

	private final Function<String, WebClient.Builder> builders;

	private final List<PoolListener> pools;

	private final Predicate<InetAddress> filter;

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
		this(builders, List.of(), (address) -> true);
	}

	private HttpTransports(Function<String, WebClient.Builder> builders, List<PoolListener> pools,
			Predicate<InetAddress> filter) {
		this.builders = builders;
		this.pools = pools;
		this.filter = filter;
	}

	/**
	 * These transports, with listeners that are told of their connection pools.
	 * @param listeners the listeners
	 * @return new transports
	 */
	public HttpTransports withPoolListeners(List<? extends PoolListener> listeners) {
		return new HttpTransports(this.builders, List.copyOf(listeners), this.filter);
	}

	/**
	 * These transports, dialling only what the application allows besides the provider's
	 * own address policy.
	 * @param filter passes addresses that may be dialled
	 * @return new transports
	 */
	public HttpTransports withAddressFilter(Predicate<InetAddress> filter) {
		return new HttpTransports(this.builders, this.pools, filter);
	}

	/**
	 * Make a transport. No connection is opened.
	 * @param settings what it is made of
	 * @return the transport
	 */
	public HttpTransport create(TransportSettings settings) {
		return new HttpTransport(settings, this.builders.apply(settings.provider()), this.pools, this.filter);
	}

}
