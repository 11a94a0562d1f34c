package io.nexus3.provider.observation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.registry.CallListener;
import io.nexus3.provider.registry.CallListener.CallInfo;
import io.nexus3.provider.registry.CallTrace;
import io.nexus3.provider.registry.ProviderRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;

class CallContextTests {

	private static final String KEY = ObservationThreadLocalAccessor.KEY;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theObservationOfTheSubscriberIsTheParent(boolean stream) {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(stream))) {
			Observation caller = Observation.start("caller", scene.observations);
			if (stream) {
				scene.provider.stream("Hi")
					.contextWrite((context) -> context.put(KEY, caller))
					.blockLast(ObservedScene.WATCHDOG);
			}
			else {
				scene.provider.complete("Hi")
					.contextWrite((context) -> context.put(KEY, caller))
					.block(ObservedScene.WATCHDOG);
			}
			assertThat(scene.awaitEnd().getParentObservation()).isSameAs(caller);
			caller.stop();
		}
	}

	@Test
	void theObservationOfTheSubscribingThreadIsTheParentWhereTheContextHasNone() {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(false))) {
			Observation caller = Observation.start("caller", scene.observations);
			caller.scoped(() -> scene.provider.complete("Hi").block(ObservedScene.WATCHDOG));
			assertThat(scene.awaitEnd().getParentObservation()).isSameAs(caller);
			caller.stop();
		}
	}

	@Test
	void aCallWithoutACallerHasNoParent() {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(false))) {
			assertThat(scene.call(false).getParentObservation()).isNull();
		}
	}

	@Test
	void operatorsOfTheCallerKeepTheObservationOfTheCaller() {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(true))) {
			Observation caller = Observation.start("caller", scene.observations);
			List<Object> seen = new CopyOnWriteArrayList<>();
			Mono.deferContextual(
					(view) -> scene.provider.stream("Hi").doOnNext((event) -> seen.add(view.get(KEY))).then())
				.contextWrite((context) -> context.put(KEY, caller))
				.block(ObservedScene.WATCHDOG);
			assertThat(seen).hasSize(3).containsOnly(caller);
			caller.stop();
		}
	}

	@Test
	void theWorkOfAnAttemptRunsWithItsObservationInTheContext() {
		List<ContextView> seen = new CopyOnWriteArrayList<>();
		CredentialSource watching = new CredentialSource() {

			@Override
			public Mono<ApiKey> get() {
				return Mono.deferContextual((context) -> {
					seen.add(context);
					return Mono.just(ApiKey.of("sk"));
				});
			}

			@Override
			public String description() {
				return "watching";
			}

		};
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.rateLimit(), ObservedAnswers.openAi(false))) {
			ProviderConfig config = scene.registry.config()
				.providers()
				.get("box")
				.withAccess(new ProviderConfig.Access(watching, null));
			try (ProviderRegistry registry = scene.registryOf(config)) {
				registry.get("box", "model-1").complete("Hi").block(ObservedScene.WATCHDOG);
			}
			scene.awaitEnd();
			assertThat(seen).extracting((context) -> ((Observation) context.get(KEY)).getContext())
				.containsExactlyElementsOf(scene.attempts);
		}
	}

	@Test
	void attemptsAreBelowTheCallerWhereCallsAreNotWanted() {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(false))) {
			scene.observations.observationConfig()
				.observationPredicate((name, context) -> !name.equals(ProviderObservation.CALL_NAME));
			Observation caller = Observation.start("caller", scene.observations);
			scene.provider.complete("Hi")
				.contextWrite((context) -> context.put(KEY, caller))
				.block(ObservedScene.WATCHDOG);
			assertThat(scene.attempts).singleElement()
				.satisfies((attempt) -> assertThat(attempt.getParentObservation()).isSameAs(caller));
			caller.stop();
		}
	}

	@Test
	void nothingIsPutInTheWayOfTheCallerWhereNeitherCallsNorAttemptsAreWanted() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		registry.observationConfig().observationPredicate((name, context) -> name.equals("caller"));
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(false))) {
			List<CallInfo> calls = new CopyOnWriteArrayList<>();
			CallListener catching = (call, context) -> {
				calls.add(call);
				return new CallTrace() {
				};
			};
			try (ProviderRegistry providers = ProviderRegistry.builder(scene.registry.config())
				.listeners(List.of(catching))
				.build()) {
				providers.getForModel("fast").complete("Hi").block(ObservedScene.WATCHDOG);
			}
			Observation caller = Observation.start("caller", registry);
			Context context = Context.of(KEY, caller);
			CallTrace trace = new ObservationCallListener(registry, ObservationSettings.defaults())
				.callStarted(calls.get(0), context);
			trace.attemptStarted(1);
			assertThat(trace.context(context)).isSameAs(context);
			caller.stop();
		}
	}

	@Test
	void aRegistryThatObservesNothingCostsNothing() {
		ObservationCallListener listener = new ObservationCallListener(ObservationRegistry.NOOP,
				ObservationSettings.defaults());
		CallInfo unread = null;
		Context context = Context.of("a", "b");
		assertThat(listener.callStarted(unread, context).context(context)).isSameAs(context);
	}

}
