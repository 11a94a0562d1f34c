package io.nexus3.provider.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.TlsSettings;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Framing;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that are old-fashioned, dirty, used up or half dead.
 */
final class ConnectionHygieneFaults implements FaultRows {

	@Override
	public void addTo(FaultTable table) {
		table.row("F75", "HTTP/1.0, and bodies without a length, work", ConnectionHygieneFaults::oldFashioned);
		table.cannotBeBuilt("F76", "only HTTP/1.1 is enabled and no setting enables HTTP/2, so there are no frames"
				+ " that could go wrong");
		table.row("F77", "what follows an answer never reaches the next call", ConnectionHygieneFaults::surplus);
		table.row("F78", "a pool that is used up is a typed error, and waiting can be cancelled",
				ConnectionHygieneFaults::poolExhausted);
		table.row("F98", "a peer that is silent without a packet runs into the idle clock",
				ConnectionHygieneFaults::halfOpen);
	}

	private static void oldFashioned(FaultFormat format) {
		for (boolean stream : List.of(false, true)) {
			String type = stream ? "text/event-stream" : "application/json";
			String body = stream ? format.sse("He", "llo") : format.json("Hello");
			ScriptedResponse old = ScriptedResponse.raw("HTTP/1.0 200 OK\r\nContent-Type: " + type + "\r\n\r\n" + body);
			ScriptedResponse closing = ScriptedResponse.status(200)
				.withFraming(Framing.UNTIL_CLOSE)
				.withHeader("Content-Type", type)
				.withHeader("Connection", "close")
				.thenWrite(body);
			ScriptedResponse silent = closing.withoutHeader("Connection");
			try (Scene scene = format.scene(Scene.retrying(0), old, closing, silent)) {
				for (int i = 0; i < 3; i++) {
					assertThat(scene.call(stream)).isEqualTo("Hello");
				}
				assertThat(scene.server.acceptedConnections()).isEqualTo(3);
			}
		}
	}

	private static void surplus(FaultFormat format) throws Exception {
		for (boolean stream : List.of(false, true)) {
			String honest = whole(format, stream, "mine");
			String smuggled = whole(format, stream, "smuggled");
			Gate idle = new Gate();
			ScriptedResponse together = ScriptedResponse.raw(honest + smuggled).withEnding(Ending.STALL);
			ScriptedResponse later = ScriptedResponse.raw(honest)
				.thenAwait(idle)
				.thenWrite(smuggled)
				.withEnding(Ending.STALL);
			try (Scene scene = format.scene(Scene.pooled(1, 1), together, format.good(stream, "next"))) {
				// The second waits for the connection, and has it before the surplus is
				// read.
				Mono<String> first = Mono.fromCallable(() -> scene.call(stream));
				Mono<String> second = Mono.fromCallable(() -> scene.call(stream));
				assertThat(Flux
					.merge(first.subscribeOn(Schedulers.boundedElastic()),
							second.subscribeOn(Schedulers.boundedElastic()))
					.collectList()
					.block(Scene.WATCHDOG)).containsExactlyInAnyOrder("mine", "next");
				scene.server.exchanges().get(0).closedByClient().get(5, TimeUnit.SECONDS);
			}
			try (Scene scene = format.scene(Scene.pooled(1, 1), later, format.good(stream, "next"))) {
				assertThat(scene.call(stream)).isEqualTo("mine");
				idle.open();
				scene.server.exchanges().get(0).closedByClient().get(5, TimeUnit.SECONDS);
				assertThat(scene.call(stream)).isEqualTo("next");
				assertThat(scene.server.requests().get(1).connection()).isEqualTo(1);
			}
		}
	}

	private static String whole(FaultFormat format, boolean stream, String text) {
		String body = stream ? format.sse(text) : format.json(text);
		return "HTTP/1.1 200 OK\r\nContent-Type: " + (stream ? "text/event-stream" : "application/json")
				+ "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
	}

	private static void poolExhausted(FaultFormat format) throws Exception {
		Gate held = new Gate();
		ScriptedResponse slow = ScriptedResponse.sse(format.start("He"))
			.thenAwait(held)
			.thenWrite(format.delta("llo") + format.stop + format.done);
		try (Scene scene = format.scene(oneConnection(Duration.ofMillis(500)), CallClock.system(),
				(request) -> (request.order() == 0) ? slow : format.good(true, "next"))) {
			CompletableFuture<List<StreamEvent>> first = scene.provider.stream("Hi").collectList().toFuture();
			held.reached().get(10, TimeUnit.SECONDS);
			Disposable cancelled = scene.provider.stream("Hi").subscribe();
			List<CompletableFuture<List<StreamEvent>>> waiting = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				waiting.add(scene.provider.stream("Hi").collectList().toFuture());
			}
			cancelled.dispose();
			for (CompletableFuture<List<StreamEvent>> one : waiting) {
				ProviderException error = (ProviderException) one.handle((events, ex) -> ex).get(10, TimeUnit.SECONDS);
				ExpectedError.of(ErrorKind.POOL_EXHAUSTED, error);
				assertThat(error).hasMessageContaining("max-connections");
				assertThat(error.attempts()).hasSize(1);
			}
			held.open();
			assertThat(Scene.text(first.get(10, TimeUnit.SECONDS))).isEqualTo("Hello");
			assertThat(scene.requests()).isEqualTo(1);
			assertThat(scene.stream()).isEqualTo("next");
		}
	}

	private static UnaryOperator<ProviderConfig> oneConnection(Duration pendingAcquire) {
		PoolSettings pool = new PoolSettings(1, pendingAcquire, Duration.ofSeconds(30), Duration.ofMinutes(10));
		return (config) -> config.withConnections(new ProviderConfig.Connections(pool, TlsSettings.defaults(), null));
	}

	private static void halfOpen(FaultFormat format) throws Exception {
		ScriptedResponse silent = ScriptedResponse.sse(format.start("a", "b", "c")).withEnding(Ending.STALL);
		UnaryOperator<ProviderConfig> impatient = (config) -> config
			.withTimeouts(config.calls().timeouts().withIdle(Duration.ofMillis(400)));
		try (Scene scene = format.scene(impatient, silent)) {
			Scene.Streamed streamed = scene.streamed();
			ProviderException error = ExpectedError.of(ErrorKind.INTERRUPTED, streamed.error());
			assertThat(error).hasMessageContaining("idle");
			assertThat(error.partialMessage().text()).isEqualTo("abc");
			assertThat(streamed.text()).isEqualTo("abc");
			assertThat(scene.requests()).isEqualTo(1);
			scene.server.exchanges().get(0).closedByClient().get(5, TimeUnit.SECONDS);
		}
		try (Scene scene = format.scene((config) -> impatient.apply(Scene.retrying(1).apply(config)), silent,
				format.good(false, "ok"))) {
			assertThat(scene.complete().text()).isEqualTo("ok");
			assertThat(scene.trace.errors.get(0).kind()).isEqualTo(ErrorKind.TIMEOUT);
		}
	}

}
