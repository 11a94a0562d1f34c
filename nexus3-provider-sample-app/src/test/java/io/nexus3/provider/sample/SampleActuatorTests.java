package io.nexus3.provider.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.nexus3.provider.sample.web.ChatRequest;
import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProviders;
import io.nexus3.provider.test.script.Fault;
import io.nexus3.provider.test.script.ProviderScript;
import io.nexus3.provider.test.script.ScriptedAnswer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator sees of five calls: one that goes well, one after a rate limit, one
 * that the model breaks off as overloaded, one that is truncated, and one whose browser
 * goes away. Asked over HTTP, from the page's side and from Actuator's.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "simulated.first-token=0ms", "simulated.per-token=0ms", "sample.local-ollama.enabled=false",
				"nexus3.providers.anthropic.retry.max-delay=1ms" })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleActuatorTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>> EVENTS = new ParameterizedTypeReference<>() {
	};

	private static final String DURATION = "gen_ai.client.operation.duration";

	private static final String TEXT = "One two three four five six seven eight nine ten eleven twelve";

	/** Anthropic's head of a message and of its first block, and some of its text. */
	private static final int SOME_EVENTS = 5;

	@Autowired
	private SimulatedProviders simulated;

	@LocalServerPort
	private int port;

	private ActuatorView actuator;

	private int inputTokens;

	private int outputTokens;

	@BeforeAll
	void runTheScript() {
		this.actuator = new ActuatorView(this.port);
		ProviderScript script = ProviderScript.on(this.simulated.provider(Dialect.ANTHROPIC));
		script.next()
			.answer(ScriptedAnswer.text(TEXT))
			.then(ScriptedAnswer.error(429, "slow down"))
			.then(ScriptedAnswer.text(TEXT))
			.then(ScriptedAnswer.text(TEXT).withFault(Fault.errorAfter(SOME_EVENTS, 529, "Overloaded")))
			.then(ScriptedAnswer.text(TEXT).withFault(Fault.cutAfter(SOME_EVENTS)))
			.then(ScriptedAnswer.text(TEXT).withFault(Fault.stallAfter(SOME_EVENTS)));
		goesWell();
		goesWell();
		assertThat(ask().blockLast(LIMIT)).returns("error", ServerSentEvent::event);
		assertThat(ask().blockLast(LIMIT)).returns("error", ServerSentEvent::event);
		assertThat(ask().takeUntil((event) -> "content".equals(event.event())).blockLast(LIMIT)).returns("content",
				ServerSentEvent::event);
		// The browser hears of an end a moment before or after those who measure it.
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
			assertThat(calls().size()).isEqualTo(5);
			assertThat(this.actuator.count(DURATION)).isEqualTo(5);
			assertThat(this.actuator.count("nexus3.provider.attempts")).isEqualTo(5);
		});
		script.verify();
	}

	private void goesWell() {
		ServerSentEvent<Map<String, Object>> last = Objects.requireNonNull(ask().blockLast(LIMIT));
		assertThat(last.event()).isEqualTo("complete");
		Map<?, ?> usage = (Map<?, ?>) Objects.requireNonNull(last.data()).get("usage");
		this.inputTokens += (Integer) usage.get("inputTokens");
		this.outputTokens += (Integer) usage.get("outputTokens");
	}

	private Flux<ServerSentEvent<Map<String, Object>>> ask() {
		return WebClient.create("http://localhost:" + this.port)
			.post()
			.uri("/api/chat")
			.bodyValue(new ChatRequest("claude", List.of(new ChatRequest.Turn("user", "Count")), false, null))
			.retrieve()
			.bodyToFlux(EVENTS);
	}

	private JsonNode calls() {
		return this.actuator.json("/nexus3").at("/providers/anthropic/recentCalls");
	}

	@Test
	void theProviderIsUpWithItsLastSuccessAndItsLastFailure() {
		JsonNode health = this.actuator.json("/health/nexus3/anthropic");
		assertThat(health.path("status").asString()).isEqualTo("UP");
		JsonNode details = health.path("details");
		assertThat(details.path("type").asString()).isEqualTo("anthropic");
		assertThat(details.path("key").asString()).isEqualTo("from the configured key");
		assertThat(details.path("failuresInARow").asInt()).isEqualTo(2);
		assertThat(details.path("lastError").asString()).startsWith("INTERRUPTED: ");
		assertThat(Instant.parse(details.path("lastSuccess").asString()))
			.isBefore(Instant.parse(details.path("lastFailure").asString()));
	}

	@Test
	void aProviderThatWasNotCalledIsUnknownAndLeavesTheApplicationUp() {
		assertThat(this.actuator.json("/health/nexus3/vllm").path("status").asString()).isEqualTo("UNKNOWN");
		assertThat(this.actuator.json("/health").path("status").asString()).isEqualTo("UP");
	}

	@Test
	void theGroupOfProvidersHasAnEntryForEach() {
		JsonNode group = this.actuator.json("/health/llm");
		assertThat(group.path("components").propertyNames()).containsExactly("nexus3");
		assertThat(group.at("/components/nexus3/components").propertyNames()).containsExactlyInAnyOrder("openrouter",
				"openai", "azure", "azure-v1", "anthropic", "ollama", "vllm", "another-host");
	}

	@Test
	void theEndpointTellsHowTheCallsEndedTheNewestFirst() {
		assertThat(calls().valueStream()
			.map((call) -> "%s %s %s".formatted(call.path("outcome").asString(), call.path("error").asString("-"),
					call.path("attempts").asInt())))
			.containsExactly("CANCELLED - 1", "FAILED INTERRUPTED 1", "FAILED OVERLOADED 1", "COMPLETED - 2",
					"COMPLETED - 1");
		assertThat(this.actuator.json("/nexus3").at("/models/claude/provider").asString()).isEqualTo("anthropic");
	}

	@ParameterizedTest
	@CsvSource({ "nexus3.outcome:completed, 2", "nexus3.outcome:failed, 2", "nexus3.outcome:cancelled, 1",
			"error.type:overloaded, 1", "error.type:interrupted, 1", "error.type:rate_limit, 0", "error.type:none, 3",
			"nexus3.provider:anthropic, 5", "gen_ai.request.model:claude-sonnet-4-5, 5" })
	void everyCallIsMeasuredOnceUnderItsEnd(String tag, double expected) {
		assertThat(this.actuator.count(DURATION, tag)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "nexus3.provider.retries, reason:rate_limit, 1", "nexus3.provider.retries, reason:overloaded, 0",
			"nexus3.provider.inband.errors, reason:overloaded, 1", "nexus3.provider.inband.errors, model:other, 0",
			"nexus3.provider.truncations, provider:anthropic, 1", "nexus3.provider.cancelled, provider:anthropic, 1" })
	void whatWentWrongIsCountedOncePerProviderModelAndReason(String meter, String tag, double expected) {
		assertThat(this.actuator.count(meter, "provider:anthropic", "model:claude-sonnet-4-5", tag))
			.isEqualTo(expected);
		assertThat(this.actuator.count(meter)).isEqualTo(1);
	}

	@Test
	void everyAttemptIsMeasuredUnderItsStatus() {
		assertThat(this.actuator.total("nexus3.provider.attempts")).isEqualTo(6);
		String attempts = "nexus3.provider.attempt.duration";
		assertThat(this.actuator.count(attempts)).isEqualTo(6);
		assertThat(this.actuator.count(attempts, "http.response.status_code:429")).isEqualTo(1);
		assertThat(this.actuator.count(attempts, "http.response.status_code:200")).isEqualTo(5);
	}

	@Test
	void tokensAreThoseThatThePageWasTold() {
		String tokens = "gen_ai.client.token.usage";
		assertThat(this.inputTokens).isPositive();
		assertThat(this.outputTokens).isPositive();
		assertThat(this.actuator.count(tokens, "gen_ai.token.type:input")).isEqualTo(2);
		assertThat(this.actuator.total(tokens, "gen_ai.token.type:input")).isEqualTo(this.inputTokens);
		assertThat(this.actuator.total(tokens, "gen_ai.token.type:output")).isEqualTo(this.outputTokens);
	}

	@Test
	void prometheusReadsTheSameNumbers() {
		String calls = "gen_ai_client_operation_duration_seconds_count";
		assertThat(this.actuator.prometheus(calls)).isEqualTo(5);
		assertThat(this.actuator.prometheus(calls, "nexus3_outcome=\"completed\"")).isEqualTo(2);
		assertThat(this.actuator.prometheus(calls, "error_type=\"overloaded\"")).isEqualTo(1);
		assertThat(this.actuator.prometheus(calls, "error_type=\"interrupted\"")).isEqualTo(1);
		assertThat(this.actuator.prometheus(calls, "nexus3_outcome=\"cancelled\"")).isEqualTo(1);
		String[] model = { "provider=\"anthropic\"", "model=\"claude-sonnet-4-5\"" };
		assertThat(this.actuator.prometheus("nexus3_provider_truncations_total", model)).isEqualTo(1);
		assertThat(this.actuator.prometheus("nexus3_provider_cancelled_total", model)).isEqualTo(1);
		assertThat(this.actuator.prometheus("nexus3_provider_attempts_sum", model)).isEqualTo(6);
		assertThat(
				this.actuator.prometheus("nexus3_provider_retries_total", model[0], model[1], "reason=\"rate_limit\""))
			.isEqualTo(1);
		assertThat(this.actuator.prometheus("nexus3_provider_inband_errors_total", model[0], model[1],
				"reason=\"overloaded\""))
			.isEqualTo(1);
		assertThat(this.actuator.prometheus("gen_ai_client_token_usage_sum", "gen_ai_token_type=\"output\""))
			.isEqualTo(this.outputTokens);
	}

	@Test
	void timesHaveTheBucketsOfTheDashboard() {
		assertThat(this.actuator.prometheus("gen_ai_client_operation_duration_seconds_bucket", "le=\"+Inf\""))
			.isEqualTo(5);
		assertThat(
				this.actuator.prometheus("gen_ai_client_operation_time_to_first_chunk_seconds_bucket", "le=\"+Inf\""))
			.isEqualTo(5);
	}

	@Test
	void onlyWhatNeitherChangesAnythingNorTellsTooMuchIsThere() {
		assertThat(this.actuator.json("").path("_links").propertyNames()).containsExactlyInAnyOrder("self", "health",
				"health-path", "info", "metrics", "metrics-requiredMetricName", "prometheus", "nexus3",
				"nexus3-provider");
		assertThat(this.actuator.send(HttpMethod.GET, "/env").getStatusCode().value()).isEqualTo(404);
		assertThat(this.actuator.send(HttpMethod.POST, "/nexus3/anthropic").getStatusCode().value()).isEqualTo(405);
	}

	@Test
	void saysWhatRunsHere() {
		JsonNode info = this.actuator.json("/info");
		assertThat(info.at("/app/name").asString()).isEqualTo("nexus3-provider-sample-app");
		assertThat(info.at("/java/version").asString()).isEqualTo(System.getProperty("java.version"));
	}

	@Test
	void actuatorAnswersWithTheHeadersOfThePage() {
		ResponseEntity<String> health = this.actuator.send(HttpMethod.GET, "/health");
		ResponseEntity<String> page = Objects.requireNonNull(WebClient.create("http://localhost:" + this.port + "/")
			.get()
			.retrieve()
			.toEntity(String.class)
			.block(LIMIT));
		for (String header : List.of("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")) {
			assertThat(health.getHeaders().get(header)).as(header).hasSize(1).isEqualTo(page.getHeaders().get(header));
		}
	}

}
