package io.nexus3.provider.autoconfigure;

import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;

/**
 * What vendors say in the tests of the starter.
 */
final class WireAnswers {

	private static final String ANTHROPIC_BEGIN = """
			event: message_start
			data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"usage":{"input_tokens":10,"output_tokens":1}}}

			event: content_block_start
			data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

			""";

	private static final String ANTHROPIC_END = """
			event: content_block_stop
			data: {"type":"content_block_stop","index":0}

			event: message_delta
			data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5}}

			event: message_stop
			data: {"type":"message_stop"}

			""";

	private WireAnswers() {
	}

	/** Anthropic's answer in a stream: 10 tokens in, 5 out. */
	static ScriptedResponse claude() {
		return ScriptedResponse.sse(ANTHROPIC_BEGIN + ANTHROPIC_END);
	}

	/** The stream ends after its first text, without its end. */
	static ScriptedResponse claudeTruncated() {
		return ScriptedResponse.sse(ANTHROPIC_BEGIN);
	}

	/** The stream waits after its first text. */
	static ScriptedResponse claudeWaiting(Gate gate) {
		return ScriptedResponse.sse(ANTHROPIC_BEGIN).thenAwait(gate).thenWrite(ANTHROPIC_END);
	}

	/** 529 behind a status of 200. */
	static ScriptedResponse claudeOverloadedInBand() {
		return ScriptedResponse.sse("""
				event: error
				data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

				""");
	}

	/** An answer of OpenAI's format in one piece. */
	static ScriptedResponse openAi(String text) {
		return ScriptedResponse.json(200,
				"""
						{"id":"c1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}]}"""
					.formatted(text));
	}

	/** A stream of OpenAI's format that waits after its first text. */
	static ScriptedResponse openAiWaiting(String text, Gate gate) {
		return ScriptedResponse.sse().thenWrite("""
				data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}

				""".formatted(text)).thenAwait(gate).thenWrite("""
				data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

				data: [DONE]

				""");
	}

	static ScriptedResponse error(int status, String message) {
		return ScriptedResponse.json(status, "{\"error\":{\"message\":\"" + message + "\"}}");
	}

}
