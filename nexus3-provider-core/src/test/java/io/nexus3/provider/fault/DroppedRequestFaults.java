package io.nexus3.provider.fault;

import java.util.List;
import java.util.function.UnaryOperator;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;

import static io.nexus3.provider.fault.FaultClient.assertTyped;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fresh connections that are gone before a byte of an answer.
 */
final class DroppedRequestFaults implements FaultRows {

	private static final RawScript RESET_AFTER = RawScript.start().readRequest().reset();

	private static final RawScript CLOSE_AFTER = RawScript.start().readRequest().close();

	@Override
	public void addTo(FaultTable table) {
		table.row("F08", "a reset before the request is read is retried", DroppedRequestFaults::resetBefore);
		table.row("F09", "a reset after the request is retried, unless that is switched off",
				(format) -> droppedAfter(format, RESET_AFTER));
		table.row("F10", "a close after the request is retried, unless that is switched off",
				(format) -> droppedAfter(format, CLOSE_AFTER));
	}

	private static void resetBefore(FaultFormat format) {
		RawScript reset = RawScript.start().reset();
		for (boolean stream : List.of(false, true)) {
			try (RawServer server = RawServer.start(reset, reset, RawAnswers.wellBehaved(format, stream, "ok"));
					FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(2))) {
				assertThat(client.call(stream)).isEqualTo("ok");
				assertThat(server.connections()).hasSize(3);
			}
			try (RawServer server = RawServer.start(reset);
					FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(2))) {
				// The system may report a reset that comes this early as either.
				ProviderException error = client.error(stream);
				assertThat(error.kind()).isIn(ErrorKind.CONNECTION_LOST, ErrorKind.CONNECT);
				assertTyped(error, error.kind(), 3);
				assertThat(error).hasMessageContaining("127.0.0.1:" + server.port());
				assertThat(server.connections()).hasSize(3);
			}
		}
	}

	private static void droppedAfter(FaultFormat format, RawScript drop) {
		for (boolean stream : List.of(false, true)) {
			try (RawServer server = RawServer.start(drop, drop, RawAnswers.wellBehaved(format, stream, "ok"));
					FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(2))) {
				assertThat(client.call(stream)).isEqualTo("ok");
				assertThat(server.requests()).hasSize(3);
			}
			try (RawServer server = RawServer.start(drop);
					FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(2))) {
				assertLost(client.error(stream), server, 3);
				assertThat(server.requests()).hasSize(3);
			}
			try (RawServer server = RawServer.start(drop);
					FaultClient client = FaultClient.of(format, server.baseUrl(), retryingIfSure(2))) {
				assertLost(client.error(stream), server, 1);
				assertThat(server.requests()).hasSize(1);
			}
		}
	}

	private static UnaryOperator<ProviderConfig> retryingIfSure(int max) {
		RetrySettings retry = Scene.retries(max);
		return (config) -> config.withRetry(new RetrySettings(max, retry.backoff(), retry.maxDelay(),
				retry.maxRetryAfter(), retry.budget(), false));
	}

	private static void assertLost(ProviderException error, RawServer server, int attempts) {
		assertTyped(error, ErrorKind.CONNECTION_LOST, attempts);
		assertThat(error.retryable()).isTrue();
		assertThat(error.partialOutput()).isFalse();
		assertThat(error).hasMessageContaining("127.0.0.1:" + server.port())
			.hasMessageContaining("before any data was received");
	}

}
