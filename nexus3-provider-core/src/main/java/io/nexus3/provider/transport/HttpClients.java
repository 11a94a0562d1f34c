package io.nexus3.provider.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.AttributeKey;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.config.ProxySettings;
import io.nexus3.provider.config.TlsSettings;
import io.nexus3.provider.transport.address.FilteredAddressResolverGroup;
import io.nexus3.provider.transport.address.PolicyAddressResolverGroup;
import io.nexus3.provider.wire.PoolListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.Connection;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;

/**
 * Makes hardened Reactor Netty clients: addresses judged where they are resolved, no
 * redirects, no retries of its own, no compression, no proxy from the environment.
 */
final class HttpClients {

	private static final Logger logger = LoggerFactory.getLogger(HttpClients.class);

	private static final AttributeKey<Boolean> USED = AttributeKey.valueOf(HttpClients.class, "used");

	private HttpClients() {
	}

	static ConnectionProvider pool(TransportSettings settings, List<PoolListener> listeners) {
		PoolSettings pool = settings.connections().pool();
		ConnectionProvider.Builder builder = ConnectionProvider.builder("nexus3-" + settings.provider())
			.maxConnections(pool.maxConnections())
			.pendingAcquireMaxCount(-1)
			.pendingAcquireTimeout(pool.pendingAcquireTimeout())
			.maxIdleTime(pool.maxIdleTime())
			.maxLifeTime(pool.maxLifeTime())
			.evictInBackground(pool.maxIdleTime())
			.lifo();
		if (!listeners.isEmpty()) {
			PoolRegistrar registrar = new PoolRegistrar(settings.provider(), listeners);
			builder.metrics(true, () -> registrar);
		}
		return builder.build();
	}

	static HttpClient client(TransportSettings settings, ConnectionProvider pool, HttpTransports.Seams seams) {
		Duration connect = settings.reading().connectTimeout();
		int headers = settings.reading().limits().responseHeaders();
		PolicyAddressResolverGroup addresses = new PolicyAddressResolverGroup(settings.policy(), seams.names(),
				connect);
		HttpClient client = HttpClient.create(pool)
			.followRedirect(false)
			.disableRetry(true)
			.compress(false)
			.resolver(seams.filtered(addresses))
			.doOnChannelInit((observer, channel, remote) -> {
				addresses.holdToClock(channel);
				HeadGuard.install(channel);
				AnswerBoundary.install(channel);
			})
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(connect))
			.option(ChannelOption.TCP_NODELAY, true)
			.httpResponseDecoder((spec) -> spec.maxHeaderSize(headers).maxInitialLineLength(headers))
			.doOnConnected((connection) -> connection.addHandlerFirst(new InterimResponses()))
			.doOnRequest(HttpClients::connected)
			.doAfterRequest((request, connection) -> requestSent(request));
		ProxySettings proxy = settings.connections().proxy();
		client = (proxy != null) ? new ProxyLookup(proxy, addresses, connect).apply(client) : client.noProxy();
		return settings.baseUrl().scheme().equals("https") ? secure(client, settings, connect) : client;
	}

	private static void connected(HttpClientRequest request, Connection connection) {
		boolean reused = connection.channel().attr(USED).getAndSet(Boolean.TRUE) != null;
		HeadGuard.expectAnswer(connection.channel());
		PendingAnswer answer = PendingAnswer.of(request.currentContextView());
		if (answer != null) {
			answer.connected(connection, reused);
		}
	}

	private static void requestSent(HttpClientRequest request) {
		PendingAnswer answer = PendingAnswer.of(request.currentContextView());
		if (answer != null) {
			answer.requestSent();
		}
	}

	/** To be called once for a provider, however many clients it has. */
	static void warnAbout(TransportSettings settings) {
		if (settings.baseUrl().scheme().equals("https") && !settings.connections().tls().verify()) {
			logger.warn("Certificates of the provider '{}' are not verified: whoever sits between can read the key",
					settings.provider());
		}
	}

	private static HttpClient secure(HttpClient client, TransportSettings settings, Duration handshake) {
		TlsSettings tls = settings.connections().tls();
		SslProvider.GenericSslContextSpec<SslContextBuilder> context = Http11SslContextSpec.forClient()
			.configure((ssl) -> configure(ssl, tls));
		return client.secure((spec) -> spec.sslContext(context).handshakeTimeout(handshake));
	}

	private static void configure(SslContextBuilder ssl, TlsSettings tls) {
		if (tls.trust() != null) {
			ssl.trustManager(tls.trust());
		}
		if (tls.key() != null) {
			ssl.keyManager(tls.key());
		}
		if (!tls.verify()) {
			ssl.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm("");
		}
	}

	private static int millis(Duration duration) {
		return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
	}

}
