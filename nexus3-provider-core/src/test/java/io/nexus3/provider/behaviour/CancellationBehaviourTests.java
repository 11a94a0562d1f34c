package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.wire.RawLogListener;
import io.netty.util.internal.ThreadExecutorMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

class CancellationBehaviourTests {

	@Test
	@DisplayName("59: a cancelled stream closes its connection within a second and logs no error")
	void closesTheConnectionOfACancelledStream() throws Exception {
		Gate never = new Gate();
		try (Scene scene = Scene.of(ScriptedResponse.sse(ServedAnswers.delta("He")).thenAwait(never));
				LogCapture log = new LogCapture()) {
			assertThat(scene.provider.stream("Hi").take(1).collectList().block(Scene.WATCHDOG)).hasSize(1);
			scene.server.exchanges().get(0).closedByClient().get(1, TimeUnit.SECONDS);
			scene.trace.ended.get(1, TimeUnit.SECONDS);
			assertThat(log.atLeast(Level.WARN)).isEmpty();
			assertThat(scene.trace.steps).containsExactly("started", "attempt 1", "first event",
					"attempt 1 CANCELLED 200", "ended CANCELLED after 1");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("59: a call cancelled before its answer closes its connection")
	void closesTheConnectionBeforeAnAnswer(boolean stream) throws Exception {
		try (Scene scene = Scene.of(ScriptedResponse.noAnswer(Ending.STALL)); LogCapture log = new LogCapture()) {
			Disposable call = (stream ? scene.provider.stream("Hi").then() : scene.provider.complete("Hi").then())
				.subscribe();
			var exchange = scene.server.awaitExchange(0, Duration.ofSeconds(5));
			call.dispose();
			exchange.closedByClient().get(1, TimeUnit.SECONDS);
			assertThat(scene.trace.ended.get(1, TimeUnit.SECONDS).outcome().name()).isEqualTo("CANCELLED");
			assertThat(log.atLeast(Level.WARN)).isEmpty();
		}
	}

	@Test
	@DisplayName("59: a call cancelled while it waits for a retry makes no further request")
	void makesNoRequestAfterCancellation() throws Exception {
		TurnableClock clock = new TurnableClock();
		try (Scene scene = Scene.of((config) -> config, clock.callClock(), ServedAnswers.error(503, "down"))) {
			Disposable call = scene.provider.complete("Hi").subscribe();
			clock.awaitTimer(Duration.ofMillis(1));
			call.dispose();
			clock.advance(Duration.ofMinutes(1));
			assertThat(scene.trace.ended.get(1, TimeUnit.SECONDS).attempts()).isEqualTo(1);
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("59: a subscriber that goes at once makes no request")
	void makesNoRequestForASubscriberThatGoesAtOnce() {
		try (Scene scene = Scene.of(ServedAnswers.stream("ok"))) {
			scene.provider.stream("Hi").subscribe(new BaseSubscriber<StreamEvent>() {
				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					cancel();
				}
			});
			assertThat(scene.trace.steps).containsExactly("started", "ended CANCELLED after 0");
			assertThat(scene.stream()).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("59: a subscriber that goes with the last event before an error hears and logs nothing more")
	void saysNothingAfterCancellation() throws Exception {
		String failing = ServedAnswers.delta("He") + "data: {\"error\":{\"message\":\"fell over\"}}\n\n";
		try (Scene scene = Scene.of(ScriptedResponse.sse(failing)); LogCapture log = new LogCapture()) {
			assertThat(scene.provider.stream("Hi").take(1).collectList().block(Scene.WATCHDOG)).hasSize(1);
			assertThat(scene.trace.ended.get(1, TimeUnit.SECONDS).outcome().name()).isEqualTo("CANCELLED");
			assertThat(log.atLeast(Level.WARN)).isEmpty();
		}
	}

	@Test
	@DisplayName("59: a subscriber that goes when the error is already there hears and logs nothing of it")
	void saysNothingOfAnErrorThatWaited() throws Exception {
		String failing = ServedAnswers.delta("He") + "data: {\"error\":{\"message\":\"fell over\"}}\n\n";
		try (Scene scene = Scene.of(ScriptedResponse.sse(failing)); LogCapture log = new LogCapture()) {
			List<StreamEvent> events = new CopyOnWriteArrayList<>();
			BaseSubscriber<StreamEvent> subscriber = new BaseSubscriber<>() {
				@Override
				protected void hookOnSubscribe(Subscription subscription) {
				}

				@Override
				protected void hookOnNext(StreamEvent event) {
					events.add(event);
					cancel();
				}
			};
			scene.registry.setRawLog(new RawLogListener() {
				@Override
				public void onChunk(Attempt attempt, String chunk) {
					// Runs when the connection's thread is done with this chunk.
					ThreadExecutorMap.currentExecutor().execute(() -> subscriber.request(1));
				}
			});
			scene.provider.stream("Hi").subscribe(subscriber);
			assertThat(scene.trace.ended.get(5, TimeUnit.SECONDS).outcome().name()).isEqualTo("CANCELLED");
			assertThat(events).hasSize(1);
			assertThat(log.atLeast(Level.WARN)).isEmpty();
		}
	}

}
