package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.function.UnaryOperator;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProxySettings;
import io.nexus3.provider.config.TlsSettings;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;
import io.nexus3.provider.transport.HttpTransports;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A proxy that is given by name is looked up by the same name service as everything else.
 */
class ProxyNameTests {

	private static final FaultFormat FORMAT = FaultFormat.OPENAI;

	@Test
	void goesThroughAProxyByName() {
		try (RawServer proxy = RawServer.start(RawScript.start().tunnel());
				ScriptedServer server = ScriptedServer.start((request) -> FORMAT.good(false, "ok"));
				FaultClient client = client(server.baseUrl(), proxy.port(), StubAddresses.found("127.0.0.1"))) {
			assertThat(client.call(false)).isEqualTo("ok");
			assertThat(proxy.requests()).hasSize(1);
		}
	}

	@Test
	void saysThatTheProxyHasNoAddress() {
		try (FaultClient client = client("http://127.0.0.1:9", 3128, StubAddresses.notFound())) {
			FaultClient.assertTyped(client.error(true), ErrorKind.PROXY, 2);
		}
	}

	@Test
	void waitsForTheAddressOfTheProxyNoLongerThanTheConnectClock() {
		try (FaultClient client = client("http://127.0.0.1:9", 3128, StubAddresses.silent(), Duration.ofMillis(500))) {
			assertThat(client.error(false)).hasMessageContaining("proxy.example:3128");
		}
	}

	private static FaultClient client(String url, int port, StubAddresses names) {
		return client(url, port, names, Duration.ofSeconds(20));
	}

	private static FaultClient client(String url, int port, StubAddresses names, Duration connect) {
		ProxySettings proxy = new ProxySettings("proxy.example", port, null, null);
		UnaryOperator<ProviderConfig> settings = (config) -> config.withRetry(Scene.retries(1))
			.withTimeouts(config.calls().timeouts().withConnect(connect))
			.withConnections(new ProviderConfig.Connections(PoolSettings.defaults(), TlsSettings.defaults(), proxy));
		return new FaultClient(FORMAT, url, settings, CallClock.system(), new HttpTransports().withNames(names));
	}

}
