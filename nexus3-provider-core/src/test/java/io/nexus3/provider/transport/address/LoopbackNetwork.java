package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

import io.netty.resolver.AddressResolverGroup;
import io.nexus3.provider.config.ProxySettings;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.test.tls.TestCertificates;
import io.nexus3.provider.transport.HttpTransports;
import io.nexus3.provider.transport.TestTransports;

/**
 * The internet of a test: a server on loopback that stands in for every host, and another
 * one that does so over TLS. Hosts are looked up in stub names and judged by the client's
 * own resolver; the address that is about to be dialled is written down, and only then
 * replaced.
 */
final class LoopbackNetwork implements AutoCloseable {

	private final ScriptedServer server;

	private final ScriptedServer secured;

	private final List<InetSocketAddress> dialled = new CopyOnWriteArrayList<>();

	private volatile Function<ReceivedRequest, ScriptedResponse> answers = (request) -> ScriptedResponse.status(404);

	private volatile int acceptedBefore;

	LoopbackNetwork() {
		this.server = ScriptedServer.start((request) -> this.answers.apply(request));
		this.secured = ScriptedServer.startTls(TestCertificates.create().valid(),
				(request) -> this.answers.apply(request));
	}

	/** Forget what was, and answer like this from now on. */
	void reset(Function<ReceivedRequest, ScriptedResponse> answers) {
		this.answers = answers;
		this.dialled.clear();
		this.server.clearExchanges();
		this.secured.clearExchanges();
		this.acceptedBefore = accepted();
	}

	List<InetSocketAddress> dialled() {
		return List.copyOf(this.dialled);
	}

	List<InetAddress> dialledAddresses() {
		return this.dialled.stream().map(InetSocketAddress::getAddress).toList();
	}

	List<ReceivedRequest> requests() {
		return Stream.of(this.server, this.secured).flatMap((each) -> each.requests().stream()).toList();
	}

	private int accepted() {
		return this.server.acceptedConnections() + this.secured.acceptedConnections();
	}

	int connections() {
		return accepted() - this.acceptedBefore;
	}

	int port(boolean overTls) {
		return (overTls ? this.secured : this.server).port();
	}

	/**
	 * Transports into this network.
	 * @param names the name service
	 * @param localhost what {@code localhost} is
	 * @param overTls whether what is dialled is expected to speak TLS
	 * @param proxied whether a proxy is configured, which alone is dialled then
	 */
	HttpTransports transports(AddressResolverGroup<InetSocketAddress> names, List<InetAddress> localhost,
			boolean overTls, boolean proxied) {
		return TestTransports.on((client) -> {
			PolicyAddressResolverGroup policy = (PolicyAddressResolverGroup) client.configuration().resolver();
			return client.resolver(policy.withNames(names, localhost)).resolvedAddressesSelector((config, found) -> {
				found.forEach((address) -> this.dialled.add((InetSocketAddress) address));
				// A proxy is told where to connect; it alone is dialled.
				return proxied ? found : List.of(loopback(port(overTls)));
			});
		});
	}

	/** A proxy as it is written. */
	static ProxySettings proxySettings(String url) {
		String authority = url.substring(url.indexOf("://") + 3);
		authority = authority.substring(authority.lastIndexOf('@') + 1);
		int end = authority.indexOf('/');
		authority = (end == -1) ? authority : authority.substring(0, end);
		int colon = authority.lastIndexOf(':');
		return new ProxySettings(authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)), null,
				null);
	}

	private static InetSocketAddress loopback(int port) {
		return new InetSocketAddress(StubNames.address("127.0.0.1"), port);
	}

	@Override
	public void close() {
		this.secured.close();
		this.server.close();
	}

}
