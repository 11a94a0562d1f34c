package io.nexus3.provider.transport;

import java.util.function.UnaryOperator;

import reactor.netty.http.client.HttpClient;

/**
 * Lets tests of other packages change the network below the transport.
 */
public final class TestTransports {

	private TestTransports() {
	}

	/** Transports whose clients are changed after all that makes them safe is set. */
	public static HttpTransports on(UnaryOperator<HttpClient> network) {
		return new HttpTransports().withNetwork(network);
	}

}
