package io.nexus3.provider.test.anthropic;

import java.util.List;

import io.nexus3.provider.test.anthropic.PromptCache.Input;
import io.nexus3.provider.test.model.Answer;
import org.jspecify.annotations.Nullable;

/**
 * One answer with everything that its wire form needs.
 *
 * @param id the id of the message
 * @param model the model that answered
 * @param answer what the model said
 * @param thought how its thinking is shown, or {@code null} if it did not think
 * @param callIds an id for each tool call, in their order
 * @param stopSequence the sequence that ended the text, or {@code null}
 * @param input how many tokens went in
 */
record MessageReply(String id, String model, Answer answer, @Nullable Thought thought, List<String> callIds,
		@Nullable String stopSequence, Input input) {

	String stopReason() {
		if (!this.answer.calls().isEmpty()) {
			return "tool_use";
		}
		if (this.stopSequence != null) {
			return "stop_sequence";
		}
		return this.answer.cut() ? "max_tokens" : "end_turn";
	}

	int thinkingTokens() {
		return (this.thought != null) ? Answer.tokens(this.answer.reasoning()).size() : 0;
	}

	int outputTokens() {
		int calls = this.answer.calls()
			.stream()
			.mapToInt((call) -> 1 + MessageJson.pieces(call.arguments().toString()).size())
			.sum();
		return Math.max(1, Answer.tokens(this.answer.text()).size() + calls + thinkingTokens());
	}

	/**
	 * Thinking as the caller gets to see it.
	 *
	 * @param text the text; empty if it is left out
	 * @param signature what proves it genuine, or the data where it is redacted
	 * @param redacted whether it is not to be read at all
	 */
	record Thought(String text, String signature, boolean redacted) {
	}

}
