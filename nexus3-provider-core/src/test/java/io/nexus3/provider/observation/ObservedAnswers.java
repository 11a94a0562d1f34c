package io.nexus3.provider.observation;

import io.nexus3.provider.test.http.ScriptedResponse;

/**
 * What servers say in these tests, with usage.
 */
final class ObservedAnswers {

	private ObservedAnswers() {
	}

	/** An answer of OpenAI's format that took 11 tokens in and 7 out. */
	static ScriptedResponse openAi(boolean stream) {
		return stream ? openAiStream("o", "k") : openAiJson("ok");
	}

	static ScriptedResponse openAiJson(String text) {
		return ScriptedResponse
			.json(200,
					"""
							{"id":"c1","model":"model-1-2026","choices":[{"index":0,"finish_reason":"stop",
							"message":{"role":"assistant","content":"%s"}}],
							"usage":{"prompt_tokens":11,"completion_tokens":7,
							"prompt_tokens_details":{"cached_tokens":3},"completion_tokens_details":{"reasoning_tokens":2}}}"""
						.formatted(text))
			.withHeader("x-request-id", "req-good");
	}

	static ScriptedResponse openAiStream(String... texts) {
		ScriptedResponse response = ScriptedResponse.sse().withHeader("x-request-id", "req-good");
		for (String text : texts) {
			response = response.thenWrite(openAiDelta(text));
		}
		return response.thenWrite(openAiEnd());
	}

	static String openAiDelta(String text) {
		return """
				data: {"id":"c1","model":"model-1-2026","choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}

				"""
			.formatted(text);
	}

	static String openAiEnd() {
		return """
				data: {"id":"c1","model":"model-1-2026","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

				data: {"id":"c1","model":"model-1-2026","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7}}

				data: [DONE]

				""";
	}

	static ScriptedResponse rateLimit() {
		return ScriptedResponse.json(429, "{\"error\":{\"message\":\"slow down\",\"type\":\"requests\"}}")
			.withHeader("x-request-id", "req-limited");
	}

	/** The start of a stream of Anthropic's format: 25 tokens in, 1 out so far. */
	static String anthropicStart() {
		return """
				event: message_start
				data: {"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"usage":{"input_tokens":25,"output_tokens":1}}}

				""";
	}

	static String anthropicDelta(String text) {
		return """
				event: content_block_start
				data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

				event: content_block_delta
				data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"%s"}}

				""".formatted(text);
	}

	static String anthropicEnd() {
		return """
				event: content_block_stop
				data: {"type":"content_block_stop","index":0}

				event: message_delta
				data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}

				event: message_stop
				data: {"type":"message_stop"}

				""";
	}

	static String anthropicOverload() {
		return """
				event: error
				data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

				""";
	}

	static ScriptedResponse anthropicStream() {
		return ScriptedResponse.sse(anthropicStart() + anthropicDelta("ok") + anthropicEnd());
	}

}
