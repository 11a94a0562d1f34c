package io.nexus3.provider.test.vendor;

import java.util.Map;

import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.anthropic.Anthropic;
import io.nexus3.provider.test.script.Fault;
import io.nexus3.provider.test.script.ProviderScript;
import io.nexus3.provider.test.script.ScriptedAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Anthropic's own client for JavaScript takes what the simulated server of its format
 * answers.
 */
class AnthropicJavaScriptClientTests {

	private static final Map<String, ?> THINKING = Map.of("thinking", Map.of("type", "enabled", "budget_tokens", 1024));

	private SimulatedProvider provider = SimulatedProvider.start(Dialect.ANTHROPIC);

	private final ProviderScript script = ProviderScript.on(this.provider);

	@AfterEach
	void stop() {
		this.provider.close();
	}

	private JsonNode ask(String scene, Map<String, ?> options) throws Exception {
		return JavaScriptClients.running().ask("anthropic", scene, this.provider, options);
	}

	private static String joined(JsonNode pieces) {
		StringBuilder text = new StringBuilder();
		pieces.valueStream().forEach((piece) -> text.append(piece.asString()));
		return text.toString();
	}

	@Test
	void takesAnAnswer() throws Exception {
		JsonNode answer = ask("plain", Map.of("text", "Grüße aus 東京"));
		assertThat(answer.path("text").asString("")).contains("Grüße aus 東京");
		assertThat(answer.path("finish").asString("")).isEqualTo("end_turn");
		assertThat(answer.path("model").asString("")).isEqualTo("claude-sonnet-4-5");
		assertThat(answer.path("requestId").asString("")).startsWith("req_");
		assertThat(answer.at("/usage/output_tokens").asInt()).isPositive();
	}

	@Test
	void takesAStream() throws Exception {
		JsonNode answer = ask("streamed", Map.of("text", "Grüße aus 東京"));
		assertThat(answer.has("error")).as(answer.toString()).isFalse();
		assertThat(answer.at("/pieces/content")).hasSizeGreaterThan(10);
		assertThat(answer.path("text").asString("")).contains("Grüße aus 東京")
			.isEqualTo(joined(answer.at("/pieces/content")));
		assertThat(answer.path("finish").asString("")).isEqualTo("end_turn");
		assertThat(answer.at("/usage/input_tokens").asInt()).isPositive();
		assertThat(answer.at("/usage/output_tokens").asInt()).isGreaterThan(10);
	}

	@Test
	void callsAToolAndSendsItsResult() throws Exception {
		calledRome(ask("tools", Map.of()));
	}

	@Test
	void callsAToolInAStreamAndSendsItsResult() throws Exception {
		JsonNode answer = ask("toolsStreamed", Map.of());
		calledRome(answer);
		assertThat(joined(answer.at("/first/pieces/input"))).isEqualTo("{\"city\": \"Rome\", \"unit\": \"Rome\"}");
		assertThat(answer.at("/first/pieces/input")).hasSizeGreaterThan(2);
	}

	private void calledRome(JsonNode answer) {
		JsonNode call = answer.at("/first/content/0");
		assertThat(answer.at("/first/finish").asString("")).as(answer.toString()).isEqualTo("tool_use");
		assertThat(call.path("name").asString("")).isEqualTo("get_weather");
		assertThat(call.path("input").toString()).isEqualTo("{\"city\":\"Rome\",\"unit\":\"Rome\"}");
		assertThat(call.path("id").asString("")).startsWith("toolu_");
		assertThat(answer.at("/second/text").asString("")).startsWith("According to get_weather: sunny");
		assertThat(answer.at("/second/finish").asString("")).isEqualTo("end_turn");
		assertThat(this.provider.requests()).hasSize(2);
	}

	@Test
	void runsTheLoopOfToolsByItself() throws Exception {
		JsonNode answer = ask("toolLoop", Map.of());
		assertThat(answer.path("calls").toString()).as(answer.toString())
			.isEqualTo("[{\"city\":\"Rome\",\"unit\":\"Rome\"}]");
		assertThat(answer.path("text").asString("")).startsWith("According to get_weather: sunny");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tools", "toolsStreamed" })
	void thinksAndSendsTheSignatureBackWithTheResult(String scene) throws Exception {
		JsonNode answer = ask(scene, Map.of("body", THINKING));
		JsonNode thinking = answer.at("/first/content/0");
		assertThat(thinking.path("type").asString("")).as(answer.toString()).isEqualTo("thinking");
		assertThat(thinking.path("thinking").asString("")).contains("get_weather");
		assertThat(thinking.path("signature").asString("")).isNotEmpty();
		assertThat(answer.at("/second/text").asString("")).startsWith("According to get_weather: sunny");
		assertThat(this.provider.requests().get(1).body().at("/messages/1/content/0")).isEqualTo(thinking);
	}

	@Test
	void takesThinkingInPiecesAndThenItsSignature() throws Exception {
		JsonNode answer = ask("streamed", Map.of("body", THINKING));
		assertThat(answer.at("/pieces/thinking")).hasSizeGreaterThan(5);
		assertThat(joined(answer.at("/pieces/thinking"))).startsWith("The user wrote “Hello there”")
			.isEqualTo(answer.at("/content/0/thinking").asString(""));
		assertThat(answer.at("/pieces/signatures")).hasSize(1).first().isEqualTo(answer.at("/content/0/signature"));
	}

	@ParameterizedTest
	@CsvSource({ "claude-sonnet-4-5, Hello there, thinking",
			"claude-sonnet-4-5, " + Anthropic.REDACTED_THINKING + ", redacted_thinking",
			"claude-opus-5, Hello there, thinking" })
	void thinkingOfEveryKindIsTakenBack(String model, String text, String kind) throws Exception {
		Map<String, ?> body = model.equals("claude-opus-5") ? Map.of() : THINKING;
		JsonNode answer = ask("replayed", Map.of("model", model, "text", text, "body", body));
		assertThat(answer.at("/first/content/0/type").asString("")).as(answer.toString()).isEqualTo(kind);
		assertThat(answer.at("/second/text").asString("")).as(answer.toString()).contains("message number 2");
		assertThat(this.provider.requests().get(1).body().at("/messages/1/content"))
			.isEqualTo(answer.at("/first/content"));
	}

	@ParameterizedTest
	@CsvSource({ "400,BadRequestError,invalid_request_error", "401,AuthenticationError,authentication_error",
			"403,PermissionDeniedError,permission_error", "404,NotFoundError,not_found_error",
			"429,RateLimitError,rate_limit_error", "500,InternalServerError,api_error",
			"529,OverloadedError,overloaded_error" })
	void anErrorIsOneOfTheClientsOwnTypes(int status, String type, String vendorType) throws Exception {
		this.script.next().answer(ScriptedAnswer.error(status, "not now").withHeader("Retry-After", "7"));
		JsonNode error = ask("plain", Map.of()).path("error");
		assertThat(error.path("class").asString("")).isEqualTo(type);
		assertThat(error.path("status").asInt()).isEqualTo(status);
		assertThat(error.path("type").asString("")).isEqualTo(vendorType);
		assertThat(error.path("message").asString("")).contains("not now");
		assertThat(error.path("retryAfter").asString("")).isEqualTo("7");
		assertThat(error.path("requestId").asString("")).startsWith("req_");
	}

	@Test
	void theClientTriesAgainWhenItIsTold() throws Exception {
		this.script.next()
			.answer(ScriptedAnswer.error(529, "overloaded").withHeader("retry-after-ms", "1"))
			.then(ScriptedAnswer.text("Now."));
		assertThat(ask("plain", Map.of("retries", 1)).path("text").asString("")).isEqualTo("Now.");
		assertThat(this.provider.requests()).hasSize(2);
	}

	@Test
	void aRequestThatIsWrongIsRefused() throws Exception {
		JsonNode error = ask("plain", Map.of("body", Map.of("no_such_field", 1))).path("error");
		assertThat(error.path("class").asString("")).isEqualTo("BadRequestError");
		assertThat(error.path("type").asString("")).isEqualTo("invalid_request_error");
		assertThat(error.path("message").asString("")).contains("no_such_field");
	}

	@Test
	void aWrongKeyIsAnAuthenticationError() throws Exception {
		this.provider.close();
		this.provider = SimulatedProvider.builder().dialect(Dialect.ANTHROPIC).requireApiKey("sk-right").start();
		JsonNode error = ask("plain", Map.of()).path("error");
		assertThat(error.path("class").asString("")).isEqualTo("AuthenticationError");
		assertThat(error.path("type").asString("")).isEqualTo("authentication_error");
		assertThat(ask("plain", Map.of("key", "sk-right")).path("text").asString("")).isNotEmpty();
	}

	@Test
	void anErrorInTheMiddleOfAStreamComesAfterWhatWasSaid() throws Exception {
		this.script.next()
			.answer(ScriptedAnswer.text("one two three four five six seven eight")
				.withFault(Fault.errorAfter(6, 529, "overloaded")));
		JsonNode answer = ask("streamed", Map.of());
		assertThat(joined(answer.at("/pieces/content"))).startsWith("one two").doesNotContain("eight");
		assertThat(answer.at("/error/class").asString("")).as(answer.toString()).isEqualTo("APIError");
		assertThat(answer.at("/error/type").asString("")).isEqualTo("overloaded_error");
	}

}
