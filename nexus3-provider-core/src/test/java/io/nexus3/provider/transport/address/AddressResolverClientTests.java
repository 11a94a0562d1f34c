package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

import io.nexus3.provider.config.AddressPolicy;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientMetricsRecorder;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that Reactor Netty dials what the resolver returns and nothing else.
 */
class AddressResolverClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final AddressPolicy STRICT = new AddressPolicy(false, false);

	private final ScriptedServer server = ScriptedServer.start((request) -> ScriptedResponse.json(200, "ok"));

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1" })
	void reachesThisHost(String host) {
		PolicyAddressResolverGroup group = new PolicyAddressResolverGroup(STRICT);
		StepVerifier.create(get(group, host)).expectNext("ok").expectComplete().verify(PATIENCE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "[fe80::1]", "10.0.0.5", "0.0.0.0", "[::ffff:127.0.0.1]" })
	void dialsNoLiteralAddressThatIsRefused(String host) {
		PolicyAddressResolverGroup group = new PolicyAddressResolverGroup(STRICT);
		StepVerifier.create(get(group, host)).expectError(AddressRefusedException.class).verify(PATIENCE);
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void dialsTheAddressThatWasChecked() {
		StubNames names = new StubNames((host, n) -> List.of(InetAddress.getLoopbackAddress()));
		PolicyAddressResolverGroup group = new PolicyAddressResolverGroup(new AddressPolicy(true, true), names);
		StepVerifier.create(get(group, "llm.example")).expectNext("ok").expectComplete().verify(PATIENCE);
		assertThat(names.lookUps()).isEqualTo(1);
	}

	@Test
	void refusesANameOfThisHostWherePrivateNetworksAreNotAllowed() {
		StubNames names = new StubNames((host, n) -> List.of(InetAddress.getLoopbackAddress()));
		PolicyAddressResolverGroup group = new PolicyAddressResolverGroup(STRICT, names);
		StepVerifier.create(get(group, "llm.example")).expectError(AddressRefusedException.class).verify(PATIENCE);
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void checksAgainForEveryConnection() {
		StubNames names = new StubNames(
				(host, n) -> StubNames.addresses(List.of((n == 0) ? "127.0.0.1" : "169.254.169.254")));
		PolicyAddressResolverGroup group = new PolicyAddressResolverGroup(new AddressPolicy(true, true), names);
		StepVerifier.create(get(group, "rebind.example")).expectNext("ok").expectComplete().verify(PATIENCE);
		StepVerifier.create(get(group, "rebind.example")).expectError(AddressRefusedException.class).verify(PATIENCE);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void isAskedForLiteralsBehindReactorNettysMetricsToo() {
		PolicyAddressResolverGroup group = new PolicyAddressResolverGroup(STRICT);
		HttpClient client = client(group).metrics(true, NoMetrics::new);
		StepVerifier.create(get(client, "169.254.169.254")).expectError(AddressRefusedException.class).verify(PATIENCE);
	}

	private Mono<String> get(PolicyAddressResolverGroup group, String host) {
		return get(client(group), host);
	}

	private Mono<String> get(HttpClient client, String host) {
		return client.get()
			.uri("http://" + host + ":" + this.server.port() + "/")
			.responseSingle((response, body) -> body.asString());
	}

	private static HttpClient client(PolicyAddressResolverGroup group) {
		return HttpClient.create(ConnectionProvider.newConnection()).resolver(group);
	}

	/**
	 * Records nothing, but makes Reactor Netty wrap the resolver.
	 */
	private static final class NoMetrics implements HttpClientMetricsRecorder {

		@Override
		public void recordDataReceivedTime(SocketAddress remote, String uri, String method, String status,
				Duration time) {
		}

		@Override
		public void recordDataSentTime(SocketAddress remote, String uri, String method, Duration time) {
		}

		@Override
		public void recordResponseTime(SocketAddress remote, String uri, String method, String status, Duration time) {
		}

		@Override
		public void recordDataReceived(SocketAddress remote, String uri, long bytes) {
		}

		@Override
		public void recordDataSent(SocketAddress remote, String uri, long bytes) {
		}

		@Override
		public void incrementErrorsCount(SocketAddress remote, String uri) {
		}

		@Override
		public void recordDataReceived(SocketAddress remote, long bytes) {
		}

		@Override
		public void recordDataSent(SocketAddress remote, long bytes) {
		}

		@Override
		public void incrementErrorsCount(SocketAddress remote) {
		}

		@Override
		public void recordTlsHandshakeTime(SocketAddress remote, Duration time, String status) {
		}

		@Override
		public void recordConnectTime(SocketAddress remote, Duration time, String status) {
		}

		@Override
		public void recordResolveAddressTime(SocketAddress remote, Duration time, String status) {
		}

	}

}
