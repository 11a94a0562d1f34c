package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StaleConnectionBehaviourTests {

	/** The second request of a connection meets a server that has hung up. */
	private static ScriptedResponse staleAfterOne(ReceivedRequest request, ScriptedResponse answer) {
		return (request.orderOnConnection() == 0) ? answer : ScriptedResponse.noAnswer(Ending.CLOSE);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("21: a stale connection costs one further request at once")
	void recoversFromAStaleConnection(boolean stream) {
		try (Scene scene = Scene.answering(Scene.pooled(1, 1), CallClock.system(),
				(request) -> staleAfterOne(request, ServedAnswers.either(stream, "ok")))) {
			assertThat(scene.call(stream)).isEqualTo("ok");
			assertThat(scene.call(stream)).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(3);
			assertThat(scene.server.acceptedConnections()).isEqualTo(2);
			assertThat(scene.trace.delays).containsExactly(Duration.ZERO);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("21: without retries a stale connection is one request and a typed error")
	void reportsAStaleConnectionWithoutRetries(boolean stream) {
		try (Scene scene = Scene.answering(Scene.pooled(0, 1), CallClock.system(),
				(request) -> staleAfterOne(request, ServedAnswers.either(stream, "ok")))) {
			scene.call(stream);
			assertThat(scene.error(stream).kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("22: recovering from a stale connection leaves other streams alone")
	void leavesOtherStreamsAlone() throws Exception {
		Gate gate = new Gate();
		ScriptedResponse slow = ScriptedResponse.sse(ServedAnswers.delta("slow"))
			.thenAwait(gate)
			.thenWrite(ServedAnswers.stop() + ServedAnswers.DONE);
		try (Scene scene = Scene.answering(Scene.pooled(1, 2), CallClock.system(),
				(request) -> (request.order() == 0) ? slow : staleAfterOne(request, ServedAnswers.stream("ok")))) {
			List<StreamEvent> events = new ArrayList<>();
			CountDownLatch ended = new CountDownLatch(1);
			scene.provider.stream("Hi").doFinally((signal) -> ended.countDown()).subscribe(events::add);
			gate.reached().get(5, TimeUnit.SECONDS);
			assertThat(scene.stream()).isEqualTo("ok");
			assertThat(scene.stream()).isEqualTo("ok");
			gate.open();
			assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
			assertThat(Scene.text(events)).isEqualTo("slow");
			assertThat(events).hasSize(2);
		}
	}

}
