package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.behaviour.RecordedRawLog;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.ThrowingSubscriber;
import io.nexus3.provider.behaviour.ThrowingSubscriber.Signal;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.registry.CallTrace.Outcome;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Exchange;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.wire.RawLogListener;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Subscribers that leave, throw, come twice or are interrupted, and listeners that throw
 * or block.
 */
final class SubscriberFaults implements FaultRows {

	@Override
	public void addTo(FaultTable table) {
		table.row("F79", "a stream cancelled midway closes its connection", SubscriberFaults::cancelledMidway);
		table.row("F80", "a call cancelled before its answer, while it waits or in the queue makes no attempt",
				SubscriberFaults::cancelledBefore);
		table.row("F82", "subscribers and listeners that throw or block", SubscriberFaults::throwing);
		table.row("F83", "a second subscriber makes a call of its own", SubscriberFaults::second);
		table.row("F84", "an interrupted caller ends promptly", SubscriberFaults::interrupted);
	}

	private static void cancelledMidway(FaultFormat format) throws Exception {
		TurnableClock clock = new TurnableClock();
		ScriptedResponse stalling = ScriptedResponse.sse(format.start("a", "b")).withEnding(Ending.STALL);
		try (Scene scene = format.scene((config) -> config, clock.callClock(), (request) -> stalling)) {
			RecordedRawLog rawLog = new RecordedRawLog();
			scene.registry.setRawLog(rawLog);
			StepVerifier.create(scene.provider.stream("Hi")).expectNextCount(2).thenCancel().verify(Scene.WATCHDOG);
			scene.server.exchanges().get(0).closedByClient().get(2, TimeUnit.SECONDS);
			assertThat(scene.trace.ended.get(1, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CANCELLED);
			assertThat(rawLog.starting("end")).containsExactly("end 1 cancelled null");
			clock.advance(Duration.ofHours(1));
			assertThat(scene.requests()).isEqualTo(1);
			assertThat(scene.trace.steps).endsWith("ended CANCELLED after 1");
		}
	}

	private static void cancelledBefore(FaultFormat format) throws Exception {
		for (boolean stream : List.of(false, true)) {
			TurnableClock clock = new TurnableClock();
			try (Scene scene = format.scene((config) -> config, clock.callClock(),
					(request) -> ScriptedResponse.noAnswer(Ending.STALL))) {
				Disposable call = call(scene, stream).subscribe();
				Exchange exchange = scene.server.awaitExchange(0, Duration.ofSeconds(10));
				call.dispose();
				exchange.closedByClient().get(2, TimeUnit.SECONDS);
				clock.advance(Duration.ofHours(1));
				assertThat(scene.requests()).isEqualTo(1);
			}
			TurnableClock waiting = new TurnableClock();
			try (Scene scene = format.scene((config) -> config, waiting.callClock(),
					(request) -> format.refusal(503, "overloaded_error", "later"))) {
				Disposable call = call(scene, stream).subscribe();
				waiting.awaitTimer(Duration.ofMillis(1));
				call.dispose();
				waiting.advance(Duration.ofHours(1));
				assertThat(scene.trace.ended.get(1, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CANCELLED);
				assertThat(scene.requests()).isEqualTo(1);
			}
		}
		cancelledInTheQueue(format);
	}

	private static void cancelledInTheQueue(FaultFormat format) throws Exception {
		Gate held = new Gate();
		ScriptedResponse slow = ScriptedResponse.sse(format.start("He"))
			.thenAwait(held)
			.thenWrite(format.stop + format.done);
		try (Scene scene = format.scene(Scene.pooled(0, 1), slow, format.good(true, "ok"))) {
			CompletableFuture<List<StreamEvent>> first = scene.provider.stream("Hi").collectList().toFuture();
			held.reached().get(10, TimeUnit.SECONDS);
			List<Disposable> queued = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				queued.add(call(scene, i % 2 == 0).subscribe());
			}
			queued.forEach(Disposable::dispose);
			held.open();
			assertThat(Scene.text(first.get(10, TimeUnit.SECONDS))).isEqualTo("He");
			assertThat(scene.stream()).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	private static Mono<Void> call(Scene scene, boolean stream) {
		return stream ? scene.provider.stream("Hi").then() : scene.provider.complete("Hi").then();
	}

	private static void throwing(FaultFormat format) throws Exception {
		ScriptedResponse stalling = ScriptedResponse.sse(format.start("a", "b")).withEnding(Ending.STALL);
		try (Scene scene = format.scene(Scene.retrying(3), stalling)) {
			List<Signal> signals = new CopyOnWriteArrayList<>();
			scene.provider.stream("Hi").subscribe(new ThrowingSubscriber(Set.of(Signal.NEXT), signals::add));
			assertThat(scene.trace.ended.get(10, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CANCELLED);
			scene.server.exchanges().get(0).closedByClient().get(2, TimeUnit.SECONDS);
			assertThat(signals).containsExactly(Signal.NEXT);
		}
		throwingAtTheEnd(format);
		for (boolean stream : List.of(false, true)) {
			try (Scene scene = format.scene(Scene.retrying(1), format.refusal(503, "overloaded_error", "later"),
					format.good(stream, "ok"))) {
				scene.registry.setRawLog(new ThrowingRawLog());
				assertThat(scene.call(stream)).isEqualTo("ok");
				// Two requests, one refusal and one answer, two ends.
				assertThat(scene.registry.listenerFailures()).isGreaterThanOrEqualTo(6);
			}
		}
		blockingListener(format);
	}

	/** Neither the connection nor the next call hears of it. */
	private static void throwingAtTheEnd(FaultFormat format) throws Exception {
		try (Scene scene = format.scene(Scene.pooled(0, 1), format.good(true, "ok"), format.refusal(400, "odd", "odd"),
				format.good(true, "ok"))) {
			for (Signal end : List.of(Signal.COMPLETE, Signal.ERROR)) {
				CompletableFuture<Signal> ended = new CompletableFuture<>();
				scene.provider.stream("Hi")
					.subscribe(new ThrowingSubscriber(EnumSet.of(Signal.COMPLETE, Signal.ERROR), (signal) -> {
						if (signal != Signal.NEXT) {
							ended.complete(signal);
						}
					}));
				assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(end);
			}
			assertThat(scene.stream()).isEqualTo("ok");
			assertThat(scene.server.acceptedConnections()).isEqualTo(1);
		}
	}

	private static void blockingListener(FaultFormat format) throws Exception {
		CountDownLatch blocked = new CountDownLatch(1);
		AtomicBoolean release = new AtomicBoolean();
		try (Scene scene = format.scene(Scene.retrying(0), format.good(true, "ok"))) {
			scene.registry.setRawLog(new RawLogListener() {

				@Override
				public void onChunk(Attempt attempt, String chunk) {
					blocked.countDown();
					// Busy, so that what watches for blocked event loops lets it be.
					long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
					boolean waiting = true;
					while (waiting) {
						waiting = !release.get() && System.nanoTime() < deadline;
					}
				}

			});
			CompletableFuture<List<StreamEvent>> call = scene.provider.stream("Hi").collectList().toFuture();
			assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
			release.set(true);
			assertThat(Scene.text(call.get(10, TimeUnit.SECONDS))).isEqualTo("ok");
		}
	}

	private static void second(FaultFormat format) throws Exception {
		Gate both = new Gate();
		try (Scene scene = format.scene(Scene.retrying(0), half(format, both, "a"), half(format, both, "b"))) {
			Flux<StreamEvent> shared = scene.provider.stream("Hi");
			assertThat(scene.requests()).isZero();
			CompletableFuture<List<StreamEvent>> one = shared.collectList().toFuture();
			scene.server.awaitExchange(0, Duration.ofSeconds(10));
			CompletableFuture<List<StreamEvent>> other = shared.collectList().toFuture();
			scene.server.awaitExchange(1, Duration.ofSeconds(10));
			both.open();
			assertThat(Scene.text(one.get(10, TimeUnit.SECONDS))).isEqualTo("a1a2");
			assertThat(Scene.text(other.get(10, TimeUnit.SECONDS))).isEqualTo("b1b2");
			assertThat(scene.requests()).isEqualTo(2);
		}
		try (Scene scene = format.scene(Scene.retrying(0), format.good(false, "ok"))) {
			Mono<String> shared = scene.provider.complete("Hi").map((message) -> message.text());
			assertThat(shared.block(Scene.WATCHDOG)).isEqualTo("ok");
			assertThat(shared.block(Scene.WATCHDOG)).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	private static ScriptedResponse half(FaultFormat format, Gate gate, String text) {
		return ScriptedResponse.sse(format.start(text + "1"))
			.thenAwait(gate)
			.thenWrite(format.delta(text + "2") + format.stop + format.done);
	}

	private static void interrupted(FaultFormat format) throws Exception {
		for (boolean stream : List.of(false, true)) {
			try (Scene scene = format.scene(Scene.retrying(3), ScriptedResponse.noAnswer(Ending.STALL))) {
				AtomicReference<Throwable> thrown = new AtomicReference<>();
				CompletableFuture<Boolean> flag = new CompletableFuture<>();
				Thread caller = new Thread(() -> {
					try {
						call(scene, stream).block(Scene.WATCHDOG);
					}
					catch (RuntimeException ex) {
						thrown.set(ex);
					}
					flag.complete(Thread.currentThread().isInterrupted());
				}, "caller");
				caller.start();
				Exchange exchange = scene.server.awaitExchange(0, Duration.ofSeconds(10));
				caller.interrupt();
				assertThat(flag.get(5, TimeUnit.SECONDS)).as("the interrupt flag").isTrue();
				assertThat(thrown.get()).isNotNull();
				exchange.closedByClient().get(5, TimeUnit.SECONDS);
				assertThat(scene.trace.ended.get(1, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CANCELLED);
				assertThat(scene.requests()).isEqualTo(1);
			}
		}
	}

	private static final class ThrowingRawLog implements RawLogListener {

		@Override
		public void onRequest(Attempt attempt, String url, String body) {
			throw new IllegalStateException("request");
		}

		@Override
		public void onResponse(Attempt attempt, int status, String body, boolean truncated) {
			throw new AssertionError("response");
		}

		@Override
		public void onChunk(Attempt attempt, String chunk) {
			throw new NoClassDefFoundError("chunk");
		}

		@Override
		public void onEnd(Attempt attempt, String outcome, Throwable error) {
			throw new IllegalStateException("end");
		}

	}

}
