package io.nexus3.provider.observation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.transport.Kind;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class CallObservationTests {

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aCallIsOneObservationOfAClient(boolean stream) {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(stream))) {
			ChatObservationContext call = scene.call(stream);
			assertThat(call.getKind()).isEqualTo(Kind.CLIENT);
			assertThat(call.getName()).isEqualTo("gen_ai.client.operation.duration");
			assertThat(call.getContextualName()).isEqualTo("chat model-1");
			assertThat(ObservedScene.labels(call))
				.containsExactlyInAnyOrderEntriesOf(Map.of("gen_ai.operation.name", "chat", "gen_ai.provider.name",
						"openai", "gen_ai.request.model", "model-1", "gen_ai.response.model", "model-1-2026",
						"server.address", "127.0.0.1", "server.port", Integer.toString(scene.server.port()),
						"error.type", "none", "nexus3.provider", "box", "nexus3.outcome", "completed"));
			assertThat(ObservedScene.details(call)).contains(Map.entry("gen_ai.request.stream", "" + stream),
					Map.entry("nexus3.model.alias", "fast"), Map.entry("gen_ai.response.id", "c1"),
					Map.entry("gen_ai.response.finish_reasons", "[stop]"), Map.entry("gen_ai.usage.input_tokens", "11"),
					Map.entry("gen_ai.usage.output_tokens", "7"), Map.entry("nexus3.attempts", "1"));
		}
	}

	@Test
	void theOptionsThatHoldAreRecorded() {
		RequestOptions options = RequestOptions.defaults()
			.withMaxOutputTokens(99)
			.withTemperature(0.5)
			.withTopP(0.9)
			.withStop(List.of("END"))
			.withSeed(7);
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(false))) {
			scene.provider.complete(CompletionRequest.of("Hi").withOptions(options)).block(ObservedScene.WATCHDOG);
			assertThat(ObservedScene.details(scene.awaitEnd())).contains(Map.entry("gen_ai.request.max_tokens", "99"),
					Map.entry("gen_ai.request.temperature", "0.5"), Map.entry("gen_ai.request.top_p", "0.9"),
					Map.entry("gen_ai.request.stop_sequences", "[END]"), Map.entry("gen_ai.request.seed", "7"),
					Map.entry("gen_ai.usage.cache_read.input_tokens", "3"),
					Map.entry("gen_ai.usage.reasoning.output_tokens", "2"));
		}
	}

	@Test
	void whatIsUnknownIsLeftOut() {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(false))) {
			assertThat(ObservedScene.details(scene.call(false))).doesNotContainKeys("gen_ai.request.temperature",
					"gen_ai.usage.cache_creation.input_tokens", "gen_ai.response.time_to_first_chunk",
					"gen_ai.output.type");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everyAttemptIsAnObservationBelowItsCall(boolean stream) {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.rateLimit(), ObservedAnswers.openAi(stream))) {
			ChatObservationContext call = scene.call(stream);
			assertThat(ObservedScene.details(call)).containsEntry("nexus3.attempts", "2");
			assertThat(scene.attempts).hasSize(2)
				.allSatisfy((attempt) -> assertThat(attempt.getParentObservation().getContextView()).isSameAs(call));
			assertThat(ObservedScene.labels(scene.attempts.get(0)))
				.containsExactlyInAnyOrderEntriesOf(Map.of("nexus3.provider", "box", "gen_ai.request.model", "model-1",
						"http.response.status_code", "429", "error.type", "rate_limit", "nexus3.outcome", "failed"));
			assertThat(ObservedScene.details(scene.attempts.get(0))).containsExactlyInAnyOrderEntriesOf(
					Map.of("nexus3.attempt.number", "1", "nexus3.attempt.request_id", "req-limited"));
			assertThat(ObservedScene.labels(scene.attempts.get(1))).contains(
					Map.entry("http.response.status_code", "200"), Map.entry("error.type", "none"),
					Map.entry("nexus3.outcome", "completed"));
			assertThat(ObservedScene.details(scene.attempts.get(1)))
				.containsExactlyInAnyOrderEntriesOf(Map.of("nexus3.attempt.number", "2", "nexus3.attempt.request_id",
						"req-good", "nexus3.retry.reason", "rate_limit", "nexus3.retry.delay_ms", "1"));
		}
	}

	@Test
	void anErrorInsideAnAnswerFailsItsAttemptOnly() {
		try (ObservedScene scene = ObservedScene.anthropic(
				ScriptedResponse.sse(ObservedAnswers.anthropicStart() + ObservedAnswers.anthropicOverload()),
				ObservedAnswers.anthropicStream())) {
			ChatObservationContext call = scene.call(true);
			assertThat(call.getError()).isNull();
			assertThat(ObservedScene.labels(call)).contains(Map.entry("gen_ai.provider.name", "anthropic"),
					Map.entry("gen_ai.response.model", "claude-x"), Map.entry("nexus3.outcome", "completed"));
			assertThat(ObservedScene.labels(scene.attempts.get(0))).contains(
					Map.entry("http.response.status_code", "200"), Map.entry("error.type", "overloaded"),
					Map.entry("nexus3.outcome", "failed"));
			assertThat(scene.attempts.get(0).getError()).isInstanceOf(ProviderException.class);
		}
	}

	@Test
	void aTruncatedStreamIsAnErrorOfTheCall() {
		try (ObservedScene scene = ObservedScene.of(ScriptedResponse.sse(ObservedAnswers.openAiDelta("o")))) {
			ProviderException error = catchThrowableOfType(ProviderException.class,
					() -> scene.provider.stream("Hi").blockLast(ObservedScene.WATCHDOG));
			ChatObservationContext call = scene.awaitEnd();
			assertThat(error.kind()).isEqualTo(ErrorKind.INTERRUPTED);
			assertThat(call.getError()).isSameAs(error);
			assertThat(ObservedScene.labels(call)).contains(Map.entry("error.type", "interrupted"),
					Map.entry("nexus3.outcome", "failed"), Map.entry("gen_ai.response.model", "model-1-2026"));
		}
	}

	@Test
	void aCancelledStreamEndsItsObservations() {
		try (ObservedScene scene = ObservedScene
			.of(ScriptedResponse.sse(ObservedAnswers.openAiDelta("o")).thenAwait(new Gate()))) {
			scene.provider.stream("Hi").take(1).blockLast(ObservedScene.WATCHDOG);
			ChatObservationContext call = scene.awaitEnd();
			assertThat(call.getError()).isNull();
			assertThat(ObservedScene.labels(call)).contains(Map.entry("error.type", "none"),
					Map.entry("nexus3.outcome", "cancelled"), Map.entry("gen_ai.response.model", "model-1-2026"));
			assertThat(scene.attempts).hasSize(1);
			assertThat(ObservedScene.labels(scene.attempts.get(0))).containsEntry("nexus3.outcome", "cancelled");
		}
	}

	@Test
	void aRequestThatCannotBeSentIsACallWithoutAttempts() {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(false))) {
			RequestOptions options = RequestOptions.defaults().withExtraHeaders(Map.of("Authorization", "mine"));
			catchThrowableOfType(ProviderException.class,
					() -> scene.provider.complete(CompletionRequest.of("Hi").withOptions(options))
						.block(ObservedScene.WATCHDOG));
			ChatObservationContext call = scene.awaitEnd();
			assertThat(ObservedScene.details(call)).containsEntry("nexus3.attempts", "0");
			assertThat(ObservedScene.labels(call)).containsEntry("error.type", "invalid_request");
			assertThat(scene.attempts).isEmpty();
		}
	}

	@Test
	void theTimeOfACallGoesOnUntilItsEnd() {
		Gate gate = new Gate();
		try (ObservedScene scene = ObservedScene.of(ScriptedResponse.sse(ObservedAnswers.openAiDelta("o"))
			.thenAwait(gate)
			.thenWrite(ObservedAnswers.openAiEnd()))) {
			scene.provider.stream("Hi").doOnNext((event) -> {
				scene.clock.addSeconds(2);
				gate.open();
			}).blockLast(ObservedScene.WATCHDOG);
			scene.awaitEnd();
			Timer timer = scene.meters.get("gen_ai.client.operation.duration").timer();
			assertThat(timer.count()).isEqualTo(1);
			assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
		}
	}

	@Test
	void allThatIsRecordedIsDocumented() {
		try (ObservedScene scene = new ObservedScene.Setup()
			.settings(ObservationSettings.defaults().withIncludeContent(true))
			.scene(ObservedAnswers.rateLimit(), ObservedAnswers.openAi(true))) {
			ChatObservationContext call = scene.call(true);
			assertThat(ObservedScene.labels(call).keySet())
				.isEqualTo(names(ProviderObservation.CALL.getLowCardinalityKeyNames()));
			assertThat(names(ProviderObservation.CALL.getHighCardinalityKeyNames()))
				.containsAll(ObservedScene.details(call).keySet());
			assertThat(ObservedScene.labels(scene.attempts.get(0)).keySet())
				.isEqualTo(names(ProviderObservation.ATTEMPT.getLowCardinalityKeyNames()));
			assertThat(ObservedScene.details(scene.attempts.get(1)).keySet())
				.isEqualTo(names(ProviderObservation.ATTEMPT.getHighCardinalityKeyNames()));
		}
	}

	private static Set<String> names(KeyName[] names) {
		return Set.copyOf(Stream.of(names).map(KeyName::asString).toList());
	}

}
