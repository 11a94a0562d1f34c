package io.nexus3.provider.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.nexus3.provider.load.CheckedCall.Outcome;
import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What finds faults must find them.
 */
class CheckedCallTests {

	private static final NumberedCall CALL = new NumberedCall(7, 5);

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void acceptsAWholeAnswerOfEitherFormat(boolean stream) {
		try (ScriptedServer server = ScriptedServer.start((request) -> NumberedCall.of(request).answer(request));
				LoadScene scene = new LoadScene(server.baseUrl(), (config) -> config)) {
			assertThat(CheckedCall.make(CALL, scene.open(), stream).block(LoadScene.WATCHDOG).success()).isTrue();
			assertThat(CheckedCall.make(CALL, scene.claude(), stream).block(LoadScene.WATCHDOG).success()).isTrue();
		}
	}

	@Test
	void findsALostEvent() {
		assertThat(outcome((steps) -> steps.remove(2)).fault()).startsWith("the message is");
	}

	@Test
	void findsADoubledEvent() {
		assertThat(outcome((steps) -> steps.add(2, steps.get(2))).fault()).startsWith("the message is");
	}

	@Test
	void findsEventsInAnotherOrder() {
		assertThat(outcome((steps) -> Collections.swap(steps, 1, 2)).fault()).startsWith("the message is");
	}

	@Test
	void findsAnEventOfAnotherCall() {
		BodyStep foreign = new NumberedCall(8, 5).gatedStream(0, new Gate()).body().get(1);
		assertThat(outcome((steps) -> steps.set(0, foreign)).fault()).startsWith("the message is");
	}

	@Test
	void acceptsATrueBeginningBeforeAnError() {
		Outcome outcome = outcome((steps) -> steps.remove(steps.size() - 1));
		assertThat(outcome.name()).isEqualTo("INTERRUPTED");
		assertThat(outcome.fault()).isNull();
	}

	@Test
	void findsAFalseBeginningBeforeAnError() {
		Outcome outcome = outcome((steps) -> {
			steps.remove(0);
			steps.remove(steps.size() - 1);
		});
		assertThat(outcome.name()).isEqualTo("INTERRUPTED");
		assertThat(outcome.fault()).startsWith("the events before the error are");
	}

	private static Outcome outcome(Consumer<List<BodyStep>> change) {
		try (QuietNetwork quiet = new QuietNetwork(); ScriptedServer server = ScriptedServer.start((request) -> {
			ScriptedResponse answer = NumberedCall.of(request).answer(request);
			List<BodyStep> steps = new ArrayList<>(answer.body());
			change.accept(steps);
			return answer.withBody(steps).withEnding(Ending.CLOSE);
		}); LoadScene scene = new LoadScene(server.baseUrl(), (config) -> config)) {
			assertThat(quiet.errors()).isEmpty();
			return CheckedCall.make(CALL, scene.open(), true).block(LoadScene.WATCHDOG);
		}
	}

}
