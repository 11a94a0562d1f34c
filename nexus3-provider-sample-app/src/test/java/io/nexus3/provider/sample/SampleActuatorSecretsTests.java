package io.nexus3.provider.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.nexus3.provider.sample.web.ChatRequest;
import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProviders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys in all places where they may stand, with everything exposed and all values shown:
 * what a hasty operator might switch on.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "simulated.first-token=0ms", "simulated.per-token=0ms", "sample.local-ollama.enabled=false",
				"nexus3.providers.openai.api-key=" + SampleActuatorSecretsTests.KEY + "-1",
				"vault.entry=" + SampleActuatorSecretsTests.KEY + "-2",
				"nexus3.providers.anthropic.api-key=${vault.entry}",
				"nexus3.providers.anthropic.extra-headers.X-Gateway=" + SampleActuatorSecretsTests.KEY + "-3",
				"OPENROUTER_API_KEY=" + SampleActuatorSecretsTests.KEY + "-4", "nexus3.providers.openrouter.api-key=",
				"nexus3.providers.another-host.extra-body.token=" + SampleActuatorSecretsTests.KEY + "-5",
				"nexus3.providers.anthropic.retry.max-retries=0", "management.endpoints.web.exposure.include=*",
				"management.endpoints.access.max-permitted=unrestricted", "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always" })
class SampleActuatorSecretsTests {

	static final String KEY = "sk-canary-0123456789";

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@Autowired
	private SimulatedProviders simulated;

	@LocalServerPort
	private int port;

	private ActuatorView actuator;

	@BeforeEach
	void lookAtActuator() {
		this.actuator = new ActuatorView(this.port);
	}

	@Test
	void noEndpointShowsAKeyEvenAfterAVendorQuotedIt() {
		this.simulated.provider(Dialect.ANTHROPIC)
			.enqueue(this.simulated.provider(Dialect.ANTHROPIC).error(401, "Incorrect API key: " + KEY + "-2"));
		assertThat(ask("claude")).contains("authentication").doesNotContain("canary");
		Map<String, String> bodies = endpoints().stream()
			.collect(Collectors.toMap((path) -> path, (path) -> body(path)));
		assertThat(bodies).containsKeys("/env", "/configprops", "/nexus3", "/health", "/prometheus", "/beans")
			.allSatisfy((path, body) -> assertThat(body).as(path).isNotEmpty().doesNotContain("canary"));
		assertThat(bodies.get("/nexus3")).contains("AUTHENTICATION");
	}

	private String ask(String alias) {
		return String.join("\n", WebClient.create("http://localhost:" + this.port)
			.post()
			.uri("/api/chat")
			.bodyValue(new ChatRequest(alias, List.of(new ChatRequest.Turn("user", "Hi")), false, null, null, true))
			.retrieve()
			.bodyToFlux(String.class)
			.collectList()
			.block(LIMIT));
	}

	/** All that can be read without naming something. */
	private List<String> endpoints() {
		return this.actuator.json("")
			.path("_links")
			.valueStream()
			.filter((link) -> !link.path("templated").asBoolean())
			.map((link) -> link.path("href").asString().replaceFirst(".*/actuator", ""))
			.toList();
	}

	private String body(String path) {
		ResponseEntity<String> response = this.actuator.send(HttpMethod.GET, path);
		assertThat(response.getStatusCode().value()).as(path).isIn(200, 503);
		return String.valueOf(response.getBody());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/env/vault.entry", "/env/OPENROUTER_API_KEY", "/env/nexus3.providers.openai.api-key",
			"/env/nexus3.providers.anthropic.api-key", "/env/nexus3.providers.anthropic.extra-headers.X-Gateway",
			"/env/nexus3.providers.another-host.extra-body.token", "/configprops/nexus3", "/nexus3/anthropic",
			"/health/nexus3/openai", "/nexus3/openrouter" })
	void noEndpointShowsAKeyThatIsAskedForByName(String path) {
		assertThat(body(path)).isNotEmpty().doesNotContain("canary");
	}

	@Test
	void maskedValuesAreThereAndOthersAreShown() {
		assertThat(this.actuator.json("/env/vault.entry").at("/property/value").asString()).isEqualTo("******");
		assertThat(this.actuator.json("/env/nexus3.providers.anthropic.retry.max-retries")
			.at("/property/value")
			.asString()).isEqualTo("0");
		assertThat(this.actuator.text("/configprops/nexus3")).contains("claude-sonnet-4-5");
	}

	@Test
	void theMemoryIsNotHandedOut() {
		assertThat(this.actuator.send(HttpMethod.GET, "/heapdump").getStatusCode().value()).isEqualTo(404);
	}

}
