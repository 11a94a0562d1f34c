package io.nexus3.provider.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.nexus3.provider.sample.web.ChatRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes wrong on demand, and what the application tells of it, over HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "simulated.first-token=0ms", "simulated.per-token=0ms", "simulated.slow-start=20ms" })
@AutoConfigureWebTestClient(timeout = "60s")
class ScenarioTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>> EVENTS = new ParameterizedTypeReference<>() {
	};

	@Autowired
	private WebTestClient client;

	@LocalServerPort
	private int port;

	@Test
	void listsTheScenarios() {
		this.client.get()
			.uri("/api/scenarios")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$[*].id")
			.isEqualTo(List.of("rate-limit", "overloaded", "truncated", "slow-start", "broken-arguments"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "sonnet", "gpt", "azure-gpt", "azure-gpt-v1", "claude", "llama", "qwen", "mistral" })
	void waitsAfterARateLimitAndSucceedsWithEveryModel(String alias) {
		List<ServerSentEvent<Map<String, Object>>> events = play(alias, "rate-limit", "Hello");
		assertThat(names(events)).containsSubsequence("attempt-started", "attempt-ended", "retry-planned",
				"attempt-started", "complete");
		assertThat(named(events, "attempt-ended").get(0)).containsEntry("status", 429)
			.containsEntry("kind", "rate-limit");
		assertThat((Integer) named(events, "retry-planned").get(0).get("delayMs")).isBetween(1000, 1250);
	}

	@ParameterizedTest
	@ValueSource(strings = { "sonnet", "gpt", "azure-gpt", "azure-gpt-v1", "claude", "llama", "qwen", "mistral" })
	void endsAsOverloadedInMidStreamWithEveryModel(String alias) {
		List<ServerSentEvent<Map<String, Object>>> events = play(alias, "overloaded", "Hello");
		assertThat(names(events)).contains("content").endsWith("error").doesNotContain("retry-planned");
		assertThat(named(events, "error").get(0)).containsEntry("partial", true)
			.extractingByKey("kind")
			// OpenAI's format has no word of its own for it.
			.isIn("overloaded", "server-error");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sonnet", "gpt", "azure-gpt", "azure-gpt-v1", "claude", "llama", "qwen", "mistral" })
	void endsATruncatedStreamWithAnErrorWithEveryModel(String alias) {
		List<ServerSentEvent<Map<String, Object>>> events = play(alias, "truncated", "Hello");
		assertThat(names(events)).contains("content").endsWith("error");
		assertThat(named(events, "error").get(0)).containsEntry("kind", "interrupted").containsEntry("partial", true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "sonnet", "gpt", "azure-gpt", "azure-gpt-v1", "claude", "llama", "qwen", "mistral" })
	void tellsEveryModelOfItsBrokenArguments(String alias) {
		List<ServerSentEvent<Map<String, Object>>> events = play(alias, "broken-arguments", "What is 12*7?");
		assertThat(named(events, "tool-result")).singleElement()
			.satisfies((result) -> assertThat(result).containsEntry("error", true)
				.extractingByKey("arguments")
				.asString()
				.matches("\\{\"expression\": ?\"12\\*7\""));
		assertThat(names(events)).endsWith("complete");
	}

	@Test
	void waitsForASlowFirstToken() {
		List<ServerSentEvent<Map<String, Object>>> events = play("gpt", "slow-start", "Hello");
		assertThat((Integer) named(events, "complete").get(0).get("firstEventMs")).isGreaterThanOrEqualTo(20);
	}

	@Test
	void refusesAnUnknownScenario() {
		this.client.post()
			.uri("/api/chat")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.bodyValue(request("gpt", "earthquake", "Hello"))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value((detail) -> assertThat(detail).asString().contains("no scenario 'earthquake'"));
	}

	@Test
	void sendsRawTrafficOnlyWhenAsked() {
		List<Map<String, Object>> wire = named(play("gpt", null, "Hello"), "wire");
		assertThat(wire).extracting((data) -> data.get("what")).contains("request", "chunk").endsWith("end");
		assertThat(wire).noneMatch((data) -> String.valueOf(data.get("text")).contains("Bearer"));
		List<ServerSentEvent<Map<String, Object>>> without = post(
				new ChatRequest("gpt", List.of(new ChatRequest.Turn("user", "Hello")), null, null));
		assertThat(names(without)).doesNotContain("wire");
	}

	@Test
	void forbidsInlineScriptsAndForeignHosts() {
		this.client.get()
			.uri("/")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.value("Content-Security-Policy",
					(policy) -> assertThat(policy).contains("default-src 'none'", "script-src 'self'")
						.doesNotContain("unsafe", "http"))
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains("<script"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "cross-site", "same-site" })
	void asksNoModelForAPageOfAnotherSite(String site) {
		this.client.get()
			.uri("/api/chat?model=gpt&message=Hello")
			.header("Sec-Fetch-Site", site)
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isNotEmpty();
	}

	@Test
	void refusesABodyThatIsTooLarge() {
		this.client.post()
			.uri("/api/chat")
			.contentType(MediaType.APPLICATION_JSON)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.bodyValue("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "a".repeat(33 * 1024 * 1024) + "\"}]}")
			.exchange()
			.expectStatus()
			.isEqualTo(413)
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo(413);
	}

	@Test
	void compressesThePageAndNoStream() throws Exception {
		assertThat(encoding("/js/answer.js")).contains("gzip");
		assertThat(encoding("/api/chat?model=gpt&message=Hello")).isEmpty();
	}

	/** Asked with another client: the test client unpacks, and says nothing of it. */
	private Optional<String> encoding(String path) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
				.header("Accept-Encoding", "gzip")
				.timeout(LIMIT)
				.build(), HttpResponse.BodyHandlers.discarding())
			.headers()
			.firstValue("Content-Encoding");
	}

	private List<ServerSentEvent<Map<String, Object>>> play(String alias, String scenario, String message) {
		return post(request(alias, scenario, message));
	}

	private static ChatRequest request(String alias, String scenario, String message) {
		return new ChatRequest(alias, List.of(new ChatRequest.Turn("user", message)), null, null, scenario, true);
	}

	private List<ServerSentEvent<Map<String, Object>>> post(ChatRequest request) {
		return Objects.requireNonNull(this.client.post()
			.uri("/api/chat")
			.contentType(MediaType.APPLICATION_JSON)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.bodyValue(request)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(EVENTS)
			.getResponseBody()
			.collectList()
			.block(LIMIT));
	}

	private static List<String> names(List<ServerSentEvent<Map<String, Object>>> events) {
		return events.stream().map(ServerSentEvent::event).toList();
	}

	private static List<Map<String, Object>> named(List<ServerSentEvent<Map<String, Object>>> events, String name) {
		return events.stream().filter((event) -> name.equals(event.event())).map(ServerSentEvent::data).toList();
	}

}
