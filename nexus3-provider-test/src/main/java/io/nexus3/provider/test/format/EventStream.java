package io.nexus3.provider.test.format;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.model.Pace;

/**
 * Makes an answer out of the events of a stream.
 *
 * @since 0.1.0
 */
public final class EventStream {

	private EventStream() {
	}

	/**
	 * A stream with one write an event.
	 * @param events the events in order, each with its blank line
	 * @param pace how fast the model speaks
	 * @param token whether an event carries a token, and so waits for the model
	 * @return the answer
	 */
	public static ScriptedResponse of(List<String> events, Pace pace, Predicate<String> token) {
		List<BodyStep> steps = new ArrayList<>();
		Duration pause = pace.firstToken();
		for (String event : events) {
			if (token.test(event)) {
				if (!pause.isZero()) {
					steps.add(new BodyStep.Pause(pause));
				}
				pause = pace.perToken();
			}
			steps.add(new BodyStep.Write(event.getBytes(StandardCharsets.UTF_8)));
		}
		return ScriptedResponse.sse().withBody(steps);
	}

}
