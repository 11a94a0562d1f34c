package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.LogCapture;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProviderConfig.Connections;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.config.TlsSettings;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.raw.RawConnection;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;
import io.nexus3.provider.test.tls.ServerTls;
import io.nexus3.provider.test.tls.TestCertificates;

import static io.nexus3.provider.fault.FaultClient.assertTyped;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that cannot be trusted, or do not get as far as that.
 */
final class TlsFaults implements FaultRows {

	private static final TestCertificates CERTIFICATES = TestCertificates.create();

	private static final ServerTls VALID = CERTIFICATES.valid();

	private static final ServerTls EXPIRED = CERTIFICATES.expired();

	private static final ServerTls NOT_YET_VALID = CERTIFICATES.notYetValid();

	private static final ServerTls SELF_SIGNED = CERTIFICATES.selfSigned();

	private static final ServerTls WRONG_HOST = CERTIFICATES.wrongHost();

	@Override
	public void addTo(FaultTable table) {
		table.row("F06", "a bad certificate or protocol is not retried and says why", TlsFaults::untrusted);
		table.row("F07", "a handshake that stalls meets the connect clock and is retried", TlsFaults::stalled);
	}

	private static UnaryOperator<ProviderConfig> trusting(int retries, Duration connect) {
		return tls(new TlsSettings(CERTIFICATES.trust(), null, true), retries, connect);
	}

	private static UnaryOperator<ProviderConfig> tls(TlsSettings tls, int retries, Duration connect) {
		return (config) -> config.withRetry(Scene.retries(retries))
			.withTimeouts(Timeouts.defaults().withConnect(connect))
			.withConnections(new Connections(PoolSettings.defaults(), tls, null));
	}

	private static RawScript serving(FaultFormat format, boolean stream, ServerTls tls) {
		return RawScript.start().startTls(tls).then(RawAnswers.wellBehaved(format, stream, "ok"));
	}

	private static void untrusted(FaultFormat format) throws Exception {
		for (boolean stream : List.of(false, true)) {
			assertRefused(format, stream, serving(format, stream, EXPIRED), "has expired");
			assertRefused(format, stream, serving(format, stream, NOT_YET_VALID), "not valid yet");
			assertRefused(format, stream, serving(format, stream, SELF_SIGNED), "not trusted");
			assertRefused(format, stream, serving(format, stream, WRONG_HOST), "for another host");
			assertRefused(format, stream, RawScript.start().selectTls11(), "no protocol that is safe");
			assertRefused(format, stream,
					RawScript.start().then(RawConnection::readSome).write("HTTP/1.1 400 Bad Request\r\n\r\n"),
					"no TLS");
			try (RawServer server = RawServer.start(serving(format, stream, VALID));
					FaultClient client = FaultClient.of(format, server.secureUrl(),
							trusting(0, Duration.ofSeconds(10)))) {
				assertThat(client.call(stream)).isEqualTo("ok");
			}
			acceptsAnythingWithoutVerification(format, stream);
		}
	}

	private static void assertRefused(FaultFormat format, boolean stream, RawScript script, String words)
			throws Exception {
		try (RawServer server = RawServer.start(script);
				FaultClient client = FaultClient.of(format, server.secureUrl(), trusting(3, Duration.ofSeconds(10)))) {
			ProviderException error = client.error(stream);
			assertTyped(error, ErrorKind.TLS, 1);
			assertThat(error.retryable()).isFalse();
			assertThat(error).hasMessageContaining(words)
				.hasMessageContaining("ssl.bundle")
				.hasMessageContaining("localhost:" + server.port());
			assertThat(server.connections()).hasSize(1);
			assertThat(server.requests()).isEmpty();
			server.connections().get(0).ended().get(10, TimeUnit.SECONDS);
		}
	}

	private static void acceptsAnythingWithoutVerification(FaultFormat format, boolean stream) {
		for (ServerTls tls : List.of(EXPIRED, SELF_SIGNED, WRONG_HOST)) {
			try (LogCapture log = new LogCapture();
					RawServer server = RawServer.start(serving(format, stream, tls));
					FaultClient client = FaultClient.of(format, server.secureUrl(),
							tls(new TlsSettings(null, null, false), 0, Duration.ofSeconds(10)))) {
				assertThat(client.call(stream)).isEqualTo("ok");
				assertThat(client.call(stream)).isEqualTo("ok");
				assertThat(log.atLeast(Level.WARN)).filteredOn((line) -> line.contains("not verified")).hasSize(1);
			}
		}
	}

	private static void stalled(FaultFormat format) throws Exception {
		for (boolean stream : List.of(false, true)) {
			RawScript stall = RawScript.start().stall();
			try (RawServer server = RawServer.start(stall);
					FaultClient client = FaultClient.of(format, server.secureUrl(),
							trusting(1, Duration.ofMillis(300)))) {
				ProviderException error = client.error(stream);
				assertTyped(error, ErrorKind.TIMEOUT, 2);
				assertThat(error.retryable()).isTrue();
				assertThat(error).hasMessageContaining("connect timeout")
					.hasMessageContaining("localhost:" + server.port());
				assertThat(server.connections()).hasSize(2);
				server.connections().get(0).closedByClient().get(10, TimeUnit.SECONDS);
			}
			try (RawServer server = RawServer.start(stall, serving(format, stream, VALID));
					FaultClient client = FaultClient.of(format, server.secureUrl(),
							trusting(1, Duration.ofSeconds(3)))) {
				assertThat(client.call(stream)).isEqualTo("ok");
				assertThat(server.requests()).hasSize(1);
			}
		}
	}

}
