package io.nexus3.provider.test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;

import io.nexus3.provider.test.anthropic.Anthropic;
import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.http.Http;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Anthropic's dialect answers, over HTTP.
 */
class AnthropicDialectTests {

	private static final String WEATHER = """
			[{"name":"get_weather","description":"The weather in a city","input_schema":{"type":"object",
			"properties":{"city":{"type":"string"},"unit":{"type":"string"}},"required":["city","unit"]}}]""";

	private static final String BUDGET = "{\"type\":\"enabled\",\"budget_tokens\":1024}";

	private final SimulatedProvider provider = SimulatedProvider.start(Dialect.ANTHROPIC);

	private final ChatClient client = ChatClient.of(this.provider);

	@AfterEach
	void stop() {
		this.provider.close();
	}

	private static String user(String text) {
		return ChatClient.with(ChatClient.with(ChatClient.user(text), "max_tokens", "4000"), "model",
				"\"claude-sonnet-4-5\"");
	}

	private static List<String> types(ChatClient.Stream stream) {
		return stream.chunks().stream().map((event) -> event.path("type").asString("")).toList();
	}

	private static String joined(ChatClient.Stream stream, String delta, String field) {
		return stream.chunks()
			.stream()
			.map((event) -> event.path("delta"))
			.filter((node) -> node.path("type").asString("").equals(delta))
			.map((node) -> node.path(field).asString(""))
			.collect(Collectors.joining());
	}

	private JsonNode block(ChatClient.Stream stream, int index) {
		return stream.chunks()
			.stream()
			.filter((event) -> event.has("content_block") && event.path("index").asInt() == index)
			.findFirst()
			.orElseThrow()
			.path("content_block");
	}

	@Test
	void aStreamSaysTheSameAsACompleteAnswer() throws Exception {
		ChatClient.Stream stream = this.client.stream(user("Hello there"));
		JsonNode complete = this.client.complete(user("Hello there"));
		assertThat(joined(stream, "text_delta", "text")).contains("Hello there")
			.isEqualTo(complete.path("content").path(0).path("text").asString(""));
		assertThat(complete.path("type").asString("")).isEqualTo("message");
		assertThat(complete.path("role").asString("")).isEqualTo("assistant");
		assertThat(complete.path("stop_reason").asString("")).isEqualTo("end_turn");
		assertThat(complete.path("stop_sequence").isNull()).isTrue();
	}

	@Test
	void aStreamIsMadeOfNamedEventsInTheirOrder() throws Exception {
		ChatClient.Stream stream = this.client.stream(user("Hello"));
		assertThat(types(stream)).startsWith("message_start", "content_block_start", "ping", "content_block_delta")
			.endsWith("content_block_stop", "message_delta", "message_stop");
		assertThat(stream.lines()).filteredOn((line) -> line.startsWith("event: "))
			.containsExactlyElementsOf(types(stream).stream().map((type) -> "event: " + type).toList());
		assertThat(stream.response().headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
	}

	@Test
	void usageIsToldAtTheStartAndAtTheEnd() throws Exception {
		ChatClient.Stream stream = this.client.stream(user("Hello"));
		JsonNode start = stream.chunks().get(0).path("message").path("usage");
		JsonNode end = stream.chunks().get(stream.chunks().size() - 2).path("usage");
		assertThat(start.path("input_tokens").asInt()).isPositive().isEqualTo(end.path("input_tokens").asInt());
		assertThat(start.path("output_tokens").asInt()).isEqualTo(1);
		assertThat(end.path("output_tokens").asInt()).isGreaterThan(10);
	}

	@Test
	void answersCarryTheIdOfTheRequestAndTheLimits() throws Exception {
		HttpResponse<String> response = this.client.send(user("Hello"));
		assertThat(response.headers().firstValue("request-id").orElse("")).startsWith("req_");
		assertThat(response.headers().map()).containsKeys("anthropic-ratelimit-requests-limit",
				"anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-input-tokens-limit",
				"anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-tokens-reset");
		assertThat(response.headers().firstValue("anthropic-ratelimit-requests-reset").orElse(""))
			.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
	}

	@Test
	void aToolIsCalledWholeInACompleteAnswer() throws Exception {
		JsonNode answer = this.client.complete(ChatClient.with(user("Weather in Rome?"), "tools", WEATHER));
		JsonNode call = answer.path("content").path(0);
		assertThat(call.path("type").asString("")).isEqualTo("tool_use");
		assertThat(call.path("id").asString("")).startsWith("toolu_");
		assertThat(call.path("input").toString()).isEqualTo("{\"city\":\"Rome\",\"unit\":\"Rome\"}");
		assertThat(answer.path("stop_reason").asString("")).isEqualTo("tool_use");
	}

	@Test
	void aStreamSendsTheInputOfAToolPropertyByProperty() throws Exception {
		ChatClient.Stream stream = this.client.stream(ChatClient.with(user("Weather in Rome?"), "tools", WEATHER));
		assertThat(block(stream, 0).path("input").toString()).isEqualTo("{}");
		assertThat(stream.chunks()
			.stream()
			.filter((event) -> event.path("delta").has("partial_json"))
			.map((event) -> event.path("delta").path("partial_json").asString("")))
			.containsExactly("", "{\"city\": \"Rome\"", ", \"unit\": \"Rome\"", "}");
	}

	@Test
	void aStreamSendsTheInputInSmallPiecesToWhomCannotWait() throws Exception {
		ChatClient.Stream stream = ChatClient
			.of(this.provider, "x-api-key", "k", "anthropic-version", "2023-06-01", "anthropic-beta",
					"fine-grained-tool-streaming-2025-05-14")
			.stream(ChatClient.with(user("Weather in Rome?"), "tools", WEATHER));
		assertThat(joined(stream, "input_json_delta", "partial_json"))
			.isEqualTo("{\"city\":\"Rome\",\"unit\":\"Rome\"}");
		assertThat(stream.chunks()).filteredOn((event) -> event.path("delta").has("partial_json")).hasSize(5);
	}

	@Test
	void thinkingComesFirstAndItsSignatureIsTakenBack() throws Exception {
		String question = ChatClient.with(ChatClient.with(user("Weather in Rome?"), "tools", WEATHER), "thinking",
				BUDGET);
		JsonNode answer = this.client.complete(question);
		assertThat(answer.path("content").path(0).path("type").asString("")).isEqualTo("thinking");
		assertThat(answer.path("content").path(0).path("thinking").asString("")).contains("get_weather");
		assertThat(answer.path("usage").path("output_tokens_details").path("thinking_tokens").asInt()).isPositive();
		assertThat(this.client.complete(withResult(question, answer)).path("content").path(1).path("text").asString(""))
			.startsWith("According to get_weather: sunny");
	}

	@Test
	void thinkingThatWasChangedIsRefused() throws Exception {
		String question = ChatClient.with(ChatClient.with(user("Weather in Rome?"), "tools", WEATHER), "thinking",
				BUDGET);
		ObjectNode answer = (ObjectNode) this.client.complete(question);
		((ObjectNode) answer.path("content").path(0)).put("thinking", "Something else");
		assertThat(this.client.complete(withResult(question, answer)).path("error").path("message").asString(""))
			.isEqualTo("messages.1.content.0: Invalid `signature` in `thinking` block");
	}

	private static String withResult(String question, JsonNode answer) {
		ObjectNode next = (ObjectNode) ChatClient.MAPPER.readTree(question);
		next.withArray("messages").addObject().put("role", "assistant").set("content", answer.path("content"));
		next.withArray("messages")
			.addObject()
			.put("role", "user")
			.putArray("content")
			.addObject()
			.put("type", "tool_result")
			.put("tool_use_id", answer.path("content").path(1).path("id").asString(""))
			.put("content", "sunny");
		return next.toString();
	}

	@Test
	void aStreamSendsThinkingInPiecesAndThenItsSignature() throws Exception {
		ChatClient.Stream stream = this.client.stream(ChatClient.with(user("Hello"), "thinking", BUDGET));
		assertThat(block(stream, 0).toString())
			.isEqualTo("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}");
		assertThat(joined(stream, "thinking_delta", "thinking")).startsWith("The user wrote");
		assertThat(joined(stream, "signature_delta", "signature")).isNotEmpty();
		assertThat(block(stream, 1).path("type").asString("")).isEqualTo("text");
	}

	@Test
	void newModelsThinkUnaskedAndShowOnlyASignature() throws Exception {
		ChatClient.Stream stream = this.client.stream(ChatClient.with(user("Hello"), "model", "\"claude-opus-5\""));
		assertThat(joined(stream, "thinking_delta", "thinking")).isEmpty();
		assertThat(joined(stream, "signature_delta", "signature")).isNotEmpty();
	}

	@Test
	void thinkingIsRedactedOnDemand() throws Exception {
		String body = ChatClient.with(user(Anthropic.REDACTED_THINKING), "thinking", BUDGET);
		assertThat(block(this.client.stream(body), 0).path("type").asString("")).isEqualTo("redacted_thinking");
		JsonNode answer = this.client.complete(body);
		assertThat(answer.path("content").path(0).path("data").asString("")).isNotEmpty();
		ObjectNode next = (ObjectNode) ChatClient.MAPPER.readTree(body);
		next.withArray("messages").addObject().put("role", "assistant").set("content", answer.path("content"));
		next.withArray("messages").addObject().put("role", "user").put("content", "Go on");
		assertThat(this.client.send(next.toString()).statusCode()).isEqualTo(200);
	}

	@Test
	void aMarkedPromptIsWrittenToTheCacheAndThenReadFromIt() throws Exception {
		String body = ChatClient.with(user("Hello"), "system",
				"[{\"type\":\"text\",\"text\":\"%s\",\"cache_control\":{\"type\":\"ephemeral\"}}]"
					.formatted("Be brief. ".repeat(20)));
		JsonNode first = this.client.complete(body).path("usage");
		JsonNode second = this.client.complete(ChatClient.with(body, "max_tokens", "99")).path("usage");
		assertThat(first.path("cache_creation_input_tokens").asInt()).isEqualTo(50);
		assertThat(first.path("cache_read_input_tokens").asInt()).isZero();
		assertThat(second.path("cache_creation_input_tokens").asInt()).isZero();
		assertThat(second.path("cache_read_input_tokens").asInt()).isEqualTo(50);
		assertThat(second.path("input_tokens").asInt()).isEqualTo(first.path("input_tokens").asInt()).isPositive();
	}

	@Test
	void theSequenceThatStoppedTheTextIsNamed() throws Exception {
		JsonNode answer = this.client
			.complete(ChatClient.with(user("Hello"), "stop_sequences", "[\"absent\",\"”\",\":\"]"));
		assertThat(answer.path("stop_reason").asString("")).isEqualTo("stop_sequence");
		assertThat(answer.path("stop_sequence").asString("")).isEqualTo(":");
		assertThat(answer.path("content").path(0).path("text").asString("")).isEqualTo("You wrote");
	}

	@Test
	void theTextIsCutAtTheLimit() throws Exception {
		JsonNode answer = this.client.complete(ChatClient.with(user("Hello"), "max_tokens", "2"));
		assertThat(answer.path("stop_reason").asString("")).isEqualTo("max_tokens");
		assertThat(answer.path("content").path(0).path("text").asString("")).isEqualTo("You wrote:");
	}

	@Test
	void aJsonSchemaIsFollowed() throws Exception {
		String config = """
				{"format":{"type":"json_schema","schema":{"type":"object","properties":{"city":{"type":"string"}}}}}""";
		JsonNode answer = this.client.complete(ChatClient.with(user("Weather in Rome?"), "output_config", config));
		assertThat(answer.path("content").path(0).path("text").asString("")).isEqualTo("{\"city\":\"Rome\"}");
	}

	@Test
	void imagesAndDocumentsAreAcknowledged() throws Exception {
		String messages = """
				[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png",
				"data":"AAAA"}},{"type":"document","source":{"type":"url","url":"https://host.example/a.pdf"}},
				{"type":"text","text":"What is this?"}]}]""";
		assertThat(this.client.complete(ChatClient.with(user(""), "messages", messages)).path("content").toString())
			.contains("1 image and 1 file");
	}

	@Test
	void aBearerTokenIsTakenInPlaceOfTheHeader() throws Exception {
		assertThat(ChatClient.of(this.provider, "Authorization", "Bearer k", "anthropic-version", "2023-06-01")
			.send(user("Hello"))
			.statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "400,invalid_request_error", "401,authentication_error", "402,billing_error", "403,permission_error",
			"404,not_found_error", "413,request_too_large", "429,rate_limit_error", "500,api_error", "503,api_error",
			"504,timeout_error", "529,overloaded_error" })
	void anErrorHasTheTypeOfItsStatusAndTheIdOfTheRequest(int status, String type) throws Exception {
		this.provider.enqueue(this.provider.error(status, "no"));
		HttpResponse<String> response = this.client.send(user("Hello"));
		String id = response.headers().firstValue("request-id").orElse("");
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body())
			.isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"no\"},\"request_id\":\"%s\"}"
				.formatted(type, id));
	}

	@Test
	void aLimitThatIsReachedIsToldInTheHeaders() {
		ScriptedResponse response = this.provider.error(429, "slow down");
		assertThat(response.head().headers()).anySatisfy((header) -> {
			assertThat(header.getKey()).isEqualTo("anthropic-ratelimit-requests-remaining");
			assertThat(header.getValue()).isEqualTo("0");
		});
	}

	@Test
	void anErrorCanBeToldInTheMiddleOfAStream() throws Exception {
		String event = this.provider.errorEvent(529, "Overloaded");
		this.provider.enqueueChanged((usual) -> usual.withFirstWrites(5).thenWrite(event));
		ChatClient.Stream stream = this.client.stream(user("Hello"));
		assertThat(stream.lines()).contains("event: error");
		assertThat(stream.chunks().get(5).path("error").toString())
			.isEqualTo("{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}");
	}

	@Test
	void anErrorMayHaveATypeOfItsOwn() throws Exception {
		this.provider.enqueue(this.provider.error(new ApiError(400, "no credit", null, "billing_error")));
		assertThat(this.client.complete(user("Hello")).path("error").path("type").asString(""))
			.isEqualTo("billing_error");
	}

	@Test
	void recordsWhatWasAsked() throws Exception {
		this.client.stream(user("Hello"));
		ChatCall call = this.provider.awaitRequest(0, Http.SOON);
		assertThat(call.model()).isEqualTo("claude-sonnet-4-5");
		assertThat(call.stream()).isTrue();
	}

}
