package io.nexus3.provider.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import io.nexus3.provider.sample.web.ChatRequest;
import io.nexus3.provider.sample.web.ModelList;
import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.SimulatedProviders;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Exchange;
import io.nexus3.provider.test.http.Gate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application as it starts without a profile: over HTTP on both sides.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "simulated.first-token=0ms", "simulated.per-token=1ms" })
@AutoConfigureWebTestClient(timeout = "20s")
class SampleApplicationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>> EVENTS = new ParameterizedTypeReference<>() {
	};

	private static final Set<String> CALL_EVENTS = Set.of("attempt-started", "attempt-ended", "retry-planned");

	@Autowired
	private WebTestClient client;

	@Autowired
	private SimulatedProviders simulated;

	@Autowired
	private StartupNotice notice;

	@LocalServerPort
	private int port;

	@AfterEach
	void forgetScripts() {
		for (Dialect dialect : Dialect.values()) {
			this.simulated.provider(dialect).clearScript();
		}
	}

	@Test
	void listsAModelOfEveryType() {
		ModelList list = models();
		assertThat(list.models()).extracting(ModelList.Model::alias)
			.containsExactly("sonnet", "gpt", "azure-gpt", "azure-gpt-v1", "claude", "llama", "qwen", "mistral");
		assertThat(list.models()).extracting(ModelList.Model::type)
			.containsExactly("openrouter", "openai", "azure", "azure", "anthropic", "ollama", "vllm",
					"openai-compatible");
	}

	@Test
	void saysWhichModelIsTheDefault() {
		ModelList list = models();
		assertThat(list.defaultModel()).isEqualTo("sonnet");
		assertThat(list.models()).filteredOn(ModelList.Model::isDefault)
			.singleElement()
			.isEqualTo(new ModelList.Model("sonnet", "openrouter", "openrouter", "anthropic/claude-sonnet-4.5",
					"Long texts, code and careful thought", true, true));
	}

	@Test
	void saysThatAnswersAreSimulated() {
		ModelList list = models();
		assertThat(list.simulated()).isTrue();
		assertThat(list.models()).allMatch(ModelList.Model::simulated);
	}

	@Test
	void namesPageModelsAndSimulationInTheLog() {
		assertThat(this.notice.text("8080")).contains("http://localhost:8080/", "/actuator/health",
				"sonnet (default), gpt, azure-gpt", "simulated: no key is needed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sonnet", "gpt", "azure-gpt", "azure-gpt-v1", "claude", "llama", "qwen", "mistral" })
	void streamsTheAnswerOfEveryModelInPieces(String alias) {
		List<ServerSentEvent<Map<String, Object>>> events = answer(alias, "Hello there");
		assertThat(named(events, "content")).hasSizeGreaterThan(1);
		assertThat(named(events, "complete")).hasSize(1);
		assertThat(text(events)).contains("Hello there", "simulation");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sonnet", "gpt", "azure-gpt", "azure-gpt-v1", "claude", "llama", "qwen", "mistral" })
	void calculatesWithEveryModel(String alias) {
		List<ServerSentEvent<Map<String, Object>>> events = answer(alias, "What is (17.5 + 4) * 12?");
		assertThat(named(events, "tool-call")).extracting((data) -> data.get("name")).containsExactly("calculator");
		assertThat(named(events, "tool-result")).extracting((data) -> data.get("result")).containsExactly("258");
		assertThat(text(events)).contains("According to calculator: 258");
	}

	@Test
	void endsWithUsageReasonModelAndTimes() {
		List<ServerSentEvent<Map<String, Object>>> events = answer("gpt", "Hello");
		Map<String, Object> complete = data(events.get(events.size() - 1));
		assertThat(complete).containsEntry("finishReason", "stop").containsEntry("provider", "openai");
		assertThat(complete.get("model")).asString().startsWith("gpt-5-mini");
		assertThat(complete.get("usage")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsKeys("inputTokens", "outputTokens");
		assertThat((Integer) complete.get("firstEventMs")).isBetween(0, (Integer) complete.get("totalMs"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "sonnet", "claude" })
	void sendsReasoningApartFromTheAnswer(String alias) {
		List<ServerSentEvent<Map<String, Object>>> events = post(
				new ChatRequest(alias, List.of(new ChatRequest.Turn("user", "Hello")), false, "high"))
			.collectList()
			.block(LIMIT);
		assertThat(Objects.requireNonNull(events).get(0).event()).isEqualTo("reasoning");
		assertThat(text(events)).doesNotContain("The user wrote");
	}

	@Test
	void calculatesWithClaudeWhileItThinks() {
		List<ServerSentEvent<Map<String, Object>>> events = post(new ChatRequest("claude",
				List.of(new ChatRequest.Turn("user", "What is (17.5 + 4) * 12?")), true, "high"))
			.collectList()
			.block(LIMIT);
		assertThat(Objects.requireNonNull(events).get(0).event()).isEqualTo("reasoning");
		assertThat(text(events)).contains("According to calculator: 258");
	}

	@Test
	void offersNoToolsWhenTheyAreSwitchedOff() {
		List<ServerSentEvent<Map<String, Object>>> events = post(
				new ChatRequest("llama", List.of(new ChatRequest.Turn("user", "What is 12*7?")), false, null))
			.collectList()
			.block(LIMIT);
		assertThat(named(Objects.requireNonNull(events), "tool-call")).isEmpty();
		assertThat(text(events)).contains("What is 12*7?");
	}

	@Test
	void answersASingleMessageForTheCommandLine() {
		List<String> names = this.client.get()
			.uri("/api/chat?message={message}", "What is 12*7?")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
			.returnResult(EVENTS)
			.getResponseBody()
			.mapNotNull(ServerSentEvent::event)
			.collectList()
			.block(LIMIT);
		assertThat(names).contains("tool-call", "tool-result", "content").endsWith("complete");
	}

	@Test
	void refusesAnUnknownModelBeforeTheStreamAndNamesTheOthers() {
		this.client.post()
			.uri("/api/chat")
			.accept(MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_PROBLEM_JSON)
			.bodyValue(new ChatRequest("no-such-model", List.of(new ChatRequest.Turn("user", "Hello")), null, null))
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value((detail) -> assertThat(detail).asString()
				.contains("There is no model 'no-such-model'", "sonnet, gpt, azure-gpt"))
			.jsonPath("$.models[0]")
			.isEqualTo("sonnet");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{}", "{\"messages\":[{\"role\":\"robot\",\"content\":\"Hi\"}]}" })
	void refusesABadRequestBeforeTheStream(String body) {
		this.client.post()
			.uri("/api/chat")
			.contentType(MediaType.APPLICATION_JSON)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isNotEmpty();
	}

	@Test
	void endsWithAnErrorEventWhenTheProviderRefuses() {
		SimulatedProvider openai = this.simulated.provider(Dialect.OPENAI);
		openai.enqueue(openai.error(401, "Incorrect API key provided"));
		List<ServerSentEvent<Map<String, Object>>> events = answer("gpt", "Hello");
		assertThat(events).extracting(ServerSentEvent::event).containsExactly("error");
		assertThat(data(events.get(0))).containsEntry("kind", "authentication")
			.containsEntry("status", 401)
			.containsEntry("retryable", false)
			.containsEntry("partial", false);
	}

	@Test
	void keepsWhatCameBeforeTheProviderBrokeOff() {
		this.simulated.provider(Dialect.VLLM)
			.enqueueChanged((usual) -> usual.withFirstWrites(6).withEnding(Ending.RESET));
		List<ServerSentEvent<Map<String, Object>>> events = answer("qwen", "Hello");
		assertThat(text(events)).startsWith("You wrote");
		assertThat(data(events.get(events.size() - 1))).containsEntry("partial", true);
	}

	@Test
	void deliversPiecesBeforeTheAnswerIsDone() {
		// No answer can end: each waits at a gate that nobody opens.
		Gate gate = new Gate();
		this.simulated.provider(Dialect.OLLAMA)
			.onRequest((call) -> true, (call, usual) -> usual.withFirstWrites(4).thenAwait(gate));
		StepVerifier.create(post("llama", "Hello").map(ServerSentEvent::event))
			.expectNext("content")
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void closesTheConnectionToTheProviderWhenTheBrowserGoesAway() {
		SimulatedProvider openai = this.simulated.provider(Dialect.OPENAI);
		int before = openai.exchanges().size();
		Gate gate = new Gate();
		openai.enqueueChanged((usual) -> usual.withFirstWrites(4).thenAwait(gate));
		StepVerifier.create(post("gpt", "Hello"))
			.assertNext((event) -> assertThat(event.event()).isEqualTo("content"))
			.thenCancel()
			.verify(LIMIT);
		Exchange exchange = openai.exchanges().get(before);
		assertThat(exchange.closedByClient()).succeedsWithin(LIMIT);
	}

	@Test
	void closesTheConnectionToTheProviderWhenTheBrowserGivesUpWaiting() {
		SimulatedProvider openai = this.simulated.provider(Dialect.OPENAI);
		int before = openai.exchanges().size();
		Gate gate = new Gate();
		openai.onRequest((call) -> true, (call, usual) -> usual.withHeadAfter(gate));
		Disposable browser = WebClient.create("http://localhost:" + this.port)
			.get()
			.uri("/api/chat?model=gpt&message=Hello")
			.retrieve()
			.bodyToFlux(String.class)
			.subscribe();
		assertThat(gate.reached()).succeedsWithin(LIMIT);
		browser.dispose();
		assertThat(openai.exchanges().get(before).closedByClient()).succeedsWithin(LIMIT);
	}

	@Test
	void servesThePageAndWhatItNeeds() {
		Map.of("/", "text/html", "/css/base.css", "text/css", "/js/main.js", "text/javascript",
				"/webjars/marked/lib/marked.esm.js", "text/javascript", "/webjars/dompurify/dist/purify.min.js",
				"text/javascript")
			.forEach((path, type) -> this.client.get()
				.uri(path)
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.contentTypeCompatibleWith(MediaType.valueOf(type))
				.expectBody(String.class)
				.value((body) -> assertThat(body).isNotBlank()));
	}

	private ModelList models() {
		ModelList list = this.client.get()
			.uri("/api/models")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(ModelList.class)
			.returnResult()
			.getResponseBody();
		return Objects.requireNonNull(list);
	}

	private List<ServerSentEvent<Map<String, Object>>> answer(String alias, String message) {
		return Objects.requireNonNull(post(alias, message).collectList().block(LIMIT));
	}

	private Flux<ServerSentEvent<Map<String, Object>>> post(String alias, String message) {
		return post(new ChatRequest(alias, List.of(new ChatRequest.Turn("user", message)), null, null));
	}

	/**
	 * The answer alone, without what happens to its calls.
	 */
	private Flux<ServerSentEvent<Map<String, Object>>> post(ChatRequest request) {
		return this.client.post()
			.uri("/api/chat")
			.contentType(MediaType.APPLICATION_JSON)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.bodyValue(request)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(EVENTS)
			.getResponseBody()
			.filter((event) -> !CALL_EVENTS.contains(String.valueOf(event.event())));
	}

	private static String text(List<ServerSentEvent<Map<String, Object>>> events) {
		return named(events, "content").stream().map((data) -> (String) data.get("text")).reduce("", String::concat);
	}

	private static List<Map<String, Object>> named(List<ServerSentEvent<Map<String, Object>>> events, String name) {
		Function<ServerSentEvent<Map<String, Object>>, Map<String, Object>> data = SampleApplicationTests::data;
		return events.stream().filter((event) -> name.equals(event.event())).map(data).toList();
	}

	private static Map<String, Object> data(ServerSentEvent<Map<String, Object>> event) {
		return Objects.requireNonNull(event.data());
	}

}
