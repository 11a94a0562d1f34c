package io.nexus3.provider.test;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalTests {

	private static final String CALL = """
			{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
			"function":{"name":"get_weather","arguments":"{}"}}]}""";

	private SimulatedProvider provider;

	@AfterEach
	void stop() {
		this.provider.close();
	}

	private JsonNode refusal(Dialect dialect, int status, String body) throws Exception {
		if (this.provider == null) {
			this.provider = SimulatedProvider.start(dialect);
		}
		HttpResponse<String> response = ChatClient.of(this.provider).send(body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		return ChatClient.MAPPER.readTree(response.body());
	}

	private static String messages(String... messages) {
		return "{\"model\":\"sim-1\",\"messages\":[" + String.join(",", messages) + "]}";
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANTHROPIC")
	void noMessagesAreRefusedInEveryDialectOfChatCompletions(Dialect dialect) throws Exception {
		JsonNode error = refusal(dialect, 400, messages()).path("error");
		assertThat(error.path("message").asString("")).contains("empty array");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "AZURE", "ANTHROPIC" })
	void aMissingModelIsRefusedWhereTheAddressNamesNone(Dialect dialect) throws Exception {
		JsonNode body = refusal(dialect, 400, "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
		assertThat(body.path("error").path("message").asString("")).contains("model");
	}

	@Test
	void aToolMessageWithoutItsCallIsRefused() throws Exception {
		JsonNode error = refusal(Dialect.OPENAI, 400, messages("{\"role\":\"user\",\"content\":\"x\"}",
				"{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"r\"}"))
			.path("error");
		assertThat(error.path("message").asString("")).contains("preceeding message with 'tool_calls'");
		assertThat(error.path("type").asString("")).isEqualTo("invalid_request_error");
		assertThat(error.path("param").asString("")).isEqualTo("messages.[1].role");
		assertThat(error.path("code").isNull()).isTrue();
	}

	@Test
	void aToolMessageForAnotherCallIsRefused() throws Exception {
		refusal(Dialect.OPENAI, 400, messages(CALL, "{\"role\":\"tool\",\"tool_call_id\":\"c2\",\"content\":\"r\"}"));
		assertThat(this.provider.requests()).hasSize(1);
	}

	@Test
	void aCallWithoutItsResultIsRefusedBeforeTheNextMessage() throws Exception {
		JsonNode body = refusal(Dialect.OPENAI, 400, messages(CALL, "{\"role\":\"user\",\"content\":\"x\"}"));
		assertThat(body.path("error").path("message").asString("")).contains("must be followed by tool messages", "c1");
	}

	@Test
	void aCallWithoutItsResultIsRefusedAtTheEnd() throws Exception {
		JsonNode body = refusal(Dialect.OPENAI, 400, messages(CALL));
		assertThat(body.path("error").path("message").asString("")).contains("c1");
	}

	@Test
	void contentThatIsNullIsRefusedUnlessThereAreCalls() throws Exception {
		JsonNode body = refusal(Dialect.OPENAI, 400, messages("{\"role\":\"user\",\"content\":null}"));
		assertThat(body.path("error").path("param").asString("")).isEqualTo("messages.[0].content");
	}

	@ParameterizedTest
	@EnumSource(names = { "OPENAI", "AZURE" })
	void unknownFieldsAreRefusedByOpenAiAndAzure(Dialect dialect) throws Exception {
		JsonNode error = refusal(dialect, 400,
				ChatClient.with(ChatClient.user("x"), "reasoning", "{\"effort\":\"high\"}"))
			.path("error");
		assertThat(error.path("code").asString("")).isEqualTo("unknown_parameter");
		assertThat(error.path("param").asString("")).isEqualTo("reasoning");
	}

	@ParameterizedTest
	@EnumSource(names = { "OPENROUTER", "OLLAMA", "VLLM" })
	void unknownFieldsAreIgnoredByTheOthers(Dialect dialect) throws Exception {
		JsonNode body = refusal(dialect, 200, ChatClient.with(ChatClient.user("x"), "made_up", "1"));
		assertThat(body.path("choices").size()).isEqualTo(1);
	}

	@Test
	void streamOptionsWithoutAStreamAreRefused() throws Exception {
		JsonNode body = refusal(Dialect.OPENAI, 400, ChatClient.with(ChatClient.user("x"), "stream_options", "{}"));
		assertThat(body.path("error").path("param").asString("")).isEqualTo("stream_options");
	}

	@Test
	void reasoningModelsWantTheNewLimitOfTokens() throws Exception {
		String body = ChatClient.with(ChatClient.with(ChatClient.user("x"), "model", "\"gpt-5-mini\""), "max_tokens",
				"5");
		assertThat(refusal(Dialect.OPENAI, 400, body).path("error").path("code").asString(""))
			.isEqualTo("unsupported_parameter");
	}

	@Test
	void aToolSchemaThatIsNoObjectIsRefused() throws Exception {
		String tools = "[{\"type\":\"function\",\"function\":{\"name\":\"t\",\"parameters\":{}}}]";
		assertThat(refusal(Dialect.OPENAI, 400, ChatClient.with(ChatClient.user("x"), "tools", tools)).path("error")
			.path("code")
			.asString("")).isEqualTo("invalid_function_parameters");
	}

	@Test
	void aBodyThatIsNoJsonIsRefused() throws Exception {
		assertThat(refusal(Dialect.OPENAI, 400, "{oops").path("error").path("message").asString(""))
			.contains("could not parse");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					OPENAI     | {"error":{"message":"Incorrect API key provided: ********. You can find your API key at https://platform.openai.com/account/api-keys.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}
					OPENROUTER | {"error":{"message":"User not found.","code":401}}
					OLLAMA     | {"error":{"message":"unauthorized","type":"api_error","param":null,"code":null}}
					VLLM       | {"error":"Unauthorized"}""")
	void aWrongKeyIsRefusedInTheWordsOfTheVendor(Dialect dialect, String expected) throws Exception {
		this.provider = SimulatedProvider.builder().dialect(dialect).requireApiKey("right").start();
		HttpResponse<String> response = ChatClient.of(this.provider, "Authorization", "Bearer wrongkey")
			.send(ChatClient.user("x"));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).isEqualTo(expected);
	}

	@Test
	void aMissingKeyIsRefused() throws Exception {
		this.provider = SimulatedProvider.builder().dialect(Dialect.OPENROUTER).requireApiKey("right").start();
		assertThat(refusal(Dialect.OPENROUTER, 401, ChatClient.user("x")).path("error").path("message").asString(""))
			.isEqualTo("No auth credentials found");
	}

	@ParameterizedTest
	@CsvSource({ "Authorization,Bearer right", "api-key,right" })
	void azureTakesItsOwnHeaderOrABearerToken(String header, String value) throws Exception {
		this.provider = SimulatedProvider.builder().dialect(Dialect.AZURE).requireApiKey("right").start();
		assertThat(ChatClient.of(this.provider, header, value).send(ChatClient.user("x")).statusCode()).isEqualTo(200);
	}

	@Test
	void azureRefusesAWrongKeyWithATextualCode() throws Exception {
		this.provider = SimulatedProvider.builder().dialect(Dialect.AZURE).requireApiKey("right").start();
		HttpResponse<String> response = ChatClient.of(this.provider, "api-key", "wrong").send(ChatClient.user("x"));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).startsWith("{\"error\":{\"code\":\"401\",\"message\":\"Access denied");
	}

	@Test
	void azureHasNothingWithoutAnApiVersion() throws Exception {
		this.provider = SimulatedProvider.start(Dialect.AZURE);
		HttpResponse<String> response = ChatClient
			.at(this.provider.baseUrl() + "/openai/deployments/gpt-4o/chat/completions")
			.send(ChatClient.user("x"));
		assertThat(response.statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI,404,model_not_found", "AZURE,404,DeploymentNotFound", "OLLAMA,404,not found",
			"OPENROUTER,400,not a valid model", "VLLM,404,NotFoundError" })
	void anUnknownModelIsRefusedInTheWordsOfTheVendor(Dialect dialect, int status, String part) throws Exception {
		this.provider = SimulatedProvider.builder().dialect(dialect).models("other").start();
		assertThat(refusal(dialect, status, ChatClient.user("x")).toString()).contains(part);
	}

	@Test
	void anUnknownAddressIsNotFound() throws Exception {
		this.provider = SimulatedProvider.start(Dialect.OPENAI);
		assertThat(ChatClient.at(this.provider.baseUrl() + "/nothing").send("{}").statusCode()).isEqualTo(404);
	}

}
