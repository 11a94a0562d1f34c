package io.nexus3.provider.test.openai;

import java.util.List;

import io.nexus3.provider.test.model.Answer;

/**
 * One answer with everything that its wire form needs besides the server's habits.
 *
 * @param id the id of the answer
 * @param created when it was made, in seconds since 1970
 * @param model the model that answered
 * @param answer what the model said
 * @param callIds an id for each tool call, in their order
 * @param tokens how many tokens went in and out
 * @param reasoningShown whether the caller wants to see the reasoning
 */
record Reply(String id, long created, String model, Answer answer, List<String> callIds, Tokens tokens,
		boolean reasoningShown) {

	String finishReason() {
		if (!this.answer.calls().isEmpty()) {
			return "tool_calls";
		}
		return this.answer.cut() ? "length" : "stop";
	}

	/**
	 * Numbers of tokens, a token being a word or a piece of arguments.
	 *
	 * @param prompt those of the request
	 * @param answer those of text and calls
	 * @param reasoning those of the reasoning
	 */
	record Tokens(int prompt, int answer, int reasoning) {
	}

}
