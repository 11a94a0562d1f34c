package io.nexus3.provider.sample.web;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorDetails;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.ReasoningDelta;
import io.nexus3.provider.RefusalDelta;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolCallDelta;
import io.nexus3.provider.sample.ScriptedProvider;
import io.nexus3.provider.sample.tool.CalculatorTool;
import io.nexus3.provider.sample.tool.ToolLoop;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

class ChatEventsTests {

	private static final ToolCall SUM = ToolCall.of("c1", "calculator", ToolArguments.of(Map.of("expression", "12*7")));

	@Test
	void passesTextReasoningAndRefusalOnUnderTheirOwnNames() {
		List<ChatEvent> events = answer(Flux.just(new ReasoningDelta("Hm"), new ContentDelta("Yes"),
				new RefusalDelta("No"), new ToolCallDelta(2, "{")));
		assertThat(events).containsExactly(new ChatEvent.Reasoning("Hm"), new ChatEvent.Content("Yes"),
				new ChatEvent.Refusal("No"), new ChatEvent.ToolArguments(1, 2, "{"));
		assertThat(events).extracting(ChatEvent::eventName)
			.containsExactly("reasoning", "content", "refusal", "tool-arguments");
	}

	@Test
	void completesOnceAfterAllRounds() {
		List<ChatEvent> events = answer(ScriptedProvider.calls(SUM), ScriptedProvider.says("It is ", "84"));
		assertThat(events).extracting(ChatEvent::eventName)
			.containsExactly("tool-call", "tool-result", "content", "content", "complete");
	}

	@Test
	void showsArgumentsAndResultOfACall() {
		List<ChatEvent> events = answer(ScriptedProvider.calls(SUM), ScriptedProvider.says("It is ", "84"));
		assertThat(events).element(1)
			.isEqualTo(new ChatEvent.ToolResult(1, 0, "c1", "calculator", Map.of("expression", "12*7"), "84", false));
	}

	@Test
	void showsInvalidArgumentsAsTheModelWroteThem() {
		ToolCall broken = ToolCall.of("c1", "calculator", ToolArguments.invalid("{\"ex", "it ends early"));
		List<ChatEvent> events = answer(ScriptedProvider.calls(broken), ScriptedProvider.says("Sorry", ""));
		assertThat(events.get(1)).isInstanceOfSatisfying(ChatEvent.ToolResult.class, (result) -> {
			assertThat(result.arguments()).isEqualTo("{\"ex");
			assertThat(result.error()).isTrue();
		});
	}

	@Test
	void addsUpTheUsageOfAllRounds() {
		List<ChatEvent> events = answer(ScriptedProvider.calls(SUM), ScriptedProvider.says("It is ", "84"));
		assertThat(complete(events).usage())
			.isEqualTo(new ChatEvent.Usage(17L, 8L, null, null, new BigDecimal("0.50")));
	}

	@Test
	void addsUpTheTimeOfWritingOfAllRounds() {
		List<ChatEvent> events = answer(ScriptedProvider.calls(SUM), ScriptedProvider.says("It is ", "84"));
		assertThat(complete(events).generationMs()).isEqualTo(360);
	}

	@Test
	void leavesUsageOutWhenNoRoundHasAny() {
		List<ChatEvent> events = answer(Flux.just(ScriptedProvider.complete(null, new TextPart("Yes"))));
		assertThat(complete(events).usage()).isNull();
	}

	@Test
	void countsAsUnknownWhatOneRoundDoesNotSay() {
		List<ChatEvent> events = answer(Flux.just(ScriptedProvider.complete(null, SUM)),
				ScriptedProvider.says("It is ", "84"));
		assertThat(complete(events).usage()).isEqualTo(new ChatEvent.Usage(null, null, null, null, null));
	}

	@Test
	void saysWhoAnsweredAndHow() {
		ChatEvent.Complete complete = complete(answer(ScriptedProvider.says("It is ", "84")));
		assertThat(complete.finishReason()).isEqualTo("stop");
		assertThat(complete.model()).isEqualTo("model-1");
		assertThat(complete.provider()).isEqualTo("somewhere");
		assertThat(complete.firstEventMs()).isEqualTo(120);
		assertThat(complete.generationMs()).isEqualTo(180);
		assertThat(complete.summary()).isEqualTo(new ChatEvent.Summary(1, 4, 8, 0, true));
	}

	@Test
	void endsWithTheErrorOfTheProviderInWords() {
		ProviderException failure = ProviderException.of(ErrorKind.RATE_LIMIT, "Too many requests",
				ErrorDetails.none().withRecovery(new ErrorDetails.Recovery(null, Duration.ofSeconds(7))), null);
		assertThat(answer(Flux.error(failure)))
			.containsExactly(new ChatEvent.Failed("rate-limit", "Too many requests", null, null, true, 7000L, false));
	}

	@Test
	void saysThatAPartWasSentBeforeAnError() {
		Flux<StreamEvent> cut = Flux.concat(Flux.just(new ContentDelta("Hel")),
				Flux.error(ProviderException.of(ErrorKind.INTERRUPTED, "The stream ended early")));
		assertThat(answer(cut)).last()
			.isInstanceOfSatisfying(ChatEvent.Failed.class, (failed) -> assertThat(failed.partial()).isTrue());
	}

	@Test
	void keepsTheDetailsOfAnUnexpectedErrorToItself() {
		assertThat(answer(Flux.error(new IllegalStateException("secret path")))).singleElement()
			.isInstanceOfSatisfying(ChatEvent.Failed.class, (failed) -> {
				assertThat(failed.kind()).isEqualTo("internal");
				assertThat(failed.message()).doesNotContain("secret");
			});
	}

	@SafeVarargs
	private static List<ChatEvent> answer(Flux<StreamEvent>... rounds) {
		ToolLoop loop = new ToolLoop(List.of(new CalculatorTool()), 8);
		List<ChatEvent> events = ChatEvents.of(loop.run(ScriptedProvider.of(rounds), CompletionRequest.of("Hi")))
			.collectList()
			.block(Duration.ofSeconds(5));
		assertThat(events).isNotNull();
		return events;
	}

	private static ChatEvent.Complete complete(List<ChatEvent> events) {
		return (ChatEvent.Complete) events.get(events.size() - 1);
	}

}
