package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ClockBehaviourTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	private static final Duration OFTEN = Duration.ofMillis(50);

	private static UnaryOperator<ProviderConfig> timeouts(UnaryOperator<Timeouts> change) {
		return (config) -> config.withRetry(Scene.retries(0)).withTimeouts(change.apply(Timeouts.defaults()));
	}

	private static ScriptedResponse commenting(ScriptedResponse response) {
		ScriptedResponse commenting = response;
		for (int i = 0; i < 100; i++) {
			commenting = commenting.thenWrite(": ping\n\n").thenPause(OFTEN);
		}
		return commenting;
	}

	@Test
	@DisplayName("27: a timeout is retried before the commit point")
	void retriesATimeout() {
		TurnableClock clock = new TurnableClock();
		Duration timeout = Duration.ofSeconds(120);
		try (Scene scene = Scene.of((config) -> config, clock.callClock(), ScriptedResponse.noAnswer(Ending.STALL),
				ServedAnswers.stream("ok"))) {
			CompletableFuture<String> text = scene.provider.stream("Hi").collectList().map(Scene::text).toFuture();
			awaitFailure(scene, 0);
			clock.expire(timeout, () -> scene.trace.steps.contains("retry"));
			clock.awaitTimer(Duration.ofMillis(1));
			clock.advance(Duration.ofMillis(1));
			assertThat(text.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("27: comments do not end the first-event clock")
	void waitsForAnEventNotForComments() throws Exception {
		try (Scene scene = Scene.of(timeouts((clocks) -> clocks.withFirstEvent(SHORT)),
				commenting(ScriptedResponse.sse()))) {
			ProviderException error = scene.streamed().error();
			assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
			assertThat(error).hasMessageContaining("first-event").hasMessageContaining("before any data was received");
			scene.server.exchanges().get(0).closedByClient().get(1, TimeUnit.SECONDS);
		}
	}

	@Test
	@DisplayName("27: the idle clock ends silence, and says so after text")
	void endsSilence() {
		try (Scene scene = Scene.of(timeouts((clocks) -> clocks.withIdle(SHORT)),
				ScriptedResponse.sse(ServedAnswers.delta("He")).withEnding(Ending.STALL))) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.text()).isEqualTo("He");
			assertThat(streamed.error()).hasMessageContaining("idle");
			assertThat(streamed.error().partialMessage().text()).isEqualTo("He");
		}
	}

	@Test
	@DisplayName("27: comments keep the idle clock quiet")
	void countsCommentsAsLife() {
		ScriptedResponse answer = ScriptedResponse.sse(ServedAnswers.delta("He"));
		for (int i = 0; i < 12; i++) {
			answer = answer.thenPause(OFTEN).thenWrite(": ping\n\n");
		}
		try (Scene scene = Scene.of(timeouts((clocks) -> clocks.withIdle(SHORT)),
				answer.thenWrite(ServedAnswers.stop() + ServedAnswers.DONE))) {
			assertThat(scene.stream()).isEqualTo("He");
		}
	}

	@Test
	@DisplayName("27: comments do not count for the stall clock")
	void endsAStallDespiteComments() {
		try (Scene scene = Scene.of(timeouts((clocks) -> clocks.withStall(SHORT)),
				commenting(ScriptedResponse.sse(ServedAnswers.delta("He"))))) {
			long start = System.nanoTime();
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.text()).isEqualTo("He");
			assertThat(streamed.error()).hasMessageContaining("stall");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		}
	}

	@Test
	@DisplayName("27: the total clock ends a stream that goes on and on")
	void endsACallInTotal() {
		ScriptedResponse endless = ScriptedResponse.sse();
		for (int i = 0; i < 100; i++) {
			endless = endless.thenWrite(ServedAnswers.delta("x")).thenPause(OFTEN);
		}
		try (Scene scene = Scene.of(timeouts((clocks) -> clocks.withTotal(SHORT)), endless)) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.text()).startsWith("x");
			assertThat(streamed.error()).hasMessageContaining("total");
			assertThat(streamed.error().partialOutput()).isTrue();
		}
	}

	@Test
	@DisplayName("27: the total clock includes waits: a retry that would come too late is not waited for")
	void doesNotWaitBeyondTheTotal() {
		try (Scene scene = Scene.of(
				(config) -> config.withRetry(RetrySettings.defaults())
					.withTimeouts(Timeouts.defaults().withTotal(Duration.ofSeconds(1))),
				ServedAnswers.error(503, "down").withHeader("Retry-After", "5"))) {
			ProviderException error = scene.completeError();
			assertThat(error.status()).isEqualTo(503);
			assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(5));
		}
	}

	@Test
	@DisplayName("27: the total clock ends a wait for a retry")
	void endsAWaitInTotal() {
		TurnableClock clock = new TurnableClock();
		try (Scene scene = Scene.of(
				(config) -> config.withRetry(RetrySettings.defaults())
					.withTimeouts(Timeouts.defaults().withTotal(Duration.ofSeconds(90))),
				clock.callClock(), ServedAnswers.error(503, "down").withHeader("Retry-After", "50"))) {
			StepVerifier.create(scene.provider.complete("Hi")).then(() -> {
				clock.awaitTimer(Duration.ofSeconds(50));
				clock.advance(Duration.ofSeconds(50));
				awaitFailure(scene, 1);
			}).expectErrorSatisfies((error) -> {
				assertThat(((ProviderException) error).attempts()).hasSize(2);
				assertThat(error).hasMessageContaining("503");
			}).verify(Scene.WATCHDOG);
		}
	}

	private static void awaitFailure(Scene scene, int exchange) {
		try {
			scene.server.awaitExchange(exchange, Duration.ofSeconds(5));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	@DisplayName("27: the response clock of complete() and stream() differ")
	void hasAResponseClockForEachMode() {
		TurnableClock clock = new TurnableClock();
		try (Scene scene = Scene.of(timeouts((clocks) -> clocks), clock.callClock(),
				ScriptedResponse.noAnswer(Ending.STALL))) {
			assertThat(expired(clock, Duration.ofMinutes(2), scene.provider.stream("Hi").then()))
				.hasMessageContaining("PT2M");
			assertThat(expired(clock, Duration.ofMinutes(10), scene.provider.complete("Hi").then()))
				.hasMessageContaining("PT10M");
		}
	}

	private static Throwable expired(TurnableClock clock, Duration timeout, Mono<Void> call) {
		CompletableFuture<Throwable> end = call.toFuture().handle((nothing, error) -> error);
		clock.expire(timeout, end::isDone);
		return end.orTimeout(Scene.WATCHDOG.toSeconds(), TimeUnit.SECONDS).join();
	}

	@Test
	@DisplayName("27: a server that does not read the request meets the response clock")
	void timesOutWhenTheRequestIsNotRead() {
		try (RawServer deaf = RawServer.start(RawScript.start().freeze());
				Scene scene = Scene.of((config) -> config.withRetry(Scene.retries(0))
					.withBaseUrl(deaf.baseUrl() + "/v1")
					.withTimeouts(Timeouts.defaults().withResponse(SHORT)), ServedAnswers.json("never"))) {
			ProviderException error = catchThrowableOfType(ProviderException.class,
					() -> scene.provider.complete("x".repeat(20_000_000)).block(Scene.WATCHDOG));
			assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
		}
	}

	@Test
	@DisplayName("27: clocks stand still while the subscriber asks for nothing")
	void doesNotCountTheSubscribersSilence() {
		TurnableClock clock = new TurnableClock();
		Gate gate = new Gate();
		ScriptedResponse answer = ScriptedResponse.sse(ServedAnswers.delta("a") + ServedAnswers.delta("b"))
			.thenAwait(gate)
			.thenWrite(ServedAnswers.stop() + ServedAnswers.DONE);
		try (Scene scene = Scene.of(timeouts((clocks) -> clocks), clock.callClock(), answer)) {
			StepVerifier.Step<StreamEvent> first = StepVerifier.create(scene.provider.stream("Hi"), 1)
				.expectNextCount(1);
			first.then(() -> clock.advance(Duration.ofHours(1)))
				.thenRequest(1)
				.expectNextCount(1)
				.then(gate::open)
				.thenRequest(1)
				.expectNextMatches(StreamComplete.class::isInstance)
				.expectComplete()
				.verify(Scene.WATCHDOG);
		}
	}

}
