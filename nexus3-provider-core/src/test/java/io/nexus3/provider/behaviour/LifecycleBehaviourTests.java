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

import ch.qos.logback.classic.Level;
import io.nexus3.provider.behaviour.ThrowingSubscriber.Signal;
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
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class LifecycleBehaviourTests {

	@Test
	@DisplayName("62: nothing is connected before the first call, and connections are used again")
	void connectsWithTheFirstCall() {
		try (Scene scene = Scene.of(ServedAnswers.json("ok"))) {
			Flux<StreamEvent> stream = scene.provider.stream("Hi");
			assertThat(stream).isNotNull();
			assertThat(scene.server.acceptedConnections()).isZero();
			for (int i = 0; i < 20; i++) {
				scene.complete();
			}
			// A connection may still be on its way back to the pool when the next call
			// begins, so how many are opened depends on the machine; without reuse there
			// would be one for each call.
			assertThat(scene.server.acceptedConnections()).isBetween(1, 10);
		}
	}

	@Test
	@DisplayName("62: closing twice is closing once, also when nothing was used")
	void closesTwice() {
		Scene unused = Scene.of(ServedAnswers.json("ok"));
		unused.close();
		unused.close();
		try (Scene scene = Scene.of(ServedAnswers.json("ok"))) {
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
		try (Scene scene = Scene.of(ServedAnswers.json("ok"))) {
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
		try (Scene scene = Scene.of(ScriptedResponse.sse(ServedAnswers.delta("He")).thenAwait(never))) {
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
		try (Scene scene = Scene.of(Scene.pooled(0, 1), ServedAnswers.json("ok"))) {
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
		try (Scene scene = Scene.of(ScriptedResponse.sse(ServedAnswers.delta("He")).thenAwait(never))) {
			CountDownLatch failed = new CountDownLatch(4);
			for (int i = 0; i < 4; i++) {
				scene.provider.stream("Hi").subscribe(new ThrowingSubscriber(Set.of(Signal.ERROR), (signal) -> {
					if (signal == Signal.ERROR) {
						failed.countDown();
					}
				}));
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
		try (Scene scene = Scene.of(ServedAnswers.json("ok"))) {
			assertThat(catchThrowableOfType(ProviderException.class, () -> scene.registry.getForModel("x/a")))
				.hasMessageContaining("alias");
			assertThat(catchThrowableOfType(ProviderException.class, () -> scene.registry.get("nobody", "m")))
				.hasMessageContaining("test");
		}
	}

	@Test
	@DisplayName("63: closing ends a call that waits for a retry, with the failures so far")
	void endsAWaitingCall() {
		TurnableClock clock = new TurnableClock();
		try (Scene scene = Scene.of((config) -> config.withRetry(RetrySettings.defaults()), clock.callClock(),
				ServedAnswers.error(503, "down"))) {
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
