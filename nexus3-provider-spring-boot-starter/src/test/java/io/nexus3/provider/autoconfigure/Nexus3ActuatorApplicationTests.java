package io.nexus3.provider.autoconfigure;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A WebFlux application with all of Actuator, looked at from outside.
 */
class Nexus3ActuatorApplicationTests {

	private static final Duration WAIT = Duration.ofSeconds(30);

	private static final String SECRET = "sk-canary-0123456789";

	private final Queue<ScriptedResponse> answers = new ConcurrentLinkedQueue<>();

	private final Map<String, Object> changing = new ConcurrentHashMap<>();

	private final Gate gate = new Gate();

	private ScriptedServer server;

	private StartedApplication application;

	@BeforeEach
	void start() {
		this.server = ScriptedServer.start((request) -> this.answers.remove());
		this.application = StartedApplication.start(Application.class, WebApplicationType.REACTIVE,
				Map.ofEntries(Map.entry("my.source.of.it", SECRET),
						Map.entry("nexus3.providers.claude.type", "anthropic"),
						Map.entry("nexus3.providers.claude.base-url", this.server.baseUrl()),
						Map.entry("nexus3.providers.claude.api-key", "${my.source.of.it}"),
						Map.entry("nexus3.providers.claude.extra-headers.X-Gateway", SECRET + "-gate"),
						Map.entry("nexus3.providers.claude.extra-body.secret", SECRET),
						Map.entry("nexus3.providers.claude.retry.max-delay", "1ms"),
						Map.entry("nexus3.providers.openrouter.api-key-env", "NOT_SET_ANYWHERE"),
						Map.entry("nexus3.models.sonnet.provider", "claude"),
						Map.entry("nexus3.models.sonnet.model-id", "claude-x"),
						Map.entry("management.endpoints.web.exposure.include", "*"),
						Map.entry("management.endpoint.env.show-values", "always"),
						Map.entry("management.endpoint.configprops.show-values", "always"),
						Map.entry("management.endpoint.health.show-details", "always"),
						Map.entry("management.endpoint.health.group.llm.include", "nexus3")));
		this.application.context()
			.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("changing", this.changing));
	}

	@AfterEach
	void stop() {
		this.gate.open();
		this.application.close();
		this.server.close();
	}

	private void answerWith(ScriptedResponse... responses) {
		this.answers.addAll(List.of(responses));
	}

	private AsyncProvider sonnet() {
		return this.application.bean(ProviderRegistry.class).getForModel("sonnet");
	}

	private void runTheScript() throws InterruptedException {
		answerWith(WireAnswers.error(429, "slow down"), WireAnswers.claude(), WireAnswers.claudeOverloadedInBand(),
				WireAnswers.claude(), WireAnswers.claudeTruncated(), WireAnswers.claudeWaiting(this.gate));
		sonnet().stream("Hi").blockLast(WAIT);
		sonnet().stream("Hi").blockLast(WAIT);
		ProviderException truncated = catchThrowableOfType(ProviderException.class,
				() -> sonnet().stream("Hi").blockLast(WAIT));
		assertThat(truncated.kind()).isEqualTo(ErrorKind.INTERRUPTED);
		CountDownLatch begun = new CountDownLatch(1);
		Disposable stream = sonnet().stream("Hi").subscribe((event) -> begun.countDown());
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		stream.dispose();
		Awaitility.await()
			.atMost(WAIT)
			.until(() -> this.application.json("/actuator/nexus3/claude").path("recentCalls").size() == 4);
	}

	@Test
	@DisplayName("2: a rate limit, an overload in band, a truncation and a cancelled call are seen by number")
	void whatHappenedIsSeenByNumber() throws Exception {
		runTheScript();
		JsonNode health = this.application.json("/actuator/health/nexus3/claude");
		assertThat(health.path("status").asString()).isEqualTo("UP");
		assertThat(health.at("/details/failuresInARow").asInt()).isEqualTo(1);
		assertThat(health.at("/details/lastError").asString()).startsWith("INTERRUPTED: ");
		JsonNode calls = this.application.json("/actuator/nexus3").at("/providers/claude/recentCalls");
		assertThat(calls.valueStream().map((call) -> call.path("outcome").asString() + call.path("attempts").asInt()))
			.containsExactly("CANCELLED1", "FAILED1", "COMPLETED2", "COMPLETED2");
		assertThat(calls.at("/1/error").asString()).isEqualTo("INTERRUPTED");
		assertThat(count("gen_ai.client.operation.duration")).isEqualTo(4);
		assertThat(count("gen_ai.client.operation.duration?tag=nexus3.outcome:completed")).isEqualTo(2);
		assertThat(count("gen_ai.client.operation.duration?tag=nexus3.outcome:failed")).isEqualTo(1);
		assertThat(count("gen_ai.client.operation.duration?tag=nexus3.outcome:cancelled")).isEqualTo(1);
		assertThat(count("nexus3.provider.retries")).isEqualTo(2);
		assertThat(count("nexus3.provider.retries?tag=reason:rate_limit")).isEqualTo(1);
		assertThat(count("nexus3.provider.retries?tag=reason:overloaded")).isEqualTo(1);
		assertThat(this.application.text("/actuator/prometheus")).contains(
				"nexus3_provider_retries_total{model=\"claude-x\",provider=\"claude\",reason=\"rate_limit\"} 1.0",
				"nexus3_provider_retries_total{model=\"claude-x\",provider=\"claude\",reason=\"overloaded\"} 1.0",
				"nexus3_provider_inband_errors_total{model=\"claude-x\",provider=\"claude\",reason=\"overloaded\"} 1.0",
				"nexus3_provider_truncations_total{model=\"claude-x\",provider=\"claude\"} 1.0",
				"nexus3_provider_cancelled_total{model=\"claude-x\",provider=\"claude\"} 1.0")
			.containsPattern("gen_ai_client_operation_duration_seconds_count\\{.*nexus3_outcome=\"completed\".*} 2\n");
	}

	private int count(String meter) {
		return this.application.json("/actuator/metrics/" + meter).at("/measurements/0/value").asInt();
	}

	@Test
	@DisplayName("13: no endpoint of Actuator shows a key, wherever it was written")
	void noEndpointShowsAKey() {
		answerWith(WireAnswers.error(401, "Incorrect API key provided: " + SECRET));
		assertThat(catchThrowableOfType(ProviderException.class, () -> sonnet().complete("Hi").block(WAIT)).kind())
			.isEqualTo(ErrorKind.AUTHENTICATION);
		assertThat(List.of("env", "configprops", "nexus3", "nexus3/claude", "health", "health/nexus3/claude", "beans",
				"metrics", "prometheus", "conditions", "loggers", "mappings", "info", "env/my.source.of.it",
				"env/nexus3.providers.claude.api-key", "configprops/nexus3"))
			.allSatisfy((endpoint) -> {
				HttpResponse<String> response = this.application.send("GET", "/actuator/" + endpoint);
				assertThat(response.statusCode()).isIn(200, 503);
				assertThat(response.body()).isNotEmpty().doesNotContain("canary");
			});
	}

	@Test
	void otherValuesAreShownWhereTheyShallBe() {
		assertThat(this.application.text("/actuator/env/nexus3.providers.claude.retry.max-delay")).contains("1ms");
	}

	@Test
	void healthHasAnEntryForEachProviderAndAGroup() {
		JsonNode whole = this.application.json("/actuator/health/nexus3");
		assertThat(whole.path("components").propertyNames()).containsExactlyInAnyOrder("claude", "openrouter");
		JsonNode missing = this.application.json("/actuator/health/nexus3/openrouter");
		assertThat(missing.path("status").asString()).isEqualTo("UNKNOWN");
		assertThat(missing.at("/details/key").asString())
			.isEqualTo("not found: set environment variable NOT_SET_ANYWHERE");
		HttpResponse<String> group = this.application.send("GET", "/actuator/health/llm");
		assertThat(group.statusCode()).isEqualTo(200);
		assertThat(group.body()).contains("claude");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void theEndpointTellsWhatIsInForceAndWhereItWasWritten() {
		JsonNode claude = this.application.json("/actuator/nexus3/claude");
		assertThat(claude.path("type").asString()).isEqualTo("anthropic");
		assertThat(claude.path("keySource").asString()).isEqualTo("configured key");
		assertThat(claude.at("/settings/retry.max-delay/value").asString()).isEqualTo("PT0.001S");
		assertThat(claude.at("/settings/retry.max-delay/origin").asString()).contains("defaultProperties");
		assertThat(claude.at("/settings/retry.max-retries/origin").asString()).isEqualTo("default");
		assertThat(this.application.json("/actuator/nexus3").at("/models/sonnet/modelId").asString())
			.isEqualTo("claude-x");
		assertThat(this.application.send("GET", "/actuator/nexus3/unknown").statusCode()).isEqualTo(404);
	}

	@Test
	@DisplayName("7: after a refresh through the endpoint the next call has the new key, and streams go on")
	void aRefreshTakesOverTheNewKey() throws Exception {
		answerWith(WireAnswers.claudeWaiting(this.gate), WireAnswers.claude());
		CountDownLatch begun = new CountDownLatch(1);
		var running = sonnet().stream("Hi").doOnNext((event) -> begun.countDown()).collectList().toFuture();
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		this.changing.put("my.source.of.it", "sk-canary-rotated-1");
		HttpResponse<String> refreshed = this.application.send("POST", "/actuator/nexus3/claude");
		assertThat(refreshed.statusCode()).isEqualTo(200);
		assertThat(refreshed.body()).contains("anthropic").doesNotContain("canary");
		sonnet().stream("Hi").blockLast(WAIT);
		this.gate.open();
		assertThat(running.get(30, TimeUnit.SECONDS)).isNotEmpty();
		assertThat(this.server.requests()).extracting((request) -> request.header("x-api-key"))
			.containsExactly(SECRET, "sk-canary-rotated-1");
		assertThat(this.application.text("/actuator/env")).doesNotContain("canary");
	}

	@Test
	void aRefreshWithAMistakeIsRefusedAndChangesNothing() {
		this.changing.put("nexus3.providers.claude.timeouts.idle", "0s");
		HttpResponse<String> refused = this.application.send("POST", "/actuator/nexus3/claude");
		assertThat(refused.statusCode()).isEqualTo(400);
		answerWith(WireAnswers.claude());
		assertThat(sonnet().stream("Hi").blockLast(WAIT)).isNotNull();
	}

	@Test
	void aRefreshOfAnUnknownProviderIsRefused() {
		assertThat(this.application.send("POST", "/actuator/nexus3/unknown").statusCode()).isEqualTo(400);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
