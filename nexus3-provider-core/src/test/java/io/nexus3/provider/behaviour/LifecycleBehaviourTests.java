package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.config.TlsSettings;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.registry.CallListener;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.wire.RawLogListener;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class LifecycleBehaviourTests {

	/** So few connections that a call must take the one that the last call left. */
	private static UnaryOperator<ProviderConfig> pooled(int retries, int connections) {
		PoolSettings pool = new PoolSettings(connections, Duration.ofSeconds(10), Duration.ofSeconds(30),
				Duration.ofMinutes(10));
		return (config) -> config.withRetry(Scene.retries(retries))
			.withConnections(new ProviderConfig.Connections(pool, TlsSettings.defaults(), null));
	}

	/** The second request of a connection meets a server that has hung up. */
	private static ScriptedResponse staleAfterOne(ReceivedRequest request, ScriptedResponse answer) {
		return (request.orderOnConnection() == 0) ? answer : ScriptedResponse.noAnswer(Ending.CLOSE);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("21: a stale connection costs one further request at once")
	void recoversFromAStaleConnection(boolean stream) {
		try (Scene scene = Scene.answering(pooled(1, 1), CallClock.system(),
				(request) -> staleAfterOne(request, Answers.either(stream, "ok")))) {
			assertThat(scene.call(stream)).isEqualTo("ok");
			assertThat(scene.call(stream)).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(3);
			assertThat(scene.server.acceptedConnections()).isEqualTo(2);
			assertThat(scene.trace.delays).containsExactly(Duration.ZERO);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("21: without retries a stale connection is one request and a typed error")
	void reportsAStaleConnectionWithoutRetries(boolean stream) {
		try (Scene scene = Scene.answering(pooled(0, 1), CallClock.system(),
				(request) -> staleAfterOne(request, Answers.either(stream, "ok")))) {
			scene.call(stream);
			assertThat(scene.error(stream).kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("22: recovering from a stale connection leaves other streams alone")
	void leavesOtherStreamsAlone() throws Exception {
		Gate gate = new Gate();
		ScriptedResponse slow = ScriptedResponse.sse(Answers.delta("slow"))
			.thenAwait(gate)
			.thenWrite(Answers.stop() + Answers.DONE);
		try (Scene scene = Scene.answering(pooled(1, 2), CallClock.system(),
				(request) -> (request.order() == 0) ? slow : staleAfterOne(request, Answers.stream("ok")))) {
			List<StreamEvent> events = new ArrayList<>();
			CountDownLatch ended = new CountDownLatch(1);
			scene.provider.stream("Hi").doFinally((signal) -> ended.countDown()).subscribe(events::add);
			gate.reached().get(5, TimeUnit.SECONDS);
			assertThat(scene.stream()).isEqualTo("ok");
			assertThat(scene.stream()).isEqualTo("ok");
			gate.open();
			assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
			assertThat(Scene.text(events)).isEqualTo("slow");
			assertThat(events).hasSize(2);
		}
	}

	@Test
	@DisplayName("59: a cancelled stream closes its connection within a second and logs no error")
	void closesTheConnectionOfACancelledStream() throws Exception {
		Gate never = new Gate();
		try (Scene scene = Scene.of(ScriptedResponse.sse(Answers.delta("He")).thenAwait(never));
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
		try (Scene scene = Scene.of((config) -> config, clock.callClock(), Answers.error(503, "down"))) {
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
		try (Scene scene = Scene.of(Answers.stream("ok"))) {
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
	@DisplayName("61: the raw log can be set, replaced and cleared, and counts attempts")
	void setsReplacesAndClearsTheRawLog() {
		try (Scene scene = Scene.of(Answers.error(503, "down"), Answers.json("ok"))) {
			RecordedRawLog first = new RecordedRawLog();
			RecordedRawLog second = new RecordedRawLog();
			scene.registry.setRawLog(first);
			scene.complete();
			scene.registry.setRawLog(second);
			scene.complete();
			scene.registry.setRawLog(null);
			scene.complete();
			assertThat(first.starting("request")).hasSize(2);
			assertThat(first.starting("request 2")).hasSize(1);
			assertThat(first.starting("end 1 failed")).hasSize(1);
			assertThat(first.starting("end 2 completed")).hasSize(1);
			assertThat(second.starting("request")).hasSize(1);
			assertThat(first.lines).noneMatch((line) -> line.contains(Scene.KEY) || line.contains("Authorization"));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("61: a throwing raw log does not break the call")
	void survivesAThrowingRawLog(boolean stream) {
		RawLogListener throwing = new RawLogListener() {
			@Override
			public void onRequest(Attempt attempt, String url, String body) {
				throw new IllegalStateException("request");
			}

			@Override
			public void onResponse(Attempt attempt, int status, String body, boolean truncated) {
				throw new IllegalStateException("response");
			}

			@Override
			public void onChunk(Attempt attempt, String chunk) {
				throw new IllegalStateException("chunk");
			}

			@Override
			public void onEnd(Attempt attempt, String outcome, Throwable error) {
				throw new IllegalStateException("end");
			}
		};
		try (Scene scene = Scene.of(Answers.error(503, "down"), Answers.either(stream, "ok"))) {
			scene.registry.setRawLog(throwing);
			assertThat(scene.call(stream)).isEqualTo("ok");
		}
	}

	@Test
	@DisplayName("65: a listener in the context sees only the calls of its subscriber")
	void showsASubscriberItsOwnCalls() {
		try (Scene scene = Scene.of(Answers.stream("ok"))) {
			RecordedRawLog own = new RecordedRawLog();
			RecordedRawLog all = new RecordedRawLog();
			scene.registry.setRawLog(all);
			Flux<StreamEvent> shared = scene.provider.stream("Hi");
			shared.contextWrite((context) -> context.put(RawLogListener.class, own)).blockLast(Scene.WATCHDOG);
			shared.blockLast(Scene.WATCHDOG);
			scene.provider.complete("Hi")
				.contextWrite((context) -> context.put(RawLogListener.class, own))
				.block(Scene.WATCHDOG);
			assertThat(own.starting("request")).hasSize(2);
			assertThat(all.starting("request")).hasSize(3);
		}
	}

	@Test
	@DisplayName("62: nothing is connected before the first call, and connections are used again")
	void connectsWithTheFirstCall() {
		try (Scene scene = Scene.of(Answers.json("ok"))) {
			Flux<StreamEvent> stream = scene.provider.stream("Hi");
			assertThat(stream).isNotNull();
			assertThat(scene.server.acceptedConnections()).isZero();
			for (int i = 0; i < 20; i++) {
				scene.complete();
			}
			// One may be on its way back to the pool when the next call begins.
			assertThat(scene.server.acceptedConnections()).isBetween(1, 2);
		}
	}

	@Test
	@DisplayName("62: closing twice is closing once, also when nothing was used")
	void closesTwice() {
		Scene unused = Scene.of(Answers.json("ok"));
		unused.close();
		unused.close();
		try (Scene scene = Scene.of(Answers.json("ok"))) {
			scene.complete();
			scene.registry.close();
			StepVerifier.create(scene.registry.closeAsync()).expectComplete().verify(Scene.WATCHDOG);
			assertThat(scene.trace.steps).contains("ended COMPLETED after 1");
		}
	}

	@Test
	@DisplayName("62: verification turned off is warned of once")
	void warnsOfUnverifiedCertificates() {
		ProviderConfig config = ProviderConfig.of("careless", "openai")
			.withApiKey(Scene.KEY)
			.withConnections(
					new ProviderConfig.Connections(PoolSettings.defaults(), new TlsSettings(null, null, false), null));
		try (ProviderRegistry registry = ProviderRegistry.of(config, "m"); LogCapture log = new LogCapture()) {
			registry.getForModel();
			registry.getForModel();
			registry.get("careless", "other");
			assertThat(log.atLeast(Level.WARN)).singleElement().asString().contains("careless", "not verified");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("63: a call after closing is a typed error")
	void refusesCallsAfterClosing(boolean stream) {
		try (Scene scene = Scene.of(Answers.json("ok"))) {
			scene.complete();
			scene.registry.close();
			assertThat(scene.error(stream).kind()).isEqualTo(ErrorKind.CLOSED);
			assertThat(catchThrowableOfType(ProviderException.class, () -> scene.registry.getForModel("alias")).kind())
				.isEqualTo(ErrorKind.CLOSED);
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("63: closing ends running streams with a typed error and closes their connections")
	void endsRunningStreams() throws Exception {
		Gate never = new Gate();
		try (Scene scene = Scene.of(ScriptedResponse.sse(Answers.delta("He")).thenAwait(never))) {
			StepVerifier.create(scene.provider.stream("Hi"))
				.expectNextCount(1)
				.then(scene.registry::close)
				.expectErrorSatisfies((error) -> {
					assertThat(((ProviderException) error).kind()).isEqualTo(ErrorKind.CLOSED);
					assertThat(((ProviderException) error).partialMessage().text()).isEqualTo("He");
				})
				.verify(Scene.WATCHDOG);
			scene.server.exchanges().get(0).closedByClient().get(1, TimeUnit.SECONDS);
		}
	}

	@Test
	@DisplayName("63: closing closes the idle connections of all providers")
	void closesIdleConnections() throws Exception {
		try (Scene scene = Scene.of(Answers.json("ok"))) {
			scene.complete();
			scene.registry.get("test", "other").complete("Hi").block(Scene.WATCHDOG);
			scene.registry.closeAsync().block(Scene.WATCHDOG);
			scene.server.exchanges().get(1).closedByClient().get(2, TimeUnit.SECONDS);
			assertThat(scene.server.openConnections()).isZero();
		}
	}

	@Test
	@DisplayName("63: a subscriber that throws does not keep others open")
	void closesDespiteAThrowingSubscriber() {
		Gate never = new Gate();
		try (Scene scene = Scene.of(ScriptedResponse.sse(Answers.delta("He")).thenAwait(never))) {
			CountDownLatch failed = new CountDownLatch(4);
			for (int i = 0; i < 4; i++) {
				scene.provider.stream("Hi").subscribe(new CoreSubscriber<StreamEvent>() {
					@Override
					public void onSubscribe(Subscription subscription) {
						subscription.request(Long.MAX_VALUE);
					}

					@Override
					public void onNext(StreamEvent event) {
					}

					@Override
					public void onError(Throwable error) {
						failed.countDown();
						throw new IllegalStateException("thrown by a subscriber");
					}

					@Override
					public void onComplete() {
					}
				});
			}
			scene.registry.close();
			assertThat(failed.getCount()).isZero();
		}
	}

	@Test
	@DisplayName("64: the same model with and without reasoning is two providers, else one")
	void keepsOneProviderForEachModel() throws Exception {
		ModelConfig plain = ModelConfig.of("plain", "openai", "gpt");
		ModelConfig thinking = ModelConfig.of("thinking", "openai", "gpt")
			.withOptions(RequestOptions.defaults().withReasoning(Reasoning.effort(Reasoning.Level.HIGH)));
		ProvidersConfig config = ProvidersConfig.of(List.of(ProviderConfig.of("openai").withApiKey(Scene.KEY)),
				List.of(plain, thinking), "plain");
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try (ProviderRegistry registry = ProviderRegistry.builder(config).build()) {
			CountDownLatch go = new CountDownLatch(1);
			Set<AsyncProvider> seen = ConcurrentHashMap.newKeySet();
			List<Future<?>> gets = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				gets.add(threads.submit(() -> {
					go.await();
					return seen.add(registry.getForModel("plain"));
				}));
			}
			go.countDown();
			for (Future<?> get : gets) {
				get.get(5, TimeUnit.SECONDS);
			}
			assertThat(seen).containsExactly(registry.getForModel());
			assertThat(registry.getForModel("thinking")).isNotSameAs(registry.getForModel("plain"));
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	@DisplayName("64: a creation that failed is tried again")
	void triesAFailedCreationAgain() {
		List<String> made = new ArrayList<>();
		ProvidersConfig config = ProvidersConfig.of(List.of(ProviderConfig.of("openai").withApiKey(Scene.KEY)),
				List.of(ModelConfig.of("m", "openai", "gpt")), null);
		try (ProviderRegistry registry = ProviderRegistry.builder(config).decorators(List.of((provider, model) -> {
			made.add(model.alias());
			if (made.size() == 1) {
				throw new IllegalStateException("not yet");
			}
			return provider;
		})).build()) {
			assertThat(catchThrowableOfType(IllegalStateException.class, registry::getForModel)).isNotNull();
			assertThat(registry.getForModel()).isNotNull();
		}
	}

	@Test
	@DisplayName("64: unknown names are typed errors that list what exists")
	void listsWhatExists() {
		try (Scene scene = Scene.of(Answers.json("ok"))) {
			assertThat(catchThrowableOfType(ProviderException.class, () -> scene.registry.getForModel("x/a")))
				.hasMessageContaining("alias");
			assertThat(catchThrowableOfType(ProviderException.class, () -> scene.registry.get("nobody", "m")))
				.hasMessageContaining("test");
		}
	}

	@Test
	@DisplayName("61: the trace of a success after a retry is told in order and ends once")
	void tracesASuccess() {
		try (Scene scene = Scene.of(Answers.error(503, "down"), Answers.stream("o", "k"))) {
			scene.stream();
			assertThat(scene.trace.steps).containsExactly("started", "attempt 1", "attempt 1 FAILED 503", "retry",
					"attempt 2", "first event", "attempt 2 COMPLETED 200", "ended COMPLETED after 2");
		}
	}

	@Test
	@DisplayName("61: the trace of a failure is told in order and ends once")
	void tracesAFailure() {
		try (Scene scene = Scene.of(Scene.retrying(1), Answers.error(503, "down"))) {
			scene.completeError();
			assertThat(scene.trace.steps).containsExactly("started", "attempt 1", "attempt 1 FAILED 503", "retry",
					"attempt 2", "attempt 2 FAILED 503", "ended FAILED after 2");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("61: a throwing call listener breaks nothing")
	void survivesAThrowingListener(boolean stream) {
		CallListener throwing = (call, context) -> {
			throw new IllegalStateException("thrown by a listener");
		};
		CallListener nothing = (call, context) -> null;
		try (Scene scene = Scene.of(Answers.either(stream, "ok"));
				ProviderRegistry registry = ProviderRegistry.builder(scene.registry.config())
					.listeners(List.of(throwing, nothing, scene.trace))
					.build()) {
			AsyncProvider provider = registry.getForModel();
			if (stream) {
				assertThat(Scene.streamed(provider.stream("Hi")).text()).isEqualTo("ok");
			}
			else {
				assertThat(provider.complete("Hi").block(Scene.WATCHDOG).text()).isEqualTo("ok");
			}
			assertThat(scene.trace.steps).endsWith("ended COMPLETED after 1");
		}
	}

	@Test
	@DisplayName("59: a subscriber that goes with the last event before an error hears and logs nothing more")
	void saysNothingAfterCancellation() throws Exception {
		String failing = Answers.delta("He") + "data: {\"error\":{\"message\":\"fell over\"}}\n\n";
		try (Scene scene = Scene.of(ScriptedResponse.sse(failing)); LogCapture log = new LogCapture()) {
			assertThat(scene.provider.stream("Hi").take(1).collectList().block(Scene.WATCHDOG)).hasSize(1);
			assertThat(scene.trace.ended.get(1, TimeUnit.SECONDS).outcome().name()).isEqualTo("CANCELLED");
			assertThat(log.atLeast(Level.WARN)).isEmpty();
		}
	}

	@Test
	@DisplayName("63: closing ends a call that waits for a retry, with the failures so far")
	void endsAWaitingCall() {
		TurnableClock clock = new TurnableClock();
		try (Scene scene = Scene.of((config) -> config.withRetry(RetrySettings.defaults()), clock.callClock(),
				Answers.error(503, "down"))) {
			StepVerifier.create(scene.provider.complete("Hi")).then(() -> {
				clock.awaitTimer(Duration.ofSeconds(1));
				scene.registry.close();
			}).expectErrorSatisfies((error) -> {
				assertThat(((ProviderException) error).kind()).isEqualTo(ErrorKind.CLOSED);
				assertThat(((ProviderException) error).attempts()).hasSize(1);
			}).verify(Scene.WATCHDOG);
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

}
