package io.nexus3.provider.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.fault.FaultClient.Running;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;
import io.nexus3.provider.wire.RawLogListener;

import static io.nexus3.provider.fault.FaultClient.assertTyped;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that say again and again that they are alive, and nothing else. On virtual
 * time.
 */
final class PingFaults implements FaultRows {

	private static final String COMMENT = ": ping\n\n";

	private static final String PING = "event: ping\ndata: {\"type\": \"ping\"}\n\n";

	/** Shorter than the idle clock, so that only pings keep that one quiet. */
	private static final Duration STEP = Duration.ofSeconds(50);

	private static final Duration PROGRESS = Duration.ofMinutes(5);

	@Override
	public void addTo(FaultTable table) {
		table.row("F16", "pings for ever keep the idle clock quiet, and meet the clock for progress",
				PingFaults::pings);
	}

	private static void pings(FaultFormat format) throws Exception {
		assertStalls(format, COMMENT);
		assertNeverBegins(format, COMMENT);
		if (format == FaultFormat.ANTHROPIC) {
			assertStalls(format, PING);
			assertNeverBegins(format, PING);
		}
	}

	private static void assertStalls(FaultFormat format, String ping) throws Exception {
		try (Pinging pinging = new Pinging(format, ping, format.start("He"))) {
			pinging.call.awaitText("He");
			ProviderException error = pinging.untilEnd();
			assertTyped(error, ErrorKind.INTERRUPTED, 1);
			assertThat(error).hasMessageContaining("The stall timeout");
			assertThat(error.partialMessage().text()).isEqualTo("He");
		}
	}

	private static void assertNeverBegins(FaultFormat format, String ping) throws Exception {
		try (Pinging pinging = new Pinging(format, ping, format.opening)) {
			ProviderException error = pinging.untilEnd();
			assertTyped(error, ErrorKind.TIMEOUT, 1);
			assertThat(error).hasMessageContaining("The first-event timeout");
			assertThat(error.partialOutput()).isFalse();
		}
	}

	/** A server that pings when told to, and says when the client has read it. */
	private static final class Pinging implements AutoCloseable, RawLogListener {

		private final TurnableClock clock = new TurnableClock();

		private final Semaphore wanted = new Semaphore(0);

		private final Semaphore chunks = new Semaphore(0);

		private final RawServer server;

		private final FaultClient client;

		private final Running call;

		Pinging(FaultFormat format, String ping, String start) throws Exception {
			byte[] chunk = RawAnswers.chunk(ping).getBytes(StandardCharsets.UTF_8);
			this.server = RawServer.start(RawScript.start()
				.readRequest()
				.write(RawAnswers.CHUNKED + RawAnswers.chunk(start))
				.forEver(RawScript.start().then((connection) -> {
					this.wanted.acquire();
					connection.write(chunk);
				})));
			this.client = FaultClient.of(format, this.server.baseUrl(), Scene.retrying(0), this.clock.callClock());
			this.client.registry.setRawLog(this);
			this.call = this.client.start(true);
			awaitChunk();
		}

		/** Each ping is followed by another, by whose coming the first is dealt with. */
		ProviderException untilEnd() throws Exception {
			Duration passed = Duration.ZERO;
			while (passed.plus(STEP).compareTo(PROGRESS) < 0) {
				ping();
				ping();
				this.clock.advance(STEP);
				passed = passed.plus(STEP);
				assertThat(this.call.end).isNotDone();
			}
			ping();
			ping();
			this.clock.advance(STEP);
			ProviderException error = this.call.error();
			assertThat(error).hasMessageContaining(PROGRESS.toString());
			assertThat(this.server.requests()).hasSize(1);
			return error;
		}

		private void ping() throws InterruptedException {
			this.wanted.release();
			awaitChunk();
		}

		private void awaitChunk() throws InterruptedException {
			assertThat(this.chunks.tryAcquire(15, TimeUnit.SECONDS)).isTrue();
		}

		@Override
		public void onChunk(Attempt attempt, String text) {
			this.chunks.release();
		}

		@Override
		public void close() {
			this.client.close();
			this.server.close();
		}

	}

}
