package io.nexus3.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.nexus3.provider.RequestOptions.Sampling;
import io.nexus3.provider.RequestOptions.ToolUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Request over model over provider, for each option.
 */
class RequestOptionsLayeringTests {

	private static final RequestOptions NONE = RequestOptions.defaults();

	static Stream<Arguments> options() {
		return Stream.of(
				option("max output tokens", List.of(1, 2, 3), (value) -> NONE.withMaxOutputTokens((int) value),
						(options) -> options.sampling().maxOutputTokens()),
				option("temperature", List.of(0.1, 0.2, 0.0), (value) -> NONE.withTemperature((double) value),
						(options) -> options.sampling().temperature()),
				option("top-p", List.of(0.1, 0.2, 0.3), (value) -> NONE.withTopP((double) value),
						(options) -> options.sampling().topP()),
				option("stop", List.of(List.of("a"), List.of("b", "c"), List.of()),
						(value) -> NONE.withStop(((List<?>) value).stream().map(String::valueOf).toList()),
						(options) -> options.sampling().stop()),
				option("seed", List.of(1L, 2L, 0L), (value) -> NONE.withSeed((long) value),
						(options) -> options.sampling().seed()),
				option("reasoning",
						List.of(Reasoning.effort(Reasoning.Level.LOW), Reasoning.budget(2000), Reasoning.off()),
						(value) -> NONE.withReasoning((Reasoning) value), RequestOptions::reasoning),
				option("tool choice", List.of(ToolChoice.auto(), ToolChoice.named("look"), ToolChoice.none()),
						(value) -> NONE.withToolChoice((ToolChoice) value), (options) -> options.toolUse().choice()),
				option("parallel tool calls", List.of(true, true, false),
						(value) -> NONE.withParallelToolCalls((boolean) value),
						(options) -> options.toolUse().parallel()),
				option("response format",
						List.of(ResponseFormat.json(), ResponseFormat.jsonSchema("s", Map.of()), ResponseFormat.text()),
						(value) -> NONE.withResponseFormat((ResponseFormat) value), RequestOptions::responseFormat),
				option("a clock", List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)),
						(value) -> NONE.withTimeouts(CallTimeouts.unset().withIdle((Duration) value)),
						(options) -> options.timeouts().idle()),
				option("an extra body field", List.of(1, 2, 3), (value) -> NONE.withExtraBody(Map.of("field", value)),
						(options) -> options.extraBody().get("field")),
				option("an extra header", List.of("a", "b", "c"),
						(value) -> NONE.withExtraHeaders(Map.of("x-team", (String) value)),
						(options) -> options.extraHeaders().get("x-team")));
	}

	private static Arguments option(String name, List<Object> values, Function<Object, RequestOptions> setting,
			Function<RequestOptions, Object> reading) {
		return arguments(name, values, setting, reading);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("options")
	void theRequestWinsOverTheModelAndTheModelOverTheProvider(String name, List<Object> values,
			Function<Object, RequestOptions> setting, Function<RequestOptions, Object> reading) {
		RequestOptions provider = setting.apply(values.get(0));
		RequestOptions model = setting.apply(values.get(1));
		RequestOptions request = setting.apply(values.get(2));
		assertThat(reading.apply(request.over(model.over(provider)))).isEqualTo(values.get(2));
		assertThat(reading.apply(NONE.over(model.over(provider)))).isEqualTo(values.get(1));
		assertThat(reading.apply(NONE.over(NONE.over(provider)))).isEqualTo(values.get(0));
		assertThat(reading.apply(request.over(NONE.over(NONE)))).isEqualTo(values.get(2));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("options")
	void anOptionThatIsSetLeavesTheOthersAlone(String name, List<Object> values,
			Function<Object, RequestOptions> setting, Function<RequestOptions, Object> reading) {
		UnaryOperator<RequestOptions> cleared = (options) -> options.over(full());
		RequestOptions merged = cleared.apply(setting.apply(values.get(0)));
		assertThat(merged.over(NONE)).isEqualTo(merged);
		options().filter((other) -> !other.get()[0].equals(name)).forEach((other) -> {
			@SuppressWarnings("unchecked")
			Function<RequestOptions, Object> otherReading = (Function<RequestOptions, Object>) other.get()[3];
			assertThat(otherReading.apply(merged)).as((String) other.get()[0]).isEqualTo(otherReading.apply(full()));
		});
	}

	@Test
	void optionsThatSetNothingAreNotMerged() {
		RequestOptions model = full();
		assertThat(NONE.over(model)).isSameAs(model);
		assertThat(model.over(NONE)).isSameAs(model);
	}

	@Test
	void everyOptionIsInTheTable() {
		int nested = Sampling.class.getRecordComponents().length + ToolUse.class.getRecordComponents().length;
		assertThat(options()).hasSize(RequestOptions.class.getRecordComponents().length - 2 + nested);
	}

	@Test
	void extraFieldsAndHeadersOfAllLayersAreSent() {
		RequestOptions provider = NONE.withExtraBody(Map.of("a", 1)).withExtraHeaders(Map.of("x-a", "1"));
		RequestOptions model = NONE.withExtraBody(Map.of("b", 2)).withExtraHeaders(Map.of("x-b", "2"));
		RequestOptions request = NONE.withExtraBody(Map.of("c", 3)).withExtraHeaders(Map.of("x-c", "3"));
		RequestOptions merged = request.over(model.over(provider));
		assertThat(merged.extraBody()).containsExactlyInAnyOrderEntriesOf(Map.of("a", 1, "b", 2, "c", 3));
		assertThat(merged.extraHeaders())
			.containsExactlyInAnyOrderEntriesOf(Map.of("x-a", "1", "x-b", "2", "x-c", "3"));
	}

	private static RequestOptions full() {
		return NONE.withMaxOutputTokens(99)
			.withTemperature(0.99)
			.withTopP(0.98)
			.withStop(List.of("full"))
			.withSeed(97)
			.withReasoning(Reasoning.budget(9999))
			.withToolChoice(ToolChoice.required())
			.withParallelToolCalls(false)
			.withResponseFormat(ResponseFormat.jsonSchema("full", Map.of()))
			.withTimeouts(CallTimeouts.unset().withIdle(Duration.ofSeconds(95)))
			.withExtraBody(Map.of("field", 96))
			.withExtraHeaders(Map.of("x-team", "full"));
	}

}
