package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProviderConfig.Endpoint;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.test.raw.BlackHole;
import io.nexus3.provider.test.raw.ClosedPort;
import io.nexus3.provider.transport.HttpTransports;

import static io.nexus3.provider.fault.FaultClient.assertTyped;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that are not made.
 */
final class ConnectFaults implements FaultRows {

	/** A name that no resolver but a stub knows: RFC 6761 keeps it free. */
	private static final String NAME = "models.test";

	/** More than there are event loops, so that each has one to wait for. */
	private static final int MANY = 2 * Runtime.getRuntime().availableProcessors() + 8;

	@Override
	public void addTo(FaultTable table) {
		table.row("F01", "a refused connection is retried, then a typed error", ConnectFaults::refused);
		table.row("F02", "a connection that never completes meets the connect clock", ConnectFaults::neverCompletes);
		table.row("F03", "a name that does not exist is retried, then a typed error", ConnectFaults::noSuchName);
		table.row("F04", "a slow name service blocks nobody and meets a clock", ConnectFaults::slowNames);
		table.row("F05", "behind a dead address the next one is used in the same attempt",
				ConnectFaults::secondAddress);
	}

	private static void refused(FaultFormat format) {
		try (ClosedPort port = ClosedPort.take()) {
			for (boolean stream : List.of(false, true)) {
				try (FaultClient client = FaultClient.of(format, port.baseUrl(), Scene.retrying(2))) {
					ProviderException error = client.error(stream);
					assertTyped(error, ErrorKind.CONNECT, 3);
					assertThat(error.retryable()).isTrue();
					assertThat(error).hasMessageContaining("127.0.0.1:" + port.port());
				}
			}
		}
	}

	private static void neverCompletes(FaultFormat format) {
		assertThat(Timeouts.defaults().connect()).isEqualTo(Duration.ofSeconds(10));
		try (BlackHole hole = BlackHole.open()) {
			for (boolean stream : List.of(false, true)) {
				try (FaultClient client = FaultClient.of(format, hole.baseUrl(),
						impatient(1, Duration.ofMillis(300)))) {
					ProviderException error = client.error(stream);
					assertTyped(error, ErrorKind.TIMEOUT, 2);
					assertThat(error.retryable()).isTrue();
					assertThat(error).hasMessageContaining("connect timeout")
						.hasMessageContaining("127.0.0.1:" + hole.port());
				}
			}
		}
	}

	private static UnaryOperator<ProviderConfig> impatient(int retries, Duration connect) {
		return (config) -> config.withRetry(Scene.retries(retries))
			.withTimeouts(Timeouts.defaults().withConnect(connect));
	}

	/** A provider that is known by a name only. */
	private static FaultClient named(FaultFormat format, int port, StubAddresses names,
			UnaryOperator<ProviderConfig> settings, CallClock clock) {
		return new FaultClient(format, "http://127.0.0.1:" + port, (config) -> {
			ProviderConfig open = config
				.withEndpoint(new Endpoint(config.endpoint().baseUrl(), null, null, true, true));
			return settings.apply(open.withBaseUrl("http://" + NAME + ":" + port + "/v1"));
		}, clock, new HttpTransports().withNames(names));
	}

	private static void noSuchName(FaultFormat format) {
		for (boolean stream : List.of(false, true)) {
			try (FaultClient client = named(format, 9, StubAddresses.notFound(), Scene.retrying(1),
					CallClock.system())) {
				ProviderException error = client.error(stream);
				assertTyped(error, ErrorKind.DNS, 2);
				assertThat(error.retryable()).isTrue();
				assertThat(error).hasMessageContaining(NAME);
				assertThat(error.getMessage()).doesNotContainPattern("\\d+\\.\\d+\\.\\d+\\.\\d+");
			}
		}
	}

	private static void slowNames(FaultFormat format) {
		try (FaultClient slow = named(format, 9, StubAddresses.silent(), impatient(0, Duration.ofSeconds(2)),
				CallClock.system()); Scene other = format.scene(Scene.retrying(0), format.good(true, "ok"))) {
			List<FaultClient.Running> waiting = new ArrayList<>();
			for (int i = 0; i < MANY; i++) {
				waiting.add(slow.start(i % 2 == 0));
			}
			assertThat(other.stream()).isEqualTo("ok");
			for (FaultClient.Running call : waiting) {
				ProviderException error = call.error();
				assertTyped(error, ErrorKind.TIMEOUT, 1);
				assertThat(error).hasMessageContaining("connect timeout").hasMessageContaining(NAME);
			}
		}
		meetsTheTotalClock(format);
	}

	private static void meetsTheTotalClock(FaultFormat format) {
		TurnableClock clock = new TurnableClock();
		try (FaultClient slow = named(format, 9, StubAddresses.silent(),
				(config) -> config.withTimeouts(
						Timeouts.defaults().withConnect(Duration.ofHours(1)).withTotal(Duration.ofSeconds(30))),
				clock.callClock())) {
			FaultClient.Running call = slow.start(true);
			clock.awaitTimer(Duration.ofSeconds(30));
			clock.advance(Duration.ofSeconds(31));
			ProviderException error = call.error();
			assertTyped(error, ErrorKind.TIMEOUT, 1);
			assertThat(error).hasMessageContaining("total");
		}
	}

	private static void secondAddress(FaultFormat format) {
		for (boolean stream : List.of(false, true)) {
			try (ScriptedServer server = ScriptedServer.start((request) -> format.good(stream, "ok"))) {
				assertSecondIsUsed(format, stream, server.port(), Duration.ofSeconds(10));
			}
			try (BlackHole hole = BlackHole.open("127.0.0.2")) {
				try (ScriptedServer server = ScriptedServer.start(hole.port(),
						(request) -> format.good(stream, "ok"))) {
					assertSecondIsUsed(format, stream, server.port(), Duration.ofSeconds(2));
				}
			}
		}
	}

	private static void assertSecondIsUsed(FaultFormat format, boolean stream, int port, Duration connect) {
		try (FaultClient client = named(format, port, StubAddresses.found("127.0.0.2", "127.0.0.1"),
				impatient(3, connect), CallClock.system())) {
			assertThat(client.call(stream)).isEqualTo("ok");
			assertThat(client.trace.steps).contains("attempt 1 COMPLETED 200").doesNotContain("retry");
		}
	}

}
