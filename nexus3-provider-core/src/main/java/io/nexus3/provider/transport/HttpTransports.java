package io.nexus3.provider.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.netty.resolver.AddressResolverGroup;
import io.nexus3.provider.transport.address.FilteredAddressResolverGroup;
import io.nexus3.provider.wire.PoolListener;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes transports, each on a web client of its own.
 *
 * @since 0.1.0
 */
public final class HttpTransports {

	private final Function<String, WebClient.Builder> builders;

	private final Seams seams;

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
		this(builders, new Seams(List.of(), null, null, UnaryOperator.identity()));
	}

	private HttpTransports(Function<String, WebClient.Builder> builders, Seams seams) {
		this.builders = builders;
		this.seams = seams;
	}

	/**
	 * These transports, with listeners that are told of their connection pools.
	 * @param listeners the listeners
	 * @return new transports
	 */
	public HttpTransports withPoolListeners(List<? extends PoolListener> listeners) {
		Seams seams = this.seams;
		return new HttpTransports(this.builders,
				new Seams(List.copyOf(listeners), seams.names, seams.filter, seams.network));
	}

	/**
	 * These transports with another name service. What it answers is judged by the
	 * address policy as any other answer.
	 * @param names answers for names other than {@code localhost}; it stays the caller's
	 * to close
	 * @return new transports
	 */
	public HttpTransports withNames(AddressResolverGroup<InetSocketAddress> names) {
		Seams seams = this.seams;
		return new HttpTransports(this.builders, new Seams(seams.pools, names, seams.filter, seams.network));
	}

	/**
	 * These transports, dialling only what the application allows besides the provider's
	 * own address policy.
	 * @param filter passes addresses that may be dialled
	 * @return new transports
	 */
	public HttpTransports withAddressFilter(Predicate<InetAddress> filter) {
		Seams seams = this.seams;
		return new HttpTransports(this.builders, new Seams(seams.pools, seams.names, filter, seams.network));
	}

	/**
	 * These transports on a network of their own, for tests of what would be dialled.
	 * @param network changes a client after everything that makes it safe is set
	 * @return new transports
	 */
	HttpTransports withNetwork(UnaryOperator<HttpClient> network) {
		Seams seams = this.seams;
		return new HttpTransports(this.builders, new Seams(seams.pools, seams.names, seams.filter, network));
	}

	/**
	 * Make a transport. No connection is opened.
	 * @param settings what it is made of
	 * @return the transport
	 */
	public HttpTransport create(TransportSettings settings) {
		return new HttpTransport(settings, this.builders.apply(settings.provider()), this.seams);
	}

	/**
	 * What others look into or provide.
	 *
	 * @param pools who is told of connection pools
	 * @param names answers for names, or {@code null} for the system's name service
	 * @param filter passes addresses that the application allows, or {@code null} for all
	 * @param network changes a client after everything that makes it safe is set
	 */
	record Seams(List<PoolListener> pools, @Nullable AddressResolverGroup<InetSocketAddress> names,
			@Nullable Predicate<InetAddress> filter, UnaryOperator<HttpClient> network) {

		/** What the address policy has let pass, less what the application leaves out. */
		AddressResolverGroup<InetSocketAddress> filtered(AddressResolverGroup<InetSocketAddress> judged) {
			return (this.filter != null) ? new FilteredAddressResolverGroup(judged, this.filter) : judged;
		}

	}

}
