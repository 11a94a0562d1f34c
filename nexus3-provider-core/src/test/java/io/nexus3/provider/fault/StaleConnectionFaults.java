package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.List;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;

import static io.nexus3.provider.fault.FaultClient.assertTyped;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pooled connections that turn out to be dead.
 */
final class StaleConnectionFaults implements FaultRows {

	private static final Duration WATCHDOG = Duration.ofSeconds(15);

	@Override
	public void addTo(FaultTable table) {
		table.row("F11", "a stale connection costs exactly one further request, on a fresh connection",
				StaleConnectionFaults::stale);
		table.row("F12", "a fresh connection that is dropped as well is an ordinary failure",
				StaleConnectionFaults::staleTwice);
	}

	private static RawScript once(FaultFormat format, boolean stream) {
		return RawScript.start().readRequest().write(RawAnswers.good(format, stream, "ok"));
	}

	private static void stale(FaultFormat format) throws Exception {
		assertThat(PoolSettings.defaults().maxIdleTime()).isLessThan(Duration.ofSeconds(60));
		for (boolean stream : List.of(false, true)) {
			RawScript once = once(format, stream);
			RawScript good = RawAnswers.wellBehaved(format, stream, "ok");
			for (RawScript stale : List.of(once.readRequest().close(), once.readRequest().reset())) {
				try (RawServer server = RawServer.start(stale, good);
						FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.pooled(1, 1))) {
					assertThat(client.call(stream)).isEqualTo("ok");
					assertThat(client.call(stream)).isEqualTo("ok");
					assertThat(server.requests()).hasSize(3);
					assertThat(server.connections()).hasSize(2);
					assertThat(client.trace.delays).containsExactly(Duration.ZERO);
				}
			}
			closedWhileIdle(format, stream, once.close(), good);
			severalStale(format, stream, good);
		}
	}

	/** The close may be seen before the next call, or only by it. */
	private static void closedWhileIdle(FaultFormat format, boolean stream, RawScript closing, RawScript good) {
		try (RawServer server = RawServer.start(closing, good);
				FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.pooled(1, 1))) {
			assertThat(client.call(stream)).isEqualTo("ok");
			assertThat(client.call(stream)).isEqualTo("ok");
			assertThat(server.requests()).hasSize(2);
			assertThat(client.trace.delays).allMatch(Duration::isZero).hasSizeLessThan(2);
		}
	}

	/** The next connection of the pool would be as dead as the first. */
	private static void severalStale(FaultFormat format, boolean stream, RawScript good) throws Exception {
		Gate both = new Gate();
		RawScript dying = RawScript.start()
			.readRequest()
			.await(both)
			.write(RawAnswers.good(format, stream, "ok"))
			.readRequest()
			.close();
		try (RawServer server = RawServer.start(dying, dying, good);
				FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.pooled(1, 2))) {
			FaultClient.Running first = client.start(stream);
			FaultClient.Running second = client.start(stream);
			server.awaitRequest(1, WATCHDOG);
			both.open();
			assertThat(first.result() + second.result()).isEqualTo("okok");
			assertThat(client.call(stream)).isEqualTo("ok");
			assertThat(server.requests()).hasSize(4);
			assertThat(server.connections()).hasSize(3);
			assertThat(client.trace.delays).containsExactly(Duration.ZERO);
		}
	}

	private static void staleTwice(FaultFormat format) {
		for (boolean stream : List.of(false, true)) {
			RawScript stale = once(format, stream).readRequest().close();
			RawScript drop = RawScript.start().readRequest().close();
			try (RawServer server = RawServer.start(stale, drop);
					FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.pooled(1, 1))) {
				assertThat(client.call(stream)).isEqualTo("ok");
				assertTyped(client.error(stream), ErrorKind.CONNECTION_LOST, 3);
				assertThat(server.requests()).hasSize(4);
				assertThat(client.trace.delays).containsExactly(Duration.ZERO, Duration.ofMillis(1));
			}
			try (RawServer server = RawServer.start(stale, drop, RawAnswers.wellBehaved(format, stream, "ok"));
					FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.pooled(1, 1))) {
				assertThat(client.call(stream)).isEqualTo("ok");
				assertThat(client.call(stream)).isEqualTo("ok");
				assertThat(server.requests()).hasSize(4);
			}
		}
	}

}
