package io.nexus3.provider.test.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.test.anthropic.MessageReply.Thought;
import io.nexus3.provider.test.anthropic.PromptCache.Input;
import io.nexus3.provider.test.model.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parts of an answer as JSON, and the answer as one body.
 */
final class MessageJson {

	private static final int PIECE = 8;

	private MessageJson() {
	}

	/**
	 * The whole answer.
	 */
	static ObjectNode message(MessageReply reply) {
		ObjectNode message = envelope(reply);
		ArrayNode content = message.putArray("content");
		if (reply.thought() != null) {
			content.add(thought(reply.thought()));
		}
		if (!reply.answer().text().isEmpty()) {
			content.add(object().put("type", "text").put("text", reply.answer().text()));
		}
		List<Answer.Call> calls = reply.answer().calls();
		for (int i = 0; i < calls.size(); i++) {
			ObjectNode block = call(reply, i);
			block.set("input", calls.get(i).arguments());
			content.add(block);
		}
		message.put("stop_reason", reply.stopReason()).put("stop_sequence", reply.stopSequence());
		message.set("usage", usage(reply, reply.outputTokens()));
		return message;
	}

	/** What stands before the content. */
	static ObjectNode envelope(MessageReply reply) {
		return object().put("model", reply.model())
			.put("id", reply.id())
			.put("type", "message")
			.put("role", "assistant");
	}

	static ObjectNode thought(Thought thought) {
		if (thought.redacted()) {
			return object().put("type", "redacted_thinking").put("data", thought.signature());
		}
		return object().put("type", "thinking").put("thinking", thought.text()).put("signature", thought.signature());
	}

	/** A call with empty input. */
	static ObjectNode call(MessageReply reply, int index) {
		ObjectNode block = object().put("type", "tool_use")
			.put("id", reply.callIds().get(index))
			.put("name", reply.answer().calls().get(index).name());
		block.putObject("input");
		return block;
	}

	static ObjectNode usage(MessageReply reply, int output) {
		Input input = reply.input();
		ObjectNode usage = object().put("input_tokens", input.plain())
			.put("cache_creation_input_tokens", input.written())
			.put("cache_read_input_tokens", input.read());
		usage.putObject("cache_creation")
			.put("ephemeral_5m_input_tokens", input.written())
			.put("ephemeral_1h_input_tokens", 0);
		usage.put("output_tokens", output);
		usage.putObject("output_tokens_details").put("thinking_tokens", reply.thinkingTokens());
		return usage.put("service_tier", "standard");
	}

	/**
	 * Cuts the input of a call as it is streamed: after each of its properties, or
	 * anywhere where the caller cannot wait.
	 */
	static List<String> fragments(JsonNode input, boolean fine) {
		if (fine || input.isEmpty()) {
			return pieces(input.isEmpty() ? "" : input.toString());
		}
		List<String> fragments = new ArrayList<>();
		String before = "{";
		for (Map.Entry<String, JsonNode> property : input.properties()) {
			String name = JsonNodeFactory.instance.stringNode(property.getKey()).toString();
			fragments.add(before + name + ": " + property.getValue());
			before = ", ";
		}
		fragments.add("}");
		return fragments;
	}

	static List<String> pieces(String text) {
		List<String> pieces = new ArrayList<>();
		int from = 0;
		while (from < text.length()) {
			int codePoints = Math.min(PIECE, text.codePointCount(from, text.length()));
			int to = text.offsetByCodePoints(from, codePoints);
			pieces.add(text.substring(from, to));
			from = to;
		}
		return pieces;
	}

	static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

}
