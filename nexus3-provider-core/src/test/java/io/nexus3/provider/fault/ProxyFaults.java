package io.nexus3.provider.fault;

import java.util.List;
import java.util.function.UnaryOperator;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProxySettings;
import io.nexus3.provider.config.TlsSettings;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.fault.FaultProxy;
import io.nexus3.provider.test.fault.Toxic;
import io.nexus3.provider.test.fault.Toxics;
import io.nexus3.provider.test.raw.ClosedPort;
import io.nexus3.provider.test.raw.RawRequest;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;
import org.assertj.core.api.InstanceOfAssertFactories;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proxies that are away, refuse or cut.
 */
final class ProxyFaults implements FaultRows {

	private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

	@Override
	public void addTo(FaultTable table) {
		table.row("F87", "a proxy that is down, refuses or cuts is a typed error, and never sees the key",
				ProxyFaults::proxy);
	}

	private static void proxy(FaultFormat format) throws Exception {
		for (boolean stream : List.of(false, true)) {
			goesThrough(format, stream);
			down(format, stream);
			asksForCredentials(format, stream);
			refuses(format, stream);
		}
		cutsTheTunnel(format);
	}

	private static void goesThrough(FaultFormat format, boolean stream) throws Exception {
		try (RawServer proxy = RawServer.start(RawScript.start().tunnel());
				Scene scene = format.scene(through(proxy.port(), 0), format.good(stream, "ok"))) {
			assertThat(scene.call(stream)).isEqualTo("ok");
			assertThat(proxy.requests()).singleElement()
				.extracting(RawRequest::head, as(InstanceOfAssertFactories.STRING))
				.startsWith("CONNECT 127.0.0.1:" + scene.server.port())
				.containsIgnoringCase("Proxy-Authorization: Basic")
				.doesNotContain(Scene.KEY);
		}
	}

	private static void down(FaultFormat format, boolean stream) throws Exception {
		try (ClosedPort closed = ClosedPort.take();
				Scene scene = format.scene(through(closed.port(), 2), format.good(stream, "never"))) {
			ProviderException error = ExpectedError.of(ErrorKind.PROXY, scene.error(stream));
			assertThat(error).hasMessageContaining("127.0.0.1:" + closed.port());
			assertThat(error.attempts()).hasSize(3);
			assertThat(scene.requests()).isZero();
		}
	}

	private static void asksForCredentials(FaultFormat format, boolean stream) throws Exception {
		try (RawServer proxy = answering("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n"
				+ "Content-Length: 0\r\n\r\n");
				Scene scene = format.scene(through(proxy.port(), 3), format.good(stream, "never"))) {
			ProviderException error = ExpectedError.of(ErrorKind.PROXY, scene.error(stream));
			assertThat(error).hasMessageContaining("407").hasMessageContaining("proxy.password");
			assertThat(error.retryable()).isFalse();
			assertThat(error.attempts()).hasSize(1);
			assertThat(proxy.requests()).singleElement()
				.extracting(RawRequest::head, as(InstanceOfAssertFactories.STRING))
				.doesNotContain(Scene.KEY);
			assertThat(scene.requests()).isZero();
		}
	}

	private static void refuses(FaultFormat format, boolean stream) throws Exception {
		try (RawServer proxy = answering("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
				Scene scene = format.scene(through(proxy.port(), 1), format.good(stream, "never"))) {
			ProviderException error = ExpectedError.of(ErrorKind.PROXY, scene.error(stream));
			assertThat(error).hasMessageContaining("502");
			assertThat(error.attempts()).hasSize(2);
			assertThat(proxy.requests()).hasSize(2).noneMatch((request) -> request.head().contains(Scene.KEY));
		}
		try (RawServer proxy = answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
				Scene scene = format.scene(through(proxy.port(), 1), format.good(stream, "never"))) {
			ProviderException error = ExpectedError.of(ErrorKind.PROXY, scene.error(stream));
			assertThat(error).hasMessageContaining("403");
			assertThat(error.attempts()).hasSize(1);
		}
		try (RawServer proxy = answering("");
				Scene scene = format.scene(through(proxy.port(), 1), format.good(stream, "never"))) {
			ProviderException error = ExpectedError.of(ErrorKind.PROXY, scene.error(stream));
			assertThat(error.attempts()).hasSize(2);
		}
	}

	/** From inside the tunnel, a cut is what any lost connection is. */
	private static void cutsTheTunnel(FaultFormat format) throws Exception {
		try (RawServer proxy = RawServer.start(RawScript.start().tunnel());
				FaultProxy cutting = FaultProxy.start(proxy.port());
				Scene scene = format.scene(through(cutting.port(), 1), format.good(true, "x".repeat(5000)))) {
			cutting
				.use(Toxics.onDownstream(new Toxic.LimitData(ESTABLISHED.length() + format.start("He").length() / 2)));
			for (boolean stream : List.of(false, true)) {
				ProviderException error = scene.error(stream);
				assertThat(error.kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
				assertThat(error.attempts()).hasSize(2);
			}
			assertThat(proxy.requests()).noneMatch((request) -> request.head().contains(Scene.KEY));
		}
	}

	private static RawServer answering(String answer) {
		return RawServer.start(RawScript.start().readHead().write(answer));
	}

	private static UnaryOperator<ProviderConfig> through(int port, int retries) {
		ProxySettings proxy = new ProxySettings("127.0.0.1", port, "user", ApiKey.of("proxy-password"));
		return (config) -> config.withRetry(Scene.retries(retries))
			.withConnections(new ProviderConfig.Connections(PoolSettings.defaults(), TlsSettings.defaults(), proxy));
	}

}
