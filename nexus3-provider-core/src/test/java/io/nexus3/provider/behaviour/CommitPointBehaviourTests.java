package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class CommitPointBehaviourTests {

	private static final String ERROR_EVENT = "data: {\"error\":{\"message\":\"upstream fell over\",\"code\":502}}\n\n";

	@ParameterizedTest
	@EnumSource(value = Ending.class, names = { "CLOSE", "RESET" })
	@DisplayName("23: a loss before the first event says that nothing was received")
	void saysThatNothingWasReceived(Ending ending) {
		ScriptedResponse cut = ScriptedResponse.sse(": hello\n\n").thenPause(Duration.ofMillis(100)).withEnding(ending);
		try (Scene scene = Scene.of(Scene.retrying(1), cut)) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.error()).hasMessageContaining("before any data was received");
			assertThat(streamed.error().partialOutput()).isFalse();
			assertThat(streamed.error().partialMessage()).isNull();
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource(value = Ending.class, names = { "CLOSE", "RESET" })
	@DisplayName("23: a loss after text delivers the text, then an error with the partial message, and no retry")
	void deliversTextBeforeTheError(Ending ending) {
		ScriptedResponse cut = ScriptedResponse.sse(ServedAnswers.delta("He"))
			.thenPause(Duration.ofMillis(200))
			.withEnding(ending);
		try (Scene scene = Scene.of(cut)) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.text()).isEqualTo("He");
			assertThat(streamed.completed()).isFalse();
			ProviderException error = streamed.error();
			assertThat(error.kind()).isEqualTo(ErrorKind.INTERRUPTED);
			assertThat(error).hasMessageContaining("Partial output may have been displayed");
			assertThat(error.partialOutput()).isTrue();
			assertThat(error.partialMessage().text()).isEqualTo("He");
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("23: a clean end without marker or reason delivers the text, then an error")
	void reportsATruncatedStream() {
		try (Scene scene = Scene.of(ScriptedResponse.sse(ServedAnswers.delta("Hel") + ServedAnswers.delta("lo")))) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.text()).isEqualTo("Hello");
			assertThat(streamed.error().kind()).isEqualTo(ErrorKind.INTERRUPTED);
			assertThat(streamed.error().partialMessage().text()).isEqualTo("Hello");
		}
	}

	@Test
	@DisplayName("23: a last event without its blank line is delivered before the error of the end")
	void deliversTheLastEventBeforeTheError() {
		try (Scene scene = Scene
			.of(ScriptedResponse.sse(ServedAnswers.delta("He") + ServedAnswers.delta("llo").strip()))) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.text()).isEqualTo("Hello");
			assertThat(streamed.error().kind()).isEqualTo(ErrorKind.INTERRUPTED);
		}
	}

	@Test
	@DisplayName("23: a loss after the finish reason loses nothing")
	void completesWhenOnlyTheMarkerIsLost() {
		ScriptedResponse cut = ScriptedResponse.sse(ServedAnswers.delta("Hello") + ServedAnswers.stop())
			.thenPause(Duration.ofMillis(100))
			.withEnding(Ending.CLOSE);
		try (Scene scene = Scene.of(cut)) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.error()).isNull();
			assertThat(streamed.completed()).isTrue();
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("54: an error event after text delivers the text, then the provider's words")
	void deliversTextBeforeAnErrorEvent() {
		ScriptedResponse failing = ScriptedResponse.sse(ServedAnswers.delta("He"))
			.thenPause(Duration.ofMillis(100))
			.thenWrite(ERROR_EVENT);
		assertTextThenError(failing);
	}

	@Test
	@DisplayName("54: an error event in the same packet as text delivers the text all the same")
	void deliversTextOfTheSamePacket() {
		assertTextThenError(ScriptedResponse.sse(ServedAnswers.delta("He") + ERROR_EVENT));
	}

	private static void assertTextThenError(ScriptedResponse failing) {
		try (Scene scene = Scene.of(failing, ServedAnswers.stream("again"))) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.text()).isEqualTo("He");
			assertThat(streamed.error()).hasMessageContaining("upstream fell over");
			assertThat(streamed.error().partialMessage().text()).isEqualTo("He");
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("54: malformed JSON in the same packet as text delivers the text, then a typed error")
	void deliversTextBeforeMalformedJson() {
		try (Scene scene = Scene.of(ScriptedResponse.sse(ServedAnswers.delta("He") + "data: {oops\n\n"))) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.text()).isEqualTo("He");
			assertThat(streamed.error().kind()).isEqualTo(ErrorKind.PROTOCOL);
		}
	}

	@Test
	@DisplayName("54: an error as the first event is retried")
	void retriesAnErrorInTheFirstEvent() {
		try (Scene scene = Scene.of(ScriptedResponse.sse(ERROR_EVENT), ServedAnswers.stream("ok"))) {
			assertThat(scene.stream()).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("54: an event that nobody has taken yet is no reason against a retry of complete()")
	void retriesWholeAnswersAfterTheirFirstEvent() {
		try (Scene scene = Scene.of(ScriptedResponse.sse(ServedAnswers.delta("He") + ERROR_EVENT),
				ServedAnswers.json("ok"))) {
			assertThat(scene.complete().text()).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("58: a JSON answer to a stream is a complete answer")
	void readsJsonWhereAStreamWasAsked() {
		try (Scene scene = Scene.of(ServedAnswers.json("Hello"))) {
			StepVerifier.create(scene.provider.stream("Hi"))
				.expectNext(new ContentDelta("Hello"))
				.expectNextMatches((event) -> event instanceof StreamComplete complete
						&& complete.message().text().equals("Hello"))
				.expectComplete()
				.verify(Scene.WATCHDOG);
		}
	}

	@Test
	@DisplayName("58: a JSON answer without a choice to a stream is a typed error")
	void refusesJsonWithoutAnAnswer() {
		try (Scene scene = Scene.of(ScriptedResponse.json(200, "{\"choices\":[]}"))) {
			assertThat(scene.streamed().error()).isNotNull();
			assertThat(scene.streamed().completed()).isFalse();
		}
	}

	@Test
	@DisplayName("47: a slow subscriber loses nothing")
	void givesASlowSubscriberEverything() {
		String[] texts = new String[300];
		Arrays.setAll(texts, (i) -> "t" + i + ";");
		try (Scene scene = Scene.of(ServedAnswers.stream(texts))) {
			List<String> received = new ArrayList<>();
			StepVerifier.Step<StreamEvent> steps = StepVerifier.create(scene.provider.stream("Hi"), 0);
			for (int i = 0; i < texts.length; i++) {
				steps = steps.thenRequest(1).consumeNextWith((event) -> received.add(((ContentDelta) event).text()));
			}
			steps.thenRequest(1)
				.expectNextMatches(StreamComplete.class::isInstance)
				.expectComplete()
				.verify(Scene.WATCHDOG);
			assertThat(received).containsExactly(texts);
		}
	}

	@Test
	@DisplayName("47: each subscriber is a call of its own")
	void callsAnewForEachSubscriber() {
		try (Scene scene = Scene.of(ServedAnswers.json("one"), ServedAnswers.json("two"))) {
			var call = scene.provider.complete("Hi");
			assertThat(scene.requests()).isZero();
			assertThat(call.block(Scene.WATCHDOG).text()).isEqualTo("one");
			assertThat(call.block(Scene.WATCHDOG).text()).isEqualTo("two");
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("47: [DONE] completes at once though the body stays open, and the connection is given up")
	void doesNotWaitForTheEndOfTheBody() throws Exception {
		Gate gate = new Gate();
		ScriptedResponse open = ScriptedResponse
			.sse(ServedAnswers.delta("Hello") + ServedAnswers.stop() + ServedAnswers.DONE)
			.thenAwait(gate);
		try (Scene scene = Scene.of(open, ServedAnswers.stream("next"))) {
			assertThat(scene.stream()).isEqualTo("Hello");
			assertThat(scene.stream()).isEqualTo("next");
			scene.server.exchanges().get(0).closedByClient().get(3, TimeUnit.SECONDS);
			assertThat(scene.trace.steps).filteredOn((step) -> step.startsWith("ended")).hasSize(2);
		}
	}

	@Test
	@DisplayName("47: the connection is used again when the body ends after [DONE]")
	void keepsTheConnectionAfterTheEnd() {
		try (Scene scene = Scene.of(ServedAnswers.stream("one"))) {
			for (int i = 0; i < 10; i++) {
				assertThat(scene.stream()).isEqualTo("one");
			}
			// A call may begin before the connection of the last one is back.
			assertThat(scene.server.acceptedConnections()).isLessThanOrEqualTo(5);
		}
	}

	@Test
	@DisplayName("47: nothing is lost when events are asked for one by one from other threads")
	void losesNothingBetweenThreads() {
		List<ScriptedResponse> answers = List.of(ServedAnswers.stream("a", "b", "c", "d"), ServedAnswers.json("abcd"),
				ScriptedResponse
					.sse(ServedAnswers.delta("ab") + ServedAnswers.delta("cd") + ServedAnswers.stop().strip()),
				ScriptedResponse.sse(ServedAnswers.delta("abcd") + ServedAnswers.stop()));
		try (Scene scene = Scene.answering(Scene.retrying(0), CallClock.system(),
				(request) -> answers.get(request.order() % answers.size()))) {
			List<String> texts = Flux.range(0, 1500)
				.flatMap((i) -> scene.provider.stream("Hi")
					.publishOn(Schedulers.parallel(), 1)
					.collectList()
					.map(Scene::text), 16)
				.collectList()
				.block(Duration.ofSeconds(60));
			assertThat(texts).hasSize(1500).containsOnly("abcd");
		}
	}

}
