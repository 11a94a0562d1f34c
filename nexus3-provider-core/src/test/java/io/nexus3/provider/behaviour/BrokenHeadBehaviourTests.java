package io.nexus3.provider.behaviour;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BrokenHeadBehaviourTests {

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200", "HT" })
	void anAnswerThatBreaksOffInItsHeadIsALostConnectionAndRetried(String start) {
		try (Scene scene = Scene.of(Scene.retrying(1), ScriptedResponse.raw(start))) {
			ProviderException error = scene.completeError();
			assertThat(error.kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
			assertThat(error.attempts()).hasSize(2);
		}
	}

}
