package io.nexus3.provider.sample.tool;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolDefinition;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.sample.ScriptedProvider;
import io.nexus3.provider.sample.tool.ToolLoopEvent.Answered;
import io.nexus3.provider.sample.tool.ToolLoopEvent.Streamed;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

class ToolLoopTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final CompletionRequest REQUEST = CompletionRequest.of("What is 12*7?");

	private final ToolLoop loop = new ToolLoop(List.of(new CalculatorTool()), 3);

	@Test
	void streamsAnAnswerWithoutToolCallsAsItIs() {
		ScriptedProvider provider = ScriptedProvider.of(ScriptedProvider.says("Hello", " there"));
		StepVerifier.create(this.loop.run(provider, REQUEST))
			.expectNext(new Streamed(1, new ContentDelta("Hello")), new Streamed(1, new ContentDelta(" there")))
			.assertNext((event) -> assertThat(((Streamed) event).event()).isInstanceOf(StreamComplete.class))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void offersItsTools() {
		ScriptedProvider provider = ScriptedProvider.of(ScriptedProvider.says("Hello", ""));
		run(this.loop, provider);
		assertThat(provider.requests().get(0).tools()).extracting(ToolDefinition::name).containsExactly("calculator");
	}

	@Test
	void givesTheResultOfACallAndThenTheAnswer() {
		ScriptedProvider provider = ScriptedProvider.of(ScriptedProvider.calls(sum("c1", "12*7")),
				ScriptedProvider.says("It is ", "84"));
		List<ToolLoopEvent> events = run(this.loop, provider);
		assertThat(events).element(2).isEqualTo(new Answered(1, 0, sum("c1", "12*7"), ToolMessage.of("c1", "84")));
		assertThat(events).element(3).isEqualTo(new Streamed(2, new ContentDelta("It is ")));
	}

	@Test
	void sendsTheModelItsOwnMessageAndTheResult() {
		ScriptedProvider provider = ScriptedProvider.of(ScriptedProvider.calls(sum("c1", "12*7")),
				ScriptedProvider.says("It is ", "84"));
		run(this.loop, provider);
		assertThat(provider.requests().get(1).messages()).hasSize(3)
			.satisfies((messages) -> assertThat(messages.get(0)).isEqualTo(UserMessage.of("What is 12*7?")))
			.satisfies((messages) -> assertThat(((AssistantMessage) messages.get(1)).toolCalls())
				.containsExactly(sum("c1", "12*7")))
			.satisfies((messages) -> assertThat(messages.get(2)).isEqualTo(ToolMessage.of("c1", "84")));
	}

	@Test
	void answersSeveralCallsInTheirOrderAlthoughTheLastIsDoneFirst() {
		TestPublisher<String> slow = TestPublisher.create();
		ToolLoop withSlow = new ToolLoop(List.of(tool("slow", slow.mono()), new CalculatorTool()), 3);
		ScriptedProvider provider = ScriptedProvider.of(
				ScriptedProvider.calls(call("a", "slow", ToolArguments.of(Map.of())), sum("b", "1+1")),
				ScriptedProvider.says("Done", ""));
		StepVerifier
			.create(withSlow.run(provider, REQUEST).ofType(Answered.class).map((event) -> event.result().text()))
			.then(() -> slow.emit("slow result"))
			.expectNext("slow result", "2")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void doesNotRunACallWithInvalidArgumentsButTellsTheModel() {
		ScriptedProvider provider = ScriptedProvider.of(
				ScriptedProvider.calls(call("c1", "calculator", ToolArguments.invalid("{\"expr", "it ends early"))),
				ScriptedProvider.says("Sorry", ""));
		run(this.loop, provider);
		assertThat(lastMessage(provider)).satisfies((message) -> {
			assertThat(message.error()).isTrue();
			assertThat(message.text()).contains("not a JSON object", "it ends early");
		});
	}

	@Test
	void namesItsToolsWhenTheModelCallsOneThatDoesNotExist() {
		ScriptedProvider provider = ScriptedProvider.of(
				ScriptedProvider.calls(call("c1", "weather", ToolArguments.of(Map.of()))),
				ScriptedProvider.says("Sorry", ""));
		run(this.loop, provider);
		assertThat(lastMessage(provider).error()).isTrue();
		assertThat(lastMessage(provider).text()).isEqualTo("There is no tool 'weather'. The tools are: [calculator]");
	}

	@Test
	void tellsTheModelWhyAToolCouldNotDoIt() {
		ScriptedProvider provider = ScriptedProvider.of(ScriptedProvider.calls(sum("c1", "1/0")),
				ScriptedProvider.says("Sorry", ""));
		run(this.loop, provider);
		assertThat(lastMessage(provider).error()).isTrue();
		assertThat(lastMessage(provider).text()).isEqualTo("Division by zero");
	}

	@Test
	void keepsTheDetailsOfABugInAToolFromTheModel() {
		ToolLoop broken = new ToolLoop(List.of(tool("broken", Mono.error(new IllegalStateException("secret path")))),
				3);
		ScriptedProvider provider = ScriptedProvider.of(
				ScriptedProvider.calls(call("c1", "broken", ToolArguments.of(Map.of()))),
				ScriptedProvider.says("Sorry", ""));
		run(broken, provider);
		assertThat(lastMessage(provider).error()).isTrue();
		assertThat(lastMessage(provider).text()).isEqualTo("The tool failed.");
	}

	@Test
	void tellsTheModelWhenAToolGivesNothing() {
		ToolLoop silent = new ToolLoop(List.of(tool("silent", Mono.empty())), 3);
		ScriptedProvider provider = ScriptedProvider.of(
				ScriptedProvider.calls(call("c1", "silent", ToolArguments.of(Map.of()))),
				ScriptedProvider.says("Sorry", ""));
		run(silent, provider);
		assertThat(lastMessage(provider).text()).isEqualTo("The tool gave no result.");
	}

	@Test
	void endsWithAnErrorWhenTheModelNeverAnswers() {
		Flux<StreamEvent> again = ScriptedProvider.calls(sum("c1", "1+1"));
		ScriptedProvider provider = ScriptedProvider.of(again, again, again);
		StepVerifier.create(this.loop.run(provider, REQUEST).ofType(Answered.class))
			.expectNextCount(2)
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(TooManyRoundsException.class)
				.hasMessageContaining("after 3 rounds"))
			.verify(LIMIT);
		assertThat(provider.requests()).hasSize(3);
	}

	@Test
	void passesTheErrorOfTheProviderOn() {
		ProviderException failure = ProviderException.of(ErrorKind.OVERLOADED, "No capacity");
		ScriptedProvider provider = ScriptedProvider.of(Flux.error(failure));
		StepVerifier.create(this.loop.run(provider, REQUEST))
			.expectErrorSatisfies((error) -> assertThat(error).isSameAs(failure))
			.verify(LIMIT);
	}

	@Test
	void cancelsTheModelWhenCancelled() {
		TestPublisher<StreamEvent> model = TestPublisher.create();
		StepVerifier.create(this.loop.run(ScriptedProvider.of(model.flux()), REQUEST))
			.then(() -> model.next(new ContentDelta("Hel")))
			.expectNextCount(1)
			.thenCancel()
			.verify(LIMIT);
		model.assertCancelled();
	}

	@Test
	void cancelsARunningToolWhenCancelled() {
		TestPublisher<String> running = TestPublisher.create();
		ToolLoop slow = new ToolLoop(List.of(tool("slow", running.mono())), 3);
		ScriptedProvider provider = ScriptedProvider
			.of(ScriptedProvider.calls(call("c1", "slow", ToolArguments.of(Map.of()))));
		StepVerifier.create(slow.run(provider, REQUEST))
			.expectNextCount(2)
			.then(running::assertSubscribers)
			.thenCancel()
			.verify(LIMIT);
		running.assertCancelled();
	}

	private static List<ToolLoopEvent> run(ToolLoop loop, ScriptedProvider provider) {
		List<ToolLoopEvent> events = loop.run(provider, REQUEST).collectList().block(LIMIT);
		assertThat(events).isNotNull();
		return events;
	}

	private static ToolMessage lastMessage(ScriptedProvider provider) {
		return Stream.of(provider.requests().get(1).messages().get(2))
			.map(ToolMessage.class::cast)
			.findFirst()
			.orElseThrow();
	}

	private static ToolCall sum(String id, String expression) {
		return call(id, "calculator", ToolArguments.of(Map.of("expression", expression)));
	}

	private static ToolCall call(String id, String name, ToolArguments arguments) {
		return ToolCall.of(id, name, arguments);
	}

	private static Tool tool(String name, Mono<String> result) {
		return new Tool() {
			@Override
			public ToolDefinition definition() {
				return ToolDefinition.of(name, "", Map.of("type", "object"));
			}

			@Override
			public Mono<String> call(ToolArguments arguments) {
				return result;
			}
		};
	}

}
