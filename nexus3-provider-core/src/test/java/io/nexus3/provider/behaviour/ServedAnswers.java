package io.nexus3.provider.behaviour;

import io.nexus3.provider.test.http.ScriptedResponse;

/**
 * What servers of the OpenAI format say in these tests.
 */
final class ServedAnswers {

	static final String DONE = "data: [DONE]\n\n";

	private ServedAnswers() {
	}

	static ScriptedResponse json(String text) {
		return ScriptedResponse.json(200,
				"""
						{"id":"c1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}]}"""
					.formatted(text));
	}

	static ScriptedResponse stream(String... texts) {
		ScriptedResponse response = ScriptedResponse.sse();
		for (String text : texts) {
			response = response.thenWrite(delta(text));
		}
		return response.thenWrite(stop() + DONE);
	}

	/** The answer to a call in either mode. */
	static ScriptedResponse either(boolean stream, String text) {
		return stream ? stream(text) : json(text);
	}

	static String delta(String text) {
		return """
				data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}

				""".formatted(text);
	}

	static String stop() {
		return """
				data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

				""";
	}

	static ScriptedResponse error(int status, String message) {
		return ScriptedResponse.json(status, "{\"error\":{\"message\":\"" + message + "\"}}");
	}

}
