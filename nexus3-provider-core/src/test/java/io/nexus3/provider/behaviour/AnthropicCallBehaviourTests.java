package io.nexus3.provider.behaviour;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls to a server of Anthropic's format, over the wire.
 */
class AnthropicCallBehaviourTests {

	private static final UnaryOperator<ProviderConfig> ANTHROPIC = (config) -> new ProviderConfig(config.name(),
			"anthropic", config.endpoint(), config.access(), config.calls(), config.connections());

	private static final String START = event("message_start",
			"\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\","
					+ "\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}");

	private static final String BLOCK = event("content_block_start",
			"\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");

	private static final String END = event("content_block_stop", "\"index\":0")
			+ event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":5}")
			+ event("message_stop", "");

	private static final String OVERLOADED = event("error",
			"\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}");

	private static final String JSON = "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
			+ "\"model\":\"claude\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}],"
			+ "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":3,\"output_tokens\":5}}";

	@Test
	@DisplayName("14, 53: the request goes to /v1/messages and its stream is a message")
	void streamsAMessage() {
		try (Scene scene = Scene.of(ANTHROPIC, ScriptedResponse.sse(START + BLOCK + text("Hello") + END))) {
			assertThat(scene.stream()).isEqualTo("Hello");
			assertThat(scene.server.requests().get(0).path()).isEqualTo("/v1/messages");
			assertThat(scene.server.requests().get(0).header("x-api-key")).isEqualTo(Scene.KEY);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("46: an empty answer is retried and may recover")
	void retriesAnEmptyAnswer(boolean stream) {
		try (Scene scene = Scene.of(ANTHROPIC, ScriptedResponse.sse(), ScriptedResponse.json(200, JSON))) {
			assertThat(scene.call(stream)).isEqualTo("Hello");
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("46: a stream of pings alone is retried, then a typed error")
	void failsAfterPingsAlone(boolean stream) {
		try (Scene scene = Scene.of((config) -> ANTHROPIC.apply(config).withRetry(Scene.retries(1)),
				ScriptedResponse.sse(event("ping", "")))) {
			assertThat(scene.error(stream).kind()).isEqualTo(ErrorKind.EMPTY_RESPONSE);
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("54: an overload event before the commit point is retried")
	void retriesAnOverload(boolean stream) {
		try (Scene scene = Scene.of(ANTHROPIC, ScriptedResponse.sse(START + OVERLOADED),
				ScriptedResponse.sse(START + BLOCK + text("Hello") + END))) {
			assertThat(scene.call(stream)).isEqualTo("Hello");
			assertThat(scene.requests()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("54: an overload event after text delivers the text, then a typed retryable error")
	void failsWithAnOverloadAfterText() {
		try (Scene scene = Scene.of(ANTHROPIC, ScriptedResponse.sse(START + BLOCK + text("He") + OVERLOADED))) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.text()).isEqualTo("He");
			ProviderException error = streamed.error();
			assertThat(error.kind()).isEqualTo(ErrorKind.OVERLOADED);
			assertThat(error.retryable()).isTrue();
			assertThat(error).hasMessageContaining("Overloaded");
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("57: a stream cut inside a call ends with a typed error that holds the call as unresolved")
	void reportsACutCall() {
		String call = event("content_block_start",
				"\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"look\",\"input\":{}}")
				+ event("content_block_delta",
						"\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\"}");
		try (Scene scene = Scene.of(ANTHROPIC, ScriptedResponse.sse(START + call))) {
			ProviderException error = scene.streamed().error();
			assertThat(error.kind()).isEqualTo(ErrorKind.INTERRUPTED);
			AssistantMessage partial = error.partialMessage();
			assertThat(partial).isNotNull();
			assertThat(partial.toolCalls()).singleElement()
				.satisfies((cut) -> assertThat(cut.arguments().valid()).isFalse());
		}
	}

	@Test
	@DisplayName("58: a JSON answer to a stream is a complete answer, and a stream to complete() too")
	void readsWhatComes() {
		try (Scene scene = Scene.of(ANTHROPIC, ScriptedResponse.json(200, JSON),
				ScriptedResponse.sse(START + BLOCK + text("Hello") + END))) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.error()).isNull();
			assertThat(streamed.completed()).isTrue();
			assertThat(streamed.text()).isEqualTo("Hello");
			assertThat(scene.complete().text()).isEqualTo("Hello");
		}
	}

	@Test
	@DisplayName("59: a cancelled stream closes its connection and logs no error")
	void closesTheConnectionOfACancelledStream() throws Exception {
		Gate never = new Gate();
		try (Scene scene = Scene.of(ANTHROPIC, ScriptedResponse.sse(START + BLOCK + text("He")).thenAwait(never));
				LogCapture log = new LogCapture()) {
			assertThat(scene.provider.stream("Hi").take(1).collectList().block(Scene.WATCHDOG)).hasSize(1);
			scene.server.exchanges().get(0).closedByClient().get(20, TimeUnit.SECONDS);
			scene.trace.ended.get(20, TimeUnit.SECONDS);
			assertThat(log.atLeast(Level.WARN)).isEmpty();
		}
	}

	@Test
	@DisplayName("60: a signature that came over the wire goes back over the wire")
	void sendsTheSignatureBack() {
		String thinking = event("content_block_start",
				"\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
				+ event("content_block_delta",
						"\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}")
				+ event("content_block_delta",
						"\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"EqQB+/==\"}");
		try (Scene scene = Scene.of(ANTHROPIC, ScriptedResponse.sse(START + thinking + END),
				ScriptedResponse.json(200, JSON))) {
			AssistantMessage first = scene.complete();
			assertThat(first.parts()).singleElement().isInstanceOf(ReasoningPart.class);
			scene.provider.complete(List.of(UserMessage.of("Hi"), first, UserMessage.of("Go on")))
				.block(Scene.WATCHDOG);
			assertThat(scene.server.requests().get(1).bodyText())
				.contains("{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"EqQB+/==\"}");
		}
	}

	private static String text(String text) {
		return event("content_block_delta",
				"\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
	}

	private static String event(String type, String fields) {
		return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (fields.isEmpty() ? "" : "," + fields)
				+ "}\n\n";
	}

}
