package io.nexus3.provider.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.fault.FaultClient.Running;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;

import static io.nexus3.provider.fault.FaultClient.assertTyped;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that keep silent, or are too slow. All on virtual time.
 */
final class SilenceFaults implements FaultRows {

	private static final Duration IDLE = Duration.ofSeconds(60);

	@Override
	public void addTo(FaultTable table) {
		table.row("F13", "no first byte meets the response clock", SilenceFaults::noFirstByte);
		table.row("F14", "silence after the head meets the idle clock and is retried", SilenceFaults::silentAfterHead);
		table.row("F15", "silence after events breaks the stream off", SilenceFaults::silentAfterEvents);
		table.row("F17", "a head that dribbles meets the response clock", SilenceFaults::slowHead);
		table.row("F18", "a body that dribbles works until the total clock", SilenceFaults::slowBody);
	}

	private static Duration response(boolean stream) {
		return stream ? Duration.ofSeconds(120) : Duration.ofMinutes(10);
	}

	private static void noFirstByte(FaultFormat format) throws Exception {
		assertClockThenRetry(format, RawScript.start().readRequest().stall(), SilenceFaults::response, "response");
	}

	private static void silentAfterHead(FaultFormat format) throws Exception {
		for (boolean stream : List.of(false, true)) {
			assertClockThenRetry(format, RawScript.start().readRequest().write(RawAnswers.openHead(stream)).stall(),
					IDLE, "idle", stream);
		}
	}

	private static void slowHead(FaultFormat format) throws Exception {
		RawScript slow = RawScript.start()
			.readRequest()
			.write("HTTP/1.1 200 OK\r\nX-Slow: ")
			.writeForEver("y", Duration.ofMillis(20));
		assertClockThenRetry(format, slow, SilenceFaults::response, "response");
	}

	private static void assertClockThenRetry(FaultFormat format, RawScript fault, Function<Boolean, Duration> clock,
			String name) throws Exception {
		for (boolean stream : List.of(false, true)) {
			assertClockThenRetry(format, fault, clock.apply(stream), name, stream);
		}
	}

	private static void assertClockThenRetry(FaultFormat format, RawScript fault, Duration timeout, String name,
			boolean stream) throws Exception {
		TurnableClock clock = new TurnableClock();
		try (RawServer server = RawServer.start(fault, RawAnswers.wellBehaved(format, stream, "ok"));
				FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(1), clock.callClock())) {
			Running call = client.start(stream);
			server.awaitRequest(0, Scene.WATCHDOG);
			clock.expire(timeout, () -> client.trace.steps.contains("retry"));
			clock.awaitTimer(Duration.ofMillis(1));
			clock.advance(Duration.ofMillis(1));
			assertThat(call.result()).isEqualTo("ok");
			assertThat(server.requests()).hasSize(2);
			server.connections().get(0).closedByClient().get(10, TimeUnit.SECONDS);
		}
		clock = new TurnableClock();
		try (RawServer server = RawServer.start(fault);
				FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(0), clock.callClock())) {
			Running call = client.start(stream);
			clock.expire(timeout, call.end::isDone);
			ProviderException error = call.error();
			assertTyped(error, ErrorKind.TIMEOUT, 1);
			assertThat(error.retryable()).isTrue();
			assertThat(error.partialOutput()).isFalse();
			assertThat(error).hasMessageContaining("The " + name + " timeout")
				.hasMessageContaining(timeout.toString())
				.hasMessageContaining("before any data was received");
		}
	}

	private static void silentAfterEvents(FaultFormat format) throws Exception {
		TurnableClock clock = new TurnableClock();
		String begun = RawAnswers.CHUNKED + RawAnswers.chunk(format.start("a", "b", "c"));
		RawScript fault = RawScript.start().readRequest().write(begun).stall();
		try (RawServer server = RawServer.start(fault, RawAnswers.wellBehaved(format, true, "ok"));
				FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(3), clock.callClock())) {
			Running call = client.start(true);
			call.awaitText("abc");
			clock.advance(IDLE);
			ProviderException error = call.error();
			assertTyped(error, ErrorKind.INTERRUPTED, 1);
			assertThat(error).hasMessageContaining("idle").hasMessageContaining(IDLE.toString());
			assertThat(error.partialOutput()).isTrue();
			assertThat(error.partialMessage().text()).isEqualTo("abc");
			assertThat(server.requests()).hasSize(1);
			server.connections().get(0).closedByClient().get(10, TimeUnit.SECONDS);
			assertThat(client.call(true)).isEqualTo("ok");
			assertThat(server.connections()).hasSize(2);
		}
	}

	private static void slowBody(FaultFormat format) throws Exception {
		for (int bytes : List.of(1, 7)) {
			assertDribbled(format, bytes);
		}
		TurnableClock clock = new TurnableClock();
		UnaryOperator<ProviderConfig> total = (config) -> config
			.withTimeouts(Timeouts.defaults().withTotal(Duration.ofSeconds(30)));
		RawScript dribble = RawScript.start()
			.readRequest()
			.write(RawAnswers.CHUNKED)
			.dribble(RawAnswers.chunk(format.start("a")), Duration.ZERO)
			.writeForEver(RawAnswers.chunk(":"), Duration.ofMillis(50));
		try (RawServer server = RawServer.start(dribble);
				FaultClient client = FaultClient.of(format, server.baseUrl(), total, clock.callClock())) {
			Running call = client.start(true);
			call.awaitText("a");
			clock.advance(Duration.ofSeconds(30));
			ProviderException error = call.error();
			assertTyped(error, ErrorKind.INTERRUPTED, 1);
			assertThat(error).hasMessageContaining("The total timeout");
			assertThat(error.partialMessage().text()).isEqualTo("a");
			server.connections().get(0).closedByClient().get(10, TimeUnit.SECONDS);
		}
	}

	/** Events come out as soon as they are whole: here the rest waits for that. */
	private static void assertDribbled(FaultFormat format, int bytes) {
		Gate seen = new Gate();
		String first = format.start("wörld");
		String rest = format.delta("!") + format.stop + format.done;
		RawScript script = RawScript.start().readRequest().dribble(RawAnswers.CHUNKED, Duration.ZERO);
		script = dribbledChunks(script, first, bytes).await(seen);
		script = dribbledChunks(script, rest, bytes).write(RawAnswers.LAST);
		try (RawServer server = RawServer.start(script);
				FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(0))) {
			Running call = client.start(true);
			call.awaitText("wörld");
			seen.open();
			assertThat(call.result()).isEqualTo("wörld!");
		}
	}

	private static RawScript dribbledChunks(RawScript script, String text, int bytes) {
		byte[] all = text.getBytes(StandardCharsets.UTF_8);
		return script.then((connection) -> {
			for (int i = 0; i < all.length; i += bytes) {
				byte[] piece = Arrays.copyOfRange(all, i, Math.min(all.length, i + bytes));
				connection.write((piece.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
				connection.write(piece);
				connection.write(new byte[] { '\r', '\n' });
			}
		});
	}

}
