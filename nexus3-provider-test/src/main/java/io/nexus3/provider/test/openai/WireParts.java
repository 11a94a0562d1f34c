package io.nexus3.provider.test.openai;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.openai.Habits.Extra;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parts that the complete and the streamed form of a reply have in common.
 */
final class WireParts {

	private static final int ARGUMENT_PIECE = 8;

	private static final double COST_PER_TOKEN = 0.000001;

	private final Habits habits;

	private final Reply reply;

	WireParts(Habits habits, Reply reply) {
		this.habits = habits;
		this.reply = reply;
	}

	boolean has(Extra extra) {
		return this.habits.deltas().extras().contains(extra);
	}

	/**
	 * The fields before the choices.
	 */
	ObjectNode envelope(String type) {
		ObjectNode root = object().put("id", this.reply.id());
		if (this.habits.names().upstream() != null) {
			root.put("provider", this.habits.names().upstream());
		}
		root.put("model", this.reply.model()).put("object", type).put("created", this.reply.created());
		if (this.habits.names().fingerprint() != null) {
			root.put("system_fingerprint", this.habits.names().fingerprint());
		}
		return root;
	}

	ObjectNode usage() {
		Reply.Tokens tokens = this.reply.tokens();
		int completion = tokens.answer() + tokens.reasoning();
		ObjectNode usage = object().put("prompt_tokens", tokens.prompt())
			.put("completion_tokens", completion)
			.put("total_tokens", tokens.prompt() + completion);
		if (this.habits.usage().cost()) {
			usage.put("cost", (tokens.prompt() + completion) * COST_PER_TOKEN).put("is_byok", false);
			usage.putObject("cost_details").putNull("upstream_inference_cost");
		}
		if (this.habits.usage().details()) {
			usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
			usage.putObject("completion_tokens_details").put("reasoning_tokens", tokens.reasoning());
		}
		return usage;
	}

	ObjectNode call(int index, String arguments) {
		Answer.Call call = this.reply.answer().calls().get(index);
		ObjectNode node = object().put("index", index)
			.put("id", this.reply.callIds().get(index))
			.put("type", "function");
		node.putObject("function").put("name", call.name()).put("arguments", arguments);
		return node;
	}

	/**
	 * Tells the end of a choice.
	 */
	void finish(ObjectNode choice) {
		choice.put("finish_reason", this.reply.finishReason());
		if (has(Extra.NATIVE_FINISH_REASON)) {
			choice.put("native_finish_reason", this.reply.finishReason());
		}
		if (has(Extra.STOP_REASON)) {
			choice.putNull("stop_reason");
		}
	}

	ObjectNode reasoningDetail() {
		return object().put("type", "reasoning.text").put("format", "anthropic-claude-v1").put("index", 0);
	}

	/**
	 * What a client has to send back unchanged with the reasoning.
	 */
	String signature() {
		return "c2lnbmVkOg/" + this.reply.id() + "==";
	}

	static ArrayNode promptFilterResults() {
		ArrayNode results = JsonNodeFactory.instance.arrayNode();
		ObjectNode filters = results.addObject().put("prompt_index", 0).putObject("content_filter_results");
		for (String filter : List.of("hate", "self_harm", "sexual", "violence")) {
			filters.putObject(filter).put("filtered", false).put("severity", "safe");
		}
		return results;
	}

	/**
	 * Cuts arguments into the pieces in which they are streamed.
	 */
	static List<String> pieces(String arguments) {
		List<String> pieces = new ArrayList<>();
		int from = 0;
		while (from < arguments.length()) {
			int codePoints = Math.min(ARGUMENT_PIECE, arguments.codePointCount(from, arguments.length()));
			int to = arguments.offsetByCodePoints(from, codePoints);
			pieces.add(arguments.substring(from, to));
			from = to;
		}
		return pieces;
	}

	static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

}
