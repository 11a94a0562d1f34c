package io.nexus3.provider.transport;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.Future;
import io.nexus3.provider.config.ProxySettings;
import io.nexus3.provider.transport.address.PolicyAddressResolverGroup;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.transport.ProxyProvider;

/**
 * Connects by way of a proxy. Its name is looked up without blocking: Reactor Netty by
 * itself would ask the JDK, on the thread of whoever makes the call. The address policy
 * judges the provider's address and not the proxy's, which the operator has chosen.
 */
final class ProxyLookup {

	private final ProxySettings proxy;

	private final PolicyAddressResolverGroup addresses;

	private final Duration connect;

	ProxyLookup(ProxySettings proxy, PolicyAddressResolverGroup addresses, Duration connect) {
		this.proxy = proxy;
		this.addresses = addresses;
		this.connect = connect;
	}

	HttpClient apply(HttpClient client) {
		return client.proxyWhen((config, spec) -> address(config).map((address) -> provider(spec, address)));
	}

	private Mono<InetSocketAddress> address(HttpClientConfig config) {
		InetSocketAddress unresolved = InetSocketAddress.createUnresolved(this.proxy.host(), this.proxy.port());
		return Mono.<List<InetSocketAddress>>create((sink) -> {
			AddressResolver<InetSocketAddress> names = this.addresses
				.names(config.loopResources().onClient(config.isPreferNative()).next());
			Future<List<InetSocketAddress>> found = names.resolveAll(unresolved);
			found.addListener((done) -> {
				if (done.isSuccess()) {
					sink.success(found.getNow());
				}
				else {
					sink.error(done.cause());
				}
			});
		})
			.timeout(this.connect)
			.onErrorMap(TimeoutException.class, (ex) -> new UnknownHostException(this.proxy.host()))
			.map((found) -> found.get(0));
	}

	private ProxyProvider.Builder provider(ProxyProvider.TypeSpec spec, InetSocketAddress address) {
		ProxyProvider.Builder builder = spec.type(ProxyProvider.Proxy.HTTP)
			.socketAddress(address)
			.connectTimeoutMillis(this.connect.toMillis());
		if (this.proxy.username() != null) {
			String password = (this.proxy.password() != null) ? this.proxy.password().reveal() : "";
			builder.username(this.proxy.username()).password((username) -> password);
		}
		return builder;
	}

}
