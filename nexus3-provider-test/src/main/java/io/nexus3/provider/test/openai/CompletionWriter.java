package io.nexus3.provider.test.openai;

import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.openai.Habits.Extra;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a reply as one JSON body.
 */
final class CompletionWriter {

	private CompletionWriter() {
	}

	static ObjectNode write(Habits habits, Reply reply) {
		WireParts parts = new WireParts(habits, reply);
		ObjectNode root = parts.envelope("chat.completion");
		ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
		choice.set("message", message(habits, reply, parts));
		if (parts.has(Extra.LOGPROBS)) {
			choice.putNull("logprobs");
		}
		parts.finish(choice);
		if (parts.has(Extra.CONTENT_FILTER)) {
			choice.putObject("content_filter_results");
			root.set("prompt_filter_results", WireParts.promptFilterResults());
		}
		root.set("usage", parts.usage());
		return root;
	}

	private static ObjectNode message(Habits habits, Reply reply, WireParts parts) {
		Answer answer = reply.answer();
		ObjectNode message = WireParts.object().put("role", "assistant");
		boolean silent = answer.text().isEmpty() && !answer.calls().isEmpty() && !habits.deltas().callsInOnePiece();
		message.put("content", silent ? null : answer.text()).putNull("refusal");
		String reasoningField = habits.deltas().reasoningField();
		if (reasoningField != null && reply.reasoningShown() && !answer.reasoning().isEmpty()) {
			message.put(reasoningField, answer.reasoning());
			if (parts.has(Extra.REASONING_DETAILS)) {
				message.putArray("reasoning_details")
					.add(parts.reasoningDetail().put("text", answer.reasoning()).put("signature", parts.signature()));
			}
		}
		if (!answer.calls().isEmpty()) {
			ArrayNode calls = message.putArray("tool_calls");
			for (int i = 0; i < answer.calls().size(); i++) {
				ObjectNode call = parts.call(i, answer.calls().get(i).arguments().toString());
				if (!habits.deltas().callsInOnePiece()) {
					// Only Ollama numbers the calls of a complete message.
					call.remove("index");
				}
				calls.add(call);
			}
		}
		return message;
	}

}
