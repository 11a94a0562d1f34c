package io.nexus3.provider.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.FinishReason;
import io.nexus3.provider.ImagePart;
import io.nexus3.provider.Media;
import io.nexus3.provider.Message;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.ReasoningDelta;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolCallDelta;
import io.nexus3.provider.ToolChoice;
import io.nexus3.provider.ToolDefinition;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.anthropic.Anthropic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The type {@code anthropic} against a server that goes by the vendor's rules.
 */
class SimulatedAnthropicTests {

	private static final String OLDER = "claude-sonnet-4-5";

	private static final String NEWER = "claude-opus-4-7";

	private static final RequestOptions THINKING = RequestOptions.defaults()
		.withReasoning(Reasoning.effort(Reasoning.Level.HIGH));

	private static final ToolDefinition WEATHER = ToolDefinition.of("get_weather", "The weather in a city", Map
		.of("type", "object", "properties", Map.of("city", Map.of("type", "string")), "required", List.of("city")));

	private final SimulatedProvider server = SimulatedProvider.builder()
		.dialect(Dialect.ANTHROPIC)
		.requireApiKey(Scene.KEY)
		.start();

	private final ProviderRegistry registry = ProviderRegistry
		.builder(ProvidersConfig.of(List.of(ProviderConfig.of("anthropic")
			.withBaseUrl(this.server.baseUrl())
			.withApiKey(Scene.KEY)
			.withRetry(Scene.retries(2))), List.of(), null))
		.build();

	@AfterEach
	void stop() {
		this.registry.close();
		this.server.close();
	}

	private AsyncProvider model(String model) {
		return this.registry.get("anthropic", model);
	}

	private AssistantMessage complete(String model, CompletionRequest request) {
		return model(model).complete(request).block(Scene.WATCHDOG);
	}

	private AssistantMessage call(boolean stream, String model, CompletionRequest request) {
		return stream ? message(events(model, request)) : complete(model, request);
	}

	private List<StreamEvent> events(String model, CompletionRequest request) {
		return model(model).stream(request).collectList().block(Scene.WATCHDOG);
	}

	private static AssistantMessage message(List<StreamEvent> events) {
		return ((StreamComplete) events.get(events.size() - 1)).message();
	}

	private JsonNode lastBody() {
		return this.server.requests().get(this.server.requests().size() - 1).body();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anAnswerIsTextReasonUsageAndModel(boolean stream) {
		AssistantMessage answer = call(stream, OLDER, CompletionRequest.of("Hello there"));
		assertThat(answer.text()).contains("Hello there");
		assertThat(answer.finishReason().kind()).isEqualTo(FinishReason.Kind.STOP);
		assertThat(answer.finishReason().raw()).isEqualTo("end_turn");
		assertThat(answer.usage().inputTokens()).isPositive();
		assertThat(answer.usage().outputTokens()).isGreaterThan(10);
		assertThat(answer.response().model()).isEqualTo(OLDER);
	}

	@Test
	void aStreamComesWordByWord() {
		Scene.Streamed streamed = Scene.streamed(model(OLDER).stream("Hello there"));
		assertThat(streamed.error()).isNull();
		assertThat(streamed.events()).hasSizeGreaterThan(20);
		assertThat(streamed.text()).isEqualTo(message(streamed.events()).text());
	}

	@ParameterizedTest
	@CsvSource({ "false,claude-sonnet-4-5", "true,claude-sonnet-4-5", "false,claude-opus-4-7", "true,claude-opus-4-7",
			"false,claude-opus-5", "true,claude-opus-5", "true,claude-opus-4-6" })
	void aRoundOfToolCallsGoesOnWithItsThinking(boolean stream, String model) {
		List<Message> conversation = new ArrayList<>(
				List.of(SystemMessage.of("Be brief."), UserMessage.of("Weather in Rome?")));
		CompletionRequest question = CompletionRequest.of(conversation)
			.withTools(List.of(WEATHER))
			.withOptions(THINKING);
		AssistantMessage first = call(stream, model, question);
		assertThat(first.reasoning()).contains("get_weather");
		ToolCall call = first.toolCalls().get(0);
		assertThat(call.arguments().get("city")).isEqualTo("Rome");
		conversation.add(first);
		conversation.add(ToolMessage.of(call, "sunny"));
		AssistantMessage second = call(stream, model,
				CompletionRequest.of(conversation).withTools(List.of(WEATHER)).withOptions(THINKING));
		assertThat(second.text()).contains("According to get_weather: sunny");
		conversation.add(second);
		conversation.add(UserMessage.of("Thanks"));
		assertThat(call(stream, model, CompletionRequest.of(conversation).withOptions(THINKING)).text())
			.contains("message number 2");
	}

	@Test
	void theSignatureGoesBackByteForByte() {
		CompletionRequest question = CompletionRequest.of("Weather in Rome?")
			.withTools(List.of(WEATHER))
			.withOptions(THINKING);
		AssistantMessage first = message(events(OLDER, question));
		List<Message> next = List.of(UserMessage.of("Weather in Rome?"), first,
				ToolMessage.of(first.toolCalls().get(0), "sunny"));
		complete(OLDER, CompletionRequest.of(next).withTools(List.of(WEATHER)).withOptions(THINKING));
		JsonNode block = lastBody().at("/messages/1/content/0");
		assertThat(block.path("type").asString()).isEqualTo("thinking");
		assertThat(block.path("thinking").asString()).isEqualTo(first.reasoning());
		assertThat(((ReasoningPart) first.parts().get(0)).vendorJson().json())
			.contains(block.path("signature").asString());
	}

	@Test
	void thinkingComesBeforeTheAnswerAndApartFromIt() {
		List<StreamEvent> events = events(OLDER, CompletionRequest.of("Hello").withOptions(THINKING));
		assertThat(events.get(0)).isInstanceOf(ReasoningDelta.class);
		assertThat(message(events).text()).doesNotContain("The user wrote");
		assertThat(message(events).usage().reasoningTokens()).isPositive();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void redactedThinkingIsKeptAndTakenBack(boolean stream) {
		UserMessage question = UserMessage.of(Anthropic.REDACTED_THINKING);
		AssistantMessage first = call(stream, OLDER, CompletionRequest.of(List.of(question)).withOptions(THINKING));
		assertThat(first.parts()).hasSize(2);
		assertThat(first.reasoning()).isEmpty();
		assertThat(first.parts().get(0)).isInstanceOfAny(ReasoningPart.class, OpaquePart.class);
		AssistantMessage second = call(stream, OLDER,
				CompletionRequest.of(List.of(question, first, UserMessage.of("Go on"))).withOptions(THINKING));
		assertThat(second.text()).contains("Go on");
		assertThat(lastBody().at("/messages/1/content/0/type").asString()).isEqualTo("redacted_thinking");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theInputOfAToolComesInFragmentsOfAnySize(boolean fine) {
		RequestOptions options = fine
				? RequestOptions.defaults()
					.withExtraHeaders(Map.of("anthropic-beta", "fine-grained-tool-streaming-2025-05-14"))
				: RequestOptions.defaults();
		List<StreamEvent> events = events(OLDER,
				CompletionRequest.of("Weather in Rome?").withTools(List.of(WEATHER)).withOptions(options));
		assertThat(events).filteredOn(ToolCallDelta.class::isInstance).hasSizeGreaterThanOrEqualTo(2);
		assertThat(message(events).toolCalls().get(0).arguments().asMap()).isEqualTo(Map.of("city", "Rome"));
		assertThat(message(events).finishReason().kind()).isEqualTo(FinishReason.Kind.TOOL_CALLS);
	}

	@Test
	void severalCallsAreAnsweredInOneTurn() {
		ToolDefinition time = ToolDefinition.of("get_time", "The time in a city", WEATHER.parameters());
		CompletionRequest question = CompletionRequest.of("Weather and time in Rome?")
			.withTools(List.of(WEATHER, time));
		AssistantMessage first = complete(OLDER, question);
		assertThat(first.toolCalls()).hasSize(2);
		List<Message> next = new ArrayList<>(List.of(UserMessage.of("Weather and time in Rome?"), first));
		next.add(ToolMessage.of(first.toolCalls().get(1), "noon"));
		next.add(UserMessage.of("Be quick"));
		assertThat(complete(OLDER, CompletionRequest.of(next).withTools(List.of(WEATHER, time))).text())
			.contains("Be quick");
		assertThat(lastBody().at("/messages/2/content").size()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { OLDER, NEWER })
	void aForcedCallAndThinkingAreTakenTogether(String model) {
		AssistantMessage answer = complete(model,
				CompletionRequest.of("Hello")
					.withTools(List.of(WEATHER))
					.withOptions(THINKING.withToolChoice(ToolChoice.named("get_weather"))));
		assertThat(answer.toolCalls()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { OLDER, NEWER, "claude-opus-5", "claude-fable-5", "claude-3-5-haiku-20241022" })
	void everyGenerationTakesEveryOption(String model) {
		RequestOptions options = RequestOptions.defaults()
			.withTemperature(0.4)
			.withTopP(0.9)
			.withStop(List.of("END"))
			.withMaxOutputTokens(3000);
		for (Reasoning reasoning : List.of(Reasoning.off(), Reasoning.budget(5000),
				Reasoning.effort(Reasoning.Level.MINIMAL), Reasoning.effort(Reasoning.Level.MAX))) {
			assertThat(
					complete(model, CompletionRequest.of("Hello").withOptions(options.withReasoning(reasoning))).text())
				.as(reasoning.toString())
				.contains("Hello");
		}
	}

	@Test
	void aSystemPromptIsReadFromTheCacheTheSecondTime() {
		List<Message> messages = List.of(SystemMessage.of("Be brief. ".repeat(20)), UserMessage.of("Hello"));
		AssistantMessage first = complete(OLDER, CompletionRequest.of(messages));
		AssistantMessage second = message(events(OLDER, CompletionRequest.of(messages)));
		assertThat(first.usage().cacheWriteTokens()).isEqualTo(50);
		assertThat(second.usage().cacheReadTokens()).isEqualTo(50);
		assertThat(second.usage().inputTokens()).isEqualTo(first.usage().inputTokens()).isGreaterThan(50);
	}

	@Test
	void theEndsOfAnAnswerAreTold() {
		RequestOptions stop = RequestOptions.defaults().withStop(List.of("wrote"));
		AssistantMessage stopped = complete(OLDER, CompletionRequest.of("Hello").withOptions(stop));
		AssistantMessage cut = complete(OLDER,
				CompletionRequest.of("Hello").withOptions(RequestOptions.defaults().withMaxOutputTokens(2)));
		assertThat(stopped.finishReason()).isEqualTo(new FinishReason(FinishReason.Kind.STOP, "stop_sequence"));
		assertThat(stopped.response().vendorFields()).containsEntry("stop_sequence", "\"wrote\"");
		assertThat(cut.finishReason()).isEqualTo(new FinishReason(FinishReason.Kind.LENGTH, "max_tokens"));
	}

	@Test
	void anImageIsSeen() {
		UserMessage message = new UserMessage(
				List.of(new TextPart("What is this?"), ImagePart.of(Media.bytes("image/png", new byte[] { 1 }))));
		assertThat(complete(OLDER, CompletionRequest.of(List.of(message))).text()).contains("1 image");
	}

	@ParameterizedTest
	@CsvSource({ "false,529", "true,529", "false,500", "true,429" })
	void aPassingErrorIsRetried(boolean stream, int status) {
		this.server.enqueue(this.server.error(status, "Overloaded").withHeader("retry-after-ms", "1"));
		assertThat(call(stream, OLDER, CompletionRequest.of("Hello")).text()).contains("Hello");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void anErrorAtTheStartOfAStreamIsRetried() {
		String event = this.server.errorEvent(529, "Overloaded");
		this.server.enqueueChanged((usual) -> usual.withFirstWrites(1).thenWrite(event));
		assertThat(message(events(OLDER, CompletionRequest.of("Hello"))).text()).contains("Hello");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void anErrorInTheMiddleOfAStreamKeepsWhatCame() {
		String event = this.server.errorEvent(529, "Overloaded");
		this.server.enqueueChanged((usual) -> usual.withFirstWrites(5).thenWrite(event));
		Scene.Streamed streamed = Scene.streamed(model(OLDER).stream("Hello"));
		assertThat(streamed.text()).isEqualTo("You wrote:");
		assertThat(streamed.error().vendor().type()).isEqualTo("overloaded_error");
		assertThat(streamed.error().partialOutput()).isTrue();
	}

	@Test
	void aRefusalIsTheVendorsAndCarriesTheIdOfTheRequest() {
		RequestOptions options = RequestOptions.defaults().withExtraBody(Map.of("seed", 1));
		ProviderException error = catchThrowableOfType(ProviderException.class,
				() -> complete(OLDER, CompletionRequest.of("Hello").withOptions(options)));
		assertThat(error.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
		assertThat(error.vendor().type()).isEqualTo("invalid_request_error");
		assertThat(error.getMessage()).contains("seed: Extra inputs are not permitted");
		assertThat(error.vendor().requestId()).startsWith("req_");
	}

	@Test
	void anUnknownModelAndAWrongKeyAreToldApart() {
		this.server.enqueue(this.server.error(404, "model: " + OLDER));
		this.server.enqueue(this.server.error(401, "invalid x-api-key"));
		Flux<StreamEvent> answer = model(OLDER).stream("Hello");
		assertThat(Scene.streamed(answer).error().kind()).isEqualTo(ErrorKind.NOT_FOUND);
		assertThat(Scene.streamed(answer).error().kind()).isEqualTo(ErrorKind.AUTHENTICATION);
	}

}
