package io.nexus3.provider.observation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class CallMeterTests {

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void tokensOfAnAnswerAreCounted(boolean stream) {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(stream))) {
			scene.call(stream);
			assertThat(tokens(scene, "input").totalAmount()).isEqualTo(11);
			assertThat(tokens(scene, "output").totalAmount()).isEqualTo(7);
			assertThat(tokens(scene, "output").count()).isEqualTo(1);
		}
	}

	private static DistributionSummary tokens(ObservedScene scene, String type) {
		return scene.meters.get("gen_ai.client.token.usage")
			.tags("gen_ai.token.type", type, "gen_ai.operation.name", "chat", "gen_ai.provider.name", "openai",
					"gen_ai.request.model", "model-1", "gen_ai.response.model", "model-1-2026")
			.summary();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aRateLimitThatIsRetriedIsCounted(boolean stream) {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.rateLimit(), ObservedAnswers.openAi(stream))) {
			scene.call(stream);
			assertThat(
					scene.count(ProviderMeter.RETRIES, "provider", "box", "model", "model-1", "reason", "rate_limit"))
				.isEqualTo(1);
			DistributionSummary attempts = scene.meters.get("nexus3.provider.attempts")
				.tags("provider", "box", "model", "model-1", "outcome", "completed")
				.summary();
			assertThat(attempts.totalAmount()).isEqualTo(2);
			assertThat(attempts.count()).isEqualTo(1);
			assertThat(scene.meters.get("nexus3.provider.attempt.duration").timers()).hasSize(2);
			assertThat(scene.meters.find("nexus3.provider.inband.errors").counter()).isNull();
			assertThat(scene.meters.find("nexus3.provider.wasted.tokens").counter()).isNull();
		}
	}

	@Test
	void anErrorInsideAnAnswerIsCountedWithTheTokensThatItWasted() {
		try (ObservedScene scene = ObservedScene.anthropic(
				ScriptedResponse.sse(ObservedAnswers.anthropicStart() + ObservedAnswers.anthropicOverload()),
				ObservedAnswers.anthropicStream())) {
			scene.call(true);
			assertThat(scene.count(ProviderMeter.IN_BAND_ERRORS, "provider", "box", "model", "model-1", "reason",
					"overloaded"))
				.isEqualTo(1);
			assertThat(scene.count(ProviderMeter.RETRIES, "reason", "overloaded")).isEqualTo(1);
			assertThat(scene.count(ProviderMeter.WASTED_TOKENS, "gen_ai.token.type", "input", "outcome", "failed"))
				.isEqualTo(25);
			assertThat(scene.count(ProviderMeter.WASTED_TOKENS, "gen_ai.token.type", "output", "outcome", "failed"))
				.isEqualTo(1);
			assertThat(scene.meters.get("gen_ai.client.token.usage")
				.tags("gen_ai.token.type", "output")
				.summary()
				.totalAmount()).isEqualTo(9);
			assertThat(scene.meters.find("nexus3.provider.truncations").counter()).isNull();
		}
	}

	@Test
	void aTruncationIsCounted() {
		try (ObservedScene scene = ObservedScene.of(ScriptedResponse.sse(ObservedAnswers.openAiDelta("o")))) {
			catchThrowableOfType(ProviderException.class,
					() -> scene.provider.stream("Hi").blockLast(ObservedScene.WATCHDOG));
			scene.awaitEnd();
			assertThat(scene.count(ProviderMeter.TRUNCATIONS, "provider", "box", "model", "model-1")).isEqualTo(1);
			assertThat(scene.meters.get("nexus3.provider.attempts").tags("outcome", "failed").summary().totalAmount())
				.isEqualTo(1);
			assertThat(scene.meters.find("nexus3.provider.inband.errors").counter()).isNull();
			assertThat(scene.meters.find("gen_ai.client.token.usage").summary()).isNull();
		}
	}

	@Test
	void aCancelledCallIsCountedWithTheTokensThatItWasted() {
		try (ObservedScene scene = ObservedScene
			.anthropic(ScriptedResponse.sse(ObservedAnswers.anthropicStart() + ObservedAnswers.anthropicDelta("o"))
				.thenAwait(new Gate()))) {
			scene.provider.stream("Hi").take(1).blockLast(ObservedScene.WATCHDOG);
			scene.awaitEnd();
			assertThat(scene.count(ProviderMeter.CANCELLED, "provider", "box", "model", "model-1")).isEqualTo(1);
			assertThat(scene.count(ProviderMeter.WASTED_TOKENS, "gen_ai.token.type", "input", "outcome", "cancelled"))
				.isEqualTo(25);
			assertThat(scene.meters.get("gen_ai.client.operation.duration")
				.tags("nexus3.outcome", "cancelled")
				.timer()
				.count()).isEqualTo(1);
			assertThat(scene.meters.find("gen_ai.client.token.usage").summary()).isNull();
		}
	}

	@Test
	void theFirstEventAndTheGapsBetweenEventsAreMeasured() {
		Gate head = new Gate();
		Queue<Gate> gates = new ArrayDeque<>();
		Gate first = new Gate();
		Gate second = new Gate();
		ScriptedResponse slow = ScriptedResponse.sse()
			.withHeadAfter(head)
			.thenWrite(ObservedAnswers.openAiDelta("a"))
			.thenAwait(first)
			.thenWrite(ObservedAnswers.openAiDelta("b"))
			.thenAwait(second)
			.thenWrite(ObservedAnswers.openAiDelta("c"))
			.thenWrite(ObservedAnswers.openAiEnd());
		gates.addAll(List.of(first, second, new Gate(), new Gate()));
		try (ObservedScene scene = ObservedScene.of(slow)) {
			scene.provider.stream("Hi").doOnSubscribe((subscription) -> {
				scene.clock.add(Duration.ofMillis(500));
				head.open();
			}).doOnNext((event) -> {
				scene.clock.add(Duration.ofMillis(100));
				gates.remove().open();
			}).blockLast(ObservedScene.WATCHDOG);
			ChatObservationContext call = scene.awaitEnd();
			Timer firstChunk = scene.meters.get("gen_ai.client.operation.time_to_first_chunk").timer();
			assertThat(firstChunk.count()).isEqualTo(1);
			assertThat(firstChunk.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(500);
			Timer gaps = scene.meters.get("gen_ai.client.operation.time_per_output_chunk").timer();
			assertThat(gaps.count()).isEqualTo(2);
			assertThat(gaps.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(200);
			assertThat(ObservedScene.details(call)).containsEntry("gen_ai.response.time_to_first_chunk", "0.5");
		}
	}

	@Test
	void aCallWithoutAStreamHasNoChunks() {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(false))) {
			scene.call(false);
			assertThat(scene.meters.find("gen_ai.client.operation.time_to_first_chunk").timer()).isNull();
			assertThat(scene.meters.find("gen_ai.client.operation.time_per_output_chunk").timer()).isNull();
		}
	}

	@Test
	void modelsBeyondTheCapAreOneOnMetersAndThemselvesOnSpans() {
		try (ObservedScene scene = new ObservedScene.Setup()
			.settings(new ObservationSettings(false, new ModelLabels(2)))
			.scene(ObservedAnswers.openAi(false))) {
			scene.registry.get("box", "a").complete("Hi").block(ObservedScene.WATCHDOG);
			scene.registry.get("box", "b").complete("Hi").block(ObservedScene.WATCHDOG);
			scene.registry.get("box", "c").complete("Hi").block(ObservedScene.WATCHDOG);
			scene.registry.get("box", "d").complete("Hi").block(ObservedScene.WATCHDOG);
			assertThat(scene.meters.get("gen_ai.client.operation.duration").timers())
				.extracting((timer) -> timer.getId().getTag("gen_ai.request.model"))
				.containsExactlyInAnyOrder("a", "b", "other");
			assertThat(scene.meters.get("nexus3.provider.attempts").tags("model", "other").summary().count())
				.isEqualTo(2);
			scene.awaitEnd();
			scene.awaitEnd();
			ChatObservationContext third = scene.awaitEnd();
			assertThat(third.getContextualName()).isEqualTo("chat c");
			assertThat(
					third.getAllKeyValues().stream().filter((value) -> value.getKey().equals("gen_ai.request.model")))
				.hasSize(1)
				.allMatch((value) -> value.getValue().equals("c"));
		}
	}

	@Test
	void prometheusShowsTheSame() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		try (ObservedScene scene = new ObservedScene.Setup().meters(prometheus)
			.scene(ObservedAnswers.rateLimit(), ObservedAnswers.openAi(true))) {
			scene.call(true);
			String text = prometheus.scrape();
			String labels = "error=\"none\",error_type=\"none\",gen_ai_operation_name=\"chat\","
					+ "gen_ai_provider_name=\"openai\",gen_ai_request_model=\"model-1\","
					+ "gen_ai_response_model=\"model-1-2026\",nexus3_outcome=\"completed\",nexus3_provider=\"box\","
					+ "server_address=\"127.0.0.1\",server_port=\"" + scene.server.port() + "\"";
			assertThat(text.lines())
				.contains("gen_ai_client_operation_duration_seconds_count{" + labels + "} 1",
						"gen_ai_client_operation_duration_seconds_bucket{" + labels + ",le=\"81.92\"} 1",
						"nexus3_provider_retries_total{model=\"model-1\",provider=\"box\",reason=\"rate_limit\"} 1.0",
						"nexus3_provider_attempts_sum{model=\"model-1\",outcome=\"completed\",provider=\"box\"} 2.0")
				.anyMatch((line) -> line.startsWith("gen_ai_client_token_usage_sum{")
						&& line.contains("gen_ai_token_type=\"input\"") && line.endsWith("} 11.0"))
				.anyMatch((line) -> line.startsWith("gen_ai_client_token_usage_bucket{")
						&& line.contains("le=\"6.7108864E7\""))
				.anyMatch((line) -> line.startsWith("gen_ai_client_operation_time_to_first_chunk_seconds_count{"));
		}
	}

	@Test
	void allThatIsMeasuredIsDocumented() {
		try (ObservedScene scene = ObservedScene.anthropic(
				ScriptedResponse.sse(ObservedAnswers.anthropicStart() + ObservedAnswers.anthropicOverload()),
				ScriptedResponse.sse(ObservedAnswers.anthropicStart()), ObservedAnswers.anthropicStream(),
				ScriptedResponse.sse(ObservedAnswers.anthropicStart() + ObservedAnswers.anthropicDelta("o"))
					.thenAwait(new Gate()))) {
			scene.call(true);
			scene.provider.stream("Hi").take(1).blockLast(ObservedScene.WATCHDOG);
			scene.awaitEnd();
			for (ProviderMeter meter : ProviderMeter.values()) {
				assertThat(scene.meters.get(meter.getName()).meters()).allSatisfy((found) -> {
					assertThat(found.getId().getType()).isEqualTo(meter.getType());
					assertThat(found.getId().getTags().stream().map(Tag::getKey)).containsExactlyInAnyOrderElementsOf(
							Stream.of(meter.getKeyNames()).map(KeyName::asString).toList());
				});
			}
		}
	}

}
