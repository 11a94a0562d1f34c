package io.nexus3.provider.fault;

import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;

/**
 * What servers of the two formats say, so that a row is written once for both. The texts
 * of events are taken as they are: no quotes in them.
 */
enum FaultFormat {

	/** OpenAI's chat completions. */
	OPENAI("openai",
			"""
					{"id":"c1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}]}""",
			"""
					data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

					""",
			"""
					data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}

					""", """
					data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

					""", """
					data: [DONE]

					""", """
					data: {"error":{"message":"%2$s","type":"%1$s","code":"%1$s"}}

					""", """
					{"error":{"message":"%2$s","type":"%1$s","code":"%1$s"}}"""),

	/** Anthropic's messages. */
	ANTHROPIC("anthropic",
			"""
					{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"%s"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}""",
			"""
					event: message_start
					data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}

					event: content_block_start
					data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

					""",
			"""
					event: content_block_delta
					data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"%s"}}

					""",
			"""
					event: content_block_stop
					data: {"type":"content_block_stop","index":0}

					event: message_delta
					data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":2}}

					""",
			"""
					event: message_stop
					data: {"type":"message_stop"}

					""", """
					event: error
					data: {"type":"error","error":{"type":"%1$s","message":"%2$s"}}

					""", """
					{"type":"error","error":{"type":"%1$s","message":"%2$s"},"request_id":"req_1"}""");

	/** The provider type that speaks it. */
	final String type;

	/** What opens a stream and is no model event. */
	final String opening;

	/** What says why the model stopped. */
	final String stop;

	/** The terminal marker. */
	final String done;

	private final String json;

	private final String delta;

	private final String errorEvent;

	private final String errorBody;

	FaultFormat(String type, String json, String opening, String delta, String stop, String done, String errorEvent,
			String errorBody) {
		this.type = type;
		this.json = json;
		this.opening = opening;
		this.delta = delta;
		this.stop = stop;
		this.done = done;
		this.errorEvent = errorEvent;
		this.errorBody = errorBody;
	}

	/** An answer in one piece. */
	String json(String text) {
		return this.json.formatted(text);
	}

	/** One model event of a stream. */
	String delta(String text) {
		return this.delta.formatted(text);
	}

	/** A whole stream, one event for each text. */
	String sse(String... texts) {
		return start(texts) + this.stop + this.done;
	}

	/** The beginning of a stream, one event for each text. */
	String start(String... texts) {
		StringBuilder stream = new StringBuilder(this.opening);
		for (String text : texts) {
			stream.append(delta(text));
		}
		return stream.toString();
	}

	/** An error in a stream. */
	String errorEvent(String type, String message) {
		return this.errorEvent.formatted(type, message);
	}

	/** The body of an error. */
	String errorBody(String type, String message) {
		return this.errorBody.formatted(type, message);
	}

	/** A good answer to a call in either mode. */
	ScriptedResponse good(boolean stream, String text) {
		return stream ? ScriptedResponse.sse(sse(text)) : ScriptedResponse.json(200, json(text));
	}

	/** A refusal. */
	ScriptedResponse refusal(int status, String type, String message) {
		return ScriptedResponse.json(status, errorBody(type, message));
	}

	/**
	 * A server with these answers, the last one repeated, and a provider of this format.
	 */
	Scene scene(UnaryOperator<ProviderConfig> settings, ScriptedResponse... answers) {
		return scene(settings, CallClock.system(), (request) -> answers[Math.min(request.order(), answers.length - 1)]);
	}

	Scene scene(UnaryOperator<ProviderConfig> settings, CallClock clock,
			Function<ReceivedRequest, ScriptedResponse> handler) {
		return Scene.answering(this.type, settings, clock, handler);
	}

}
