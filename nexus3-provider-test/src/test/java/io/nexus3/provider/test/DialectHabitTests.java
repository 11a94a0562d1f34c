package io.nexus3.provider.test;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class DialectHabitTests {

	private static final String USAGE = "{\"include_usage\":true}";

	private SimulatedProvider provider;

	@AfterEach
	void stop() {
		this.provider.close();
	}

	private ChatClient start(Dialect dialect) {
		this.provider = SimulatedProvider.start(dialect);
		return ChatClient.of(this.provider);
	}

	private ChatClient.Stream hello(Dialect dialect) throws Exception {
		return start(dialect).stream(ChatClient.user("Hello there"));
	}

	private ChatClient.Stream weather(Dialect dialect) throws Exception {
		return start(dialect)
			.stream(ChatClient.with(ChatClient.user("Weather in Berlin?"), "tools", ChatClient.WEATHER_TOOL));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANTHROPIC")
	void aStreamSaysTheSameAsACompleteAnswer(Dialect dialect) throws Exception {
		ChatClient.Stream stream = hello(dialect);
		JsonNode complete = ChatClient.of(this.provider).complete(ChatClient.user("Hello there"));
		assertThat(stream.response().headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
		assertThat(stream.joined("content")).contains("Hello there")
			.isEqualTo(complete.path("choices").path(0).path("message").path("content").asString(""));
		assertThat(complete.path("object").asString("")).isEqualTo("chat.completion");
		assertThat(complete.path("choices").path(0).path("finish_reason").asString("")).isEqualTo("stop");
		assertThat(stream.finishReason()).isEqualTo("stop");
		assertThat(stream.lines()).last().isEqualTo("data: [DONE]");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANTHROPIC")
	void everyWordHasAnEventOfItsOwn(Dialect dialect) throws Exception {
		ChatClient.Stream stream = hello(dialect);
		assertThat(stream.deltas().stream().map((delta) -> delta.path("content").asString("")).toList())
			.containsSubsequence("You", " wrote:", " “Hello", " there”.");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANTHROPIC")
	void aToolIsCalledTheSameWayInBothModes(Dialect dialect) throws Exception {
		ChatClient.Stream stream = weather(dialect);
		JsonNode message = ChatClient.of(this.provider)
			.complete(ChatClient.with(ChatClient.user("Weather in Berlin?"), "tools", ChatClient.WEATHER_TOOL))
			.path("choices")
			.path(0)
			.path("message");
		assertThat(stream.arguments()).isEqualTo("{\"city\":\"Berlin\"}")
			.isEqualTo(message.path("tool_calls").path(0).path("function").path("arguments").asString(""));
		assertThat(stream.finishReason()).isEqualTo("tool_calls");
	}

	@Test
	void openAiBeginsWithARoleAndEmptyContent() throws Exception {
		assertThat(hello(Dialect.OPENAI).deltas().get(0).toString())
			.isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
	}

	@Test
	void openAiPadsItsChunksUnlessToldNotTo() throws Exception {
		assertThat(hello(Dialect.OPENAI).chunks()).allMatch((chunk) -> chunk.path("obfuscation").isString());
		ChatClient.Stream plain = ChatClient.of(this.provider)
			.stream(ChatClient.with(ChatClient.user("Hi"), "stream_options", "{\"include_obfuscation\":false}"));
		assertThat(plain.chunks()).noneMatch((chunk) -> chunk.has("obfuscation"));
	}

	@Test
	void openAiReportsUsageOnlyWhenAskedAndWithoutAChoice() throws Exception {
		assertThat(hello(Dialect.OPENAI).chunks()).noneMatch((chunk) -> chunk.has("usage"));
		List<JsonNode> chunks = ChatClient.of(this.provider)
			.stream(ChatClient.with(ChatClient.user("Hello"), "stream_options", USAGE))
			.chunks();
		JsonNode last = chunks.get(chunks.size() - 1);
		assertThat(last.path("choices").isEmpty()).isTrue();
		assertThat(last.path("usage").path("total_tokens").asInt()).isPositive();
		assertThat(chunks.subList(0, chunks.size() - 1)).allMatch((chunk) -> chunk.path("usage").isNull());
	}

	@Test
	void openAiSendsAToolCallInPiecesAfterItsName() throws Exception {
		List<JsonNode> deltas = weather(Dialect.OPENAI).deltas();
		JsonNode head = deltas.get(0).path("tool_calls").path(0);
		assertThat(deltas.get(0).path("role").asString("")).isEqualTo("assistant");
		assertThat(head.path("id").asString("")).startsWith("call_");
		assertThat(head.path("function").toString()).isEqualTo("{\"name\":\"get_weather\",\"arguments\":\"\"}");
		assertThat(deltas.get(1).path("tool_calls").path(0).has("id")).isFalse();
		assertThat(deltas).hasSizeGreaterThan(3);
	}

	@Test
	void openAiCountsReasoningButDoesNotShowIt() throws Exception {
		JsonNode answer = start(Dialect.OPENAI)
			.complete(ChatClient.with(ChatClient.user("Hello"), "reasoning_effort", "\"high\""));
		assertThat(answer.path("usage").path("completion_tokens_details").path("reasoning_tokens").asInt())
			.isPositive();
		assertThat(answer.path("choices").path(0).path("message").has("reasoning")).isFalse();
	}

	@Test
	void openRouterCommentsBeforeItsFirstChunk() throws Exception {
		assertThat(hello(Dialect.OPENROUTER).lines()).startsWith(": OPENROUTER PROCESSING", ": OPENROUTER PROCESSING");
	}

	@Test
	void openRouterTellsProviderAndCostUnasked() throws Exception {
		List<JsonNode> chunks = hello(Dialect.OPENROUTER).chunks();
		JsonNode last = chunks.get(chunks.size() - 1);
		assertThat(chunks).allMatch((chunk) -> chunk.path("provider").isString());
		assertThat(last.path("choices").size()).isEqualTo(1);
		assertThat(last.path("usage").path("cost").asDouble()).isPositive();
	}

	@Test
	void openRouterSendsReasoningAsTextAndAsDetailsWithASignature() throws Exception {
		ChatClient.Stream stream = start(Dialect.OPENROUTER)
			.stream(ChatClient.with(ChatClient.user("Hello"), "reasoning", "{\"effort\":\"high\"}"));
		StringBuilder details = new StringBuilder();
		stream.deltas()
			.forEach((delta) -> details.append(delta.path("reasoning_details").path(0).path("text").asString("")));
		assertThat(stream.joined("reasoning")).startsWith("The user wrote").isEqualTo(details.toString());
		assertThat(stream.deltas())
			.anyMatch((delta) -> delta.path("reasoning_details").path(0).path("signature").isString());
		assertThat(stream.joined("content")).contains("Hello");
	}

	@Test
	void openRouterHidesReasoningThatIsExcluded() throws Exception {
		ChatClient.Stream stream = start(Dialect.OPENROUTER)
			.stream(ChatClient.with(ChatClient.user("Hello"), "reasoning", "{\"effort\":\"high\",\"exclude\":true}"));
		assertThat(stream.joined("reasoning")).isEmpty();
	}

	@Test
	void azureBeginsWithFilterResultsAndNoChoice() throws Exception {
		JsonNode first = hello(Dialect.AZURE).chunks().get(0);
		assertThat(first.path("choices").isEmpty()).isTrue();
		assertThat(first.path("model").asString("absent")).isEmpty();
		assertThat(first.path("prompt_filter_results").path(0).path("content_filter_results").has("hate")).isTrue();
	}

	@Test
	void azureNeedsNoModelInTheBodyAndAnswersWithTheDeployment() throws Exception {
		JsonNode answer = start(Dialect.AZURE).complete("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
		assertThat(answer.path("model").asString("")).isEqualTo("gpt-4o");
	}

	@Test
	void azureWithoutDeploymentInItsPathTakesTheModelFromTheBody() throws Exception {
		start(Dialect.AZURE);
		JsonNode answer = ChatClient.at(this.provider.baseUrl() + "/openai/v1/chat/completions")
			.complete(ChatClient.user("Hello"));
		assertThat(answer.path("model").asString("")).isEqualTo("sim-1");
	}

	@Test
	void ollamaSendsAToolCallWhole() throws Exception {
		List<JsonNode> deltas = weather(Dialect.OLLAMA).deltas();
		assertThat(deltas).hasSize(2);
		assertThat(deltas.get(0).path("tool_calls").path(0).path("function").path("arguments").asString(""))
			.isEqualTo("{\"city\":\"Berlin\"}");
	}

	@Test
	void ollamaRepeatsTheRoleAndSendsReasoningWithEmptyContent() throws Exception {
		ChatClient.Stream stream = start(Dialect.OLLAMA)
			.stream(ChatClient.with(ChatClient.user("Hello"), "reasoning_effort", "\"low\""));
		assertThat(stream.deltas()).allMatch((delta) -> delta.path("role").asString("").equals("assistant"));
		assertThat(stream.deltas().get(0).path("reasoning").asString("")).isEqualTo("The");
		assertThat(stream.deltas().get(0).path("content").asString("absent")).isEmpty();
	}

	@Test
	void vllmSendsReasoningUnderItsNewNameAndUsageOnRequest() throws Exception {
		String body = ChatClient.with(ChatClient.user("Hello"), "chat_template_kwargs", "{\"enable_thinking\":true}");
		ChatClient.Stream stream = start(Dialect.VLLM).stream(ChatClient.with(body, "stream_options", USAGE));
		assertThat(stream.joined("reasoning")).isNotEmpty();
		assertThat(stream.joined("reasoning_content")).isEmpty();
		assertThat(stream.chunks()).last().satisfies((chunk) -> assertThat(chunk.path("usage").isObject()).isTrue());
	}

}
