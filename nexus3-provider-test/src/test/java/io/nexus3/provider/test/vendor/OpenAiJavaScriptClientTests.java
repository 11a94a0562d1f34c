package io.nexus3.provider.test.vendor;

import java.util.HashMap;
import java.util.Map;

import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.script.Fault;
import io.nexus3.provider.test.script.ProviderScript;
import io.nexus3.provider.test.script.ScriptedAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * OpenAI's own client for JavaScript takes what simulated servers of its format answer;
 * for Azure it is its {@code AzureOpenAI}.
 */
class OpenAiJavaScriptClientTests {

	private SimulatedProvider provider;

	@AfterEach
	void stop() {
		if (this.provider != null) {
			this.provider.close();
		}
	}

	private JsonNode ask(Dialect dialect, String scene, Map<String, ?> options) throws Exception {
		if (this.provider == null) {
			this.provider = SimulatedProvider.start(dialect);
		}
		Map<String, Object> all = new HashMap<>(options);
		if (dialect == Dialect.AZURE) {
			all.put("deployment", "gpt-4o");
		}
		return JavaScriptClients.running().ask("openai", scene, this.provider, all);
	}

	private ProviderScript script(Dialect dialect) {
		this.provider = SimulatedProvider.start(dialect);
		return ProviderScript.on(this.provider);
	}

	private static String joined(JsonNode pieces) {
		StringBuilder text = new StringBuilder();
		pieces.valueStream().forEach((piece) -> text.append(piece.asString()));
		return text.toString();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "ANTHROPIC")
	void takesAnAnswer(Dialect dialect) throws Exception {
		JsonNode answer = ask(dialect, "plain", Map.of("text", "Grüße aus 東京"));
		assertThat(answer.path("text").asString("")).contains("Grüße aus 東京");
		assertThat(answer.path("finish").asString("")).isEqualTo("stop");
		assertThat(answer.at("/message/role").asString("")).isEqualTo("assistant");
		assertThat(answer.at("/usage/total_tokens").asInt()).isPositive();
		assertThat(answer.path("model").asString("")).contains("gpt-4o");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "ANTHROPIC")
	void takesAStream(Dialect dialect) throws Exception {
		JsonNode answer = ask(dialect, "streamed", Map.of("text", "Grüße aus 東京"));
		assertThat(answer.has("error")).as(answer.toString()).isFalse();
		assertThat(answer.at("/pieces/content")).hasSizeGreaterThan(10);
		assertThat(answer.path("text").asString("")).contains("Grüße aus 東京")
			.isEqualTo(joined(answer.at("/pieces/content")));
		assertThat(answer.path("finish").asString("")).isEqualTo("stop");
		assertThat(answer.at("/usage/total_tokens").asInt()).isPositive();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "ANTHROPIC")
	void callsAToolAndSendsItsResult(Dialect dialect) throws Exception {
		calledRome(ask(dialect, "tools", Map.of()));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "ANTHROPIC")
	void callsAToolInAStreamAndSendsItsResult(Dialect dialect) throws Exception {
		JsonNode answer = ask(dialect, "toolsStreamed", Map.of());
		calledRome(answer);
		JsonNode pieces = answer.at("/first/pieces/arguments");
		assertThat(joined(pieces)).isEqualTo("{\"city\":\"Rome\",\"unit\":\"Rome\"}");
		if (dialect != Dialect.OLLAMA) {
			assertThat(pieces).hasSizeGreaterThan(3);
		}
	}

	private void calledRome(JsonNode answer) {
		JsonNode first = answer.path("first");
		assertThat(first.path("finish").asString("")).as(answer.toString()).isEqualTo("tool_calls");
		assertThat(first.at("/message/tool_calls")).hasSize(1);
		JsonNode call = first.at("/message/tool_calls/0");
		assertThat(call.at("/function/name").asString("")).isEqualTo("get_weather");
		assertThat(call.at("/function/arguments").asString("")).isEqualTo("{\"city\":\"Rome\",\"unit\":\"Rome\"}");
		assertThat(call.path("id").asString("")).isNotEmpty();
		assertThat(answer.at("/second/text").asString("")).startsWith("According to get_weather: sunny");
		assertThat(answer.at("/second/finish").asString("")).isEqualTo("stop");
		assertThat(this.provider.requests()).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "ANTHROPIC")
	void runsTheLoopOfToolsByItself(Dialect dialect) throws Exception {
		JsonNode answer = ask(dialect, "toolLoop", Map.of());
		assertThat(answer.path("calls").toString()).as(answer.toString())
			.isEqualTo("[{\"city\":\"Rome\",\"unit\":\"Rome\"}]");
		assertThat(answer.path("text").asString("")).startsWith("According to get_weather: sunny");
	}

	@Test
	void takesSeveralCallsOfOneStreamApart() throws Exception {
		script(Dialect.OPENAI).next()
			.answer(ScriptedAnswer.toolCall("get_weather", "{\"city\":\"Rome\"}")
				.withToolCall("get_weather", "{\"city\":\"Oslo\"}"))
			.then(ScriptedAnswer.text("Sunny in both."));
		JsonNode answer = ask(Dialect.OPENAI, "toolsStreamed", Map.of());
		assertThat(answer.at("/first/message/tool_calls"))
			.extracting((call) -> call.at("/function/arguments").asString(""))
			.containsExactly("{\"city\":\"Rome\"}", "{\"city\":\"Oslo\"}");
		assertThat(answer.at("/second/text").asString("")).isEqualTo("Sunny in both.");
	}

	@Test
	void takesAnAnswerThatFollowsASchema() throws Exception {
		assertThat(ask(Dialect.OPENAI, "structured", Map.of()).path("parsed").toString())
			.isEqualTo("{\"city\":\"Rome\",\"unit\":\"Rome\"}");
	}

	@Test
	void countsReasoningThatIsNotShown() throws Exception {
		JsonNode answer = ask(Dialect.OPENAI, "streamed",
				Map.of("model", "gpt-5", "body", Map.of("reasoning_effort", "high")));
		assertThat(answer.at("/usage/completion_tokens_details/reasoning_tokens").asInt()).isPositive();
	}

	@Test
	void takesReasoningAndSendsItBackWithItsSignature() throws Exception {
		JsonNode answer = ask(Dialect.OPENROUTER, "tools",
				Map.of("model", "anthropic/claude-sonnet-4.5", "body", Map.of("reasoning", Map.of("effort", "high"))));
		assertThat(answer.at("/first/message/reasoning").asString("")).contains("get_weather");
		assertThat(answer.at("/second/text").asString("")).startsWith("According to get_weather: sunny");
		JsonNode details = answer.at("/first/message/reasoning_details");
		assertThat(details.at("/0/signature").asString("")).isNotEmpty();
		assertThat(this.provider.requests().get(1).body().at("/messages/1/reasoning_details")).isEqualTo(details);
	}

	@ParameterizedTest
	@EnumSource(names = { "OPENROUTER", "OLLAMA", "VLLM" })
	void takesReasoningInPieces(Dialect dialect) throws Exception {
		Map<String, ?> body = (dialect == Dialect.OPENROUTER) ? Map.of("reasoning", Map.of("effort", "high"))
				: Map.of("reasoning_effort", "high");
		JsonNode answer = ask(dialect, "reasoningStreamed", Map.of("model", "qwen3:8b", "body", body));
		assertThat(answer.at("/pieces/reasoning")).as(answer.toString()).hasSizeGreaterThan(5);
		assertThat(joined(answer.at("/pieces/reasoning"))).startsWith("The user wrote “Hello there”");
		assertThat(joined(answer.at("/pieces/content"))).startsWith("You wrote: “Hello there”");
	}

	@ParameterizedTest
	@CsvSource({ "400,BadRequestError", "401,AuthenticationError", "403,PermissionDeniedError", "404,NotFoundError",
			"422,UnprocessableEntityError", "429,RateLimitError", "500,InternalServerError",
			"503,InternalServerError" })
	void anErrorIsOneOfTheClientsOwnTypes(int status, String type) throws Exception {
		script(Dialect.OPENAI).next().answer(ScriptedAnswer.error(status, "not now").withHeader("Retry-After", "7"));
		JsonNode error = ask(Dialect.OPENAI, "plain", Map.of()).path("error");
		assertThat(error.path("class").asString("")).isEqualTo(type);
		assertThat(error.path("status").asInt()).isEqualTo(status);
		assertThat(error.path("message").asString("")).isEqualTo(status + " not now");
		assertThat(error.path("retryAfter").asString("")).isEqualTo("7");
		assertThat(error.path("requestId").asString("")).startsWith("req_");
	}

	@Test
	void aRateLimitHasTypeAndCode() throws Exception {
		script(Dialect.OPENAI).next().answer(ScriptedAnswer.error(429, "slow down"));
		JsonNode error = ask(Dialect.OPENAI, "streamed", Map.of()).path("error");
		assertThat(error.path("class").asString("")).isEqualTo("RateLimitError");
		assertThat(error.path("type").asString("")).isEqualTo("requests");
		assertThat(error.path("code").asString("")).isEqualTo("rate_limit_exceeded");
	}

	@Test
	void theClientTriesAgainWhenItIsTold() throws Exception {
		script(Dialect.OPENAI).next()
			.answer(ScriptedAnswer.error(429, "slow down").withHeader("retry-after-ms", "1"))
			.then(ScriptedAnswer.text("Now."));
		assertThat(ask(Dialect.OPENAI, "plain", Map.of("retries", 1)).path("text").asString("")).isEqualTo("Now.");
		assertThat(this.provider.requests()).hasSize(2);
	}

	@Test
	void aRequestThatIsWrongIsRefusedWithItsParameter() throws Exception {
		JsonNode error = ask(Dialect.OPENAI, "plain", Map.of("body", Map.of("no_such_field", 1))).path("error");
		assertThat(error.path("class").asString("")).isEqualTo("BadRequestError");
		assertThat(error.path("type").asString("")).isEqualTo("invalid_request_error");
		assertThat(error.path("message").asString("")).contains("no_such_field");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "ANTHROPIC")
	void aWrongKeyIsAnAuthenticationError(Dialect dialect) throws Exception {
		this.provider = SimulatedProvider.builder().dialect(dialect).requireApiKey("sk-other").start();
		JsonNode error = ask(dialect, "plain", Map.of()).path("error");
		assertThat(error.path("class").asString("")).isEqualTo("AuthenticationError");
		assertThat(error.path("status").asInt()).isEqualTo(401);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "ANTHROPIC")
	void aRightKeyIsFoundWhereTheClientPutsIt(Dialect dialect) throws Exception {
		this.provider = SimulatedProvider.builder().dialect(dialect).requireApiKey("sk-right").start();
		assertThat(ask(dialect, "plain", Map.of("key", "sk-right")).path("text").asString("")).isNotEmpty();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "ANTHROPIC")
	void anErrorInTheMiddleOfAStreamComesAfterWhatWasSaid(Dialect dialect) throws Exception {
		script(dialect).next()
			.answer(ScriptedAnswer.text("one two three four five six seven eight")
				.withFault(Fault.errorAfter(5, 503, "overloaded")));
		JsonNode answer = ask(dialect, "streamed", Map.of());
		assertThat(joined(answer.at("/pieces/content"))).startsWith("one two").doesNotContain("eight");
		assertThat(answer.at("/error/class").asString("")).as(answer.toString()).isEqualTo("APIError");
		assertThat(answer.at("/error/message").asString("")).contains("overloaded");
	}

	@Test
	void azureRefusesAnUnknownDeployment() throws Exception {
		this.provider = SimulatedProvider.builder().dialect(Dialect.AZURE).models("gpt-4.1").start();
		JsonNode error = ask(Dialect.AZURE, "plain", Map.of()).path("error");
		assertThat(error.path("class").asString("")).isEqualTo("NotFoundError");
		assertThat(error.path("code").asString("")).isEqualTo("DeploymentNotFound");
	}

}
