package io.nexus3.provider.test;

import java.net.http.HttpResponse;
import java.time.Duration;

import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Http;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class SimulatedProviderTests {

	private SimulatedProvider provider = SimulatedProvider.start(Dialect.OPENAI);

	private ChatClient client = ChatClient.of(this.provider);

	@AfterEach
	void stop() {
		this.provider.close();
	}

	private void restart(SimulatedProvider.Builder builder) {
		this.provider.close();
		this.provider = builder.start();
		this.client = ChatClient.of(this.provider);
	}

	private String content(String body) throws Exception {
		return this.client.complete(body).path("choices").path(0).path("message").path("content").asString("");
	}

	@Test
	void answersATurnWithAToolCallAndTheNextWithItsResult() throws Exception {
		String question = ChatClient.with(ChatClient.user("What's the weather in New York?"), "tools",
				ChatClient.WEATHER_TOOL);
		JsonNode assistant = this.client.complete(question).path("choices").path(0).path("message");
		JsonNode call = assistant.path("tool_calls").path(0);
		assertThat(assistant.path("content").isNull()).isTrue();
		assertThat(call.path("function").path("arguments").asString("")).isEqualTo("{\"city\":\"New York\"}");

		ObjectNode next = (ObjectNode) ChatClient.MAPPER.readTree(question);
		next.withArray("messages")
			.add(assistant)
			.addObject()
			.put("role", "tool")
			.put("tool_call_id", call.path("id").asString(""))
			.put("content", "{\"sky\":\"clear\",\"celsius\":21}");
		assertThat(content(next.toString())).startsWith("According to get_weather: sky clear, celsius 21.");
	}

	@Test
	void recordsWhatWasAsked() throws Exception {
		this.client.stream(ChatClient.user("Hello"));
		ChatCall call = this.provider.awaitRequest(0, Http.SOON);
		assertThat(call.model()).isEqualTo("sim-1");
		assertThat(call.stream()).isTrue();
		assertThat(call.dialect()).isEqualTo(Dialect.OPENAI);
		assertThat(call.body().path("messages").path(0).path("content").asString("")).isEqualTo("Hello");
		assertThat(this.provider.requests()).hasSize(1);
	}

	@Test
	void aQueuedAnswerIsGivenOnce() throws Exception {
		this.provider.enqueue(this.provider.error(429, "slow down").withHeader("Retry-After", "2"));
		HttpResponse<String> first = this.client.send(ChatClient.user("Hello"));
		assertThat(first.statusCode()).isEqualTo(429);
		assertThat(first.headers().firstValue("retry-after")).contains("2");
		assertThat(first.body()).isEqualTo("{\"error\":{\"message\":\"slow down\",\"type\":\"requests\",\"param\":null,"
				+ "\"code\":\"rate_limit_exceeded\"}}");
		assertThat(this.client.send(ChatClient.user("Hello")).statusCode()).isEqualTo(200);
	}

	@Test
	void theUsualAnswerCanBeCutAndBroken() {
		this.provider.enqueueChanged((usual) -> usual.withFirstWrites(3).withEnding(Ending.CLOSE));
		assertThatIOException().isThrownBy(() -> this.client.stream(ChatClient.user("Hello")));
	}

	@Test
	void answersAndErrorsCarryTheIdOfTheRequest() throws Exception {
		assertThat(this.client.send(ChatClient.user("Hello")).headers().firstValue("x-request-id").orElse(""))
			.startsWith("req_");
		assertThat(this.client.send("{}").headers().firstValue("x-request-id").orElse("")).startsWith("req_");
	}

	@Test
	void anErrorCanBeToldInTheMiddleOfAStream() throws Exception {
		restart(SimulatedProvider.builder().dialect(Dialect.OPENROUTER));
		String event = this.provider.errorEvent(502, "model went away");
		this.provider.enqueueChanged((usual) -> usual.withFirstWrites(5).thenWrite(event));
		ChatClient.Stream stream = this.client.stream(ChatClient.user("Hello"));
		JsonNode last = stream.chunks().get(3);
		assertThat(stream.joined("content")).isEqualTo("You wrote: “Hello”.");
		assertThat(last.path("error").path("code").asInt()).isEqualTo(502);
		assertThat(last.path("choices").path(0).path("finish_reason").asString("")).isEqualTo("error");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANTHROPIC")
	void everyDialectOfChatCompletionsTellsAnErrorInAStream(Dialect dialect) {
		restart(SimulatedProvider.builder().dialect(dialect));
		String event = this.provider.errorEvent(500, "boom");
		assertThat(event).startsWith("data: {").contains("\"error\":", "boom").endsWith("}\n\n");
	}

	@Test
	void aConditionDecidesForEveryRequestThatMeetsIt() throws Exception {
		this.provider.onRequest(ChatCall::stream, (call, usual) -> this.provider.error(503, call.model() + " is busy"));
		for (int i = 0; i < 2; i++) {
			assertThat(this.client.stream(ChatClient.user("Hello")).response().statusCode()).isEqualTo(503);
		}
		assertThat(this.client.send(ChatClient.user("Hello")).statusCode()).isEqualTo(200);
		this.provider.clearScript();
		assertThat(this.client.stream(ChatClient.user("Hello")).response().statusCode()).isEqualTo(200);
	}

	@Test
	void aQueuedAnswerGoesBeforeConditions() throws Exception {
		this.provider.onRequest((call) -> true, (call, usual) -> ScriptedResponse.status(500));
		this.provider.enqueue(ScriptedResponse.status(502));
		assertThat(this.client.send("{}").statusCode()).isEqualTo(502);
		assertThat(this.client.send("{}").statusCode()).isEqualTo(500);
	}

	@Test
	void theTextIsCutAtTheLimitOfTokens() throws Exception {
		ChatClient.Stream stream = this.client.stream(ChatClient.with(ChatClient.user("Hello"), "max_tokens", "2"));
		assertThat(stream.joined("content")).isEqualTo("You wrote:");
		assertThat(stream.finishReason()).isEqualTo("length");
	}

	@Test
	void theTextEndsBeforeAStopSequence() throws Exception {
		assertThat(content(ChatClient.with(ChatClient.user("Hello"), "stop", "[\"absent\",\":\"]")))
			.isEqualTo("You wrote");
	}

	@Test
	void imagesAreAcknowledged() throws Exception {
		String parts = """
				[{"role":"user","content":[{"type":"text","text":"What is this?"},
				{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]""";
		assertThat(content(ChatClient.with(ChatClient.user(""), "messages", parts))).contains("What is this?",
				"1 image");
	}

	@Test
	void aJsonSchemaIsFollowed() throws Exception {
		String format = """
				{"type":"json_schema","json_schema":{"name":"r","schema":{"type":"object","properties":{
				"city":{"type":"string"},"kind":{"enum":["rain","sun"]},"days":{"type":"integer","minimum":3}},
				"required":["city","kind","days"]}}}""";
		String text = content(
				ChatClient.with(ChatClient.user("Will there be sun in Rome?"), "response_format", format));
		assertThat(text).isEqualTo("{\"city\":\"Rome\",\"kind\":\"sun\",\"days\":3}");
	}

	@Test
	void aJsonObjectIsGivenWhereOneIsWanted() throws Exception {
		String text = content(
				ChatClient.with(ChatClient.user("Hello"), "response_format", "{\"type\":\"json_object\"}"));
		assertThat(text).isEqualTo("{\"answer\":\"Hello\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"required\"", "{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}" })
	void aToolChoiceForcesACall(String choice) throws Exception {
		String body = ChatClient.with(ChatClient.user("Hello"), "tools", ChatClient.WEATHER_TOOL);
		ChatClient.Stream stream = this.client.stream(ChatClient.with(body, "tool_choice", choice));
		assertThat(stream.finishReason()).isEqualTo("tool_calls");
	}

	@Test
	void aToolChoiceOfNonePreventsACall() throws Exception {
		String body = ChatClient.with(ChatClient.user("Weather in Rome?"), "tools", ChatClient.WEATHER_TOOL);
		ChatClient.Stream stream = this.client.stream(ChatClient.with(body, "tool_choice", "\"none\""));
		assertThat(stream.finishReason()).isEqualTo("stop");
	}

	@Test
	void anotherModelCanBePutBehindTheServer() throws Exception {
		restart(SimulatedProvider.builder().model((prompt) -> Answer.text("No, " + prompt.turn().userText())));
		assertThat(content(ChatClient.user("thanks"))).isEqualTo("No, thanks");
	}

	@Test
	void tokensComeAtThePaceThatWasSet() throws Exception {
		restart(SimulatedProvider.builder()
			.pace(new Pace(Duration.ofMillis(60), Duration.ofMillis(10)))
			.model((prompt) -> Answer.text("one two three four five")));
		long start = System.nanoTime();
		this.client.stream(ChatClient.user("Hello"));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(100), Http.SOON);
		start = System.nanoTime();
		this.client.complete(ChatClient.user("Hello"));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(100), Http.SOON);
	}

	@Test
	void allProvidersRunOnOneServer() throws Exception {
		try (SimulatedProviders providers = SimulatedProviders.start()) {
			for (Dialect dialect : Dialect.values()) {
				JsonNode answer = ChatClient.of(dialect, providers.baseUrl(dialect))
					.complete(ChatClient.with(ChatClient.user("Hello"), "max_tokens", "100"));
				JsonNode said = answer.path((dialect == Dialect.ANTHROPIC) ? "content" : "choices");
				assertThat(said.size()).as(dialect.name()).isEqualTo(1);
				assertThat(providers.provider(dialect).requests()).hasSize(1);
			}
			assertThat(providers.baseUrl(Dialect.OPENROUTER))
				.isEqualTo("http://127.0.0.1:" + providers.port() + "/openrouter/api/v1");
		}
	}

	@Test
	void oneOfSeveralProvidersIsScriptedAlone() throws Exception {
		try (SimulatedProviders providers = SimulatedProviders.start()) {
			SimulatedProvider ollama = providers.provider(Dialect.OLLAMA);
			ollama.enqueue(ollama.error(503, "loading"));
			ollama.close();
			String vllm = providers.baseUrl(Dialect.VLLM);
			assertThat(ChatClient.of(Dialect.VLLM, vllm).send(ChatClient.user("Hello")).statusCode()).isEqualTo(200);
			assertThat(ChatClient.of(ollama).send(ChatClient.user("Hello")).statusCode()).isEqualTo(503);
		}
	}

}
