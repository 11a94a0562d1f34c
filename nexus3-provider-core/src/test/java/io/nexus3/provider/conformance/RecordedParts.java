package io.nexus3.provider.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an answer holds that must go back unchanged, read off the recorded bytes with a
 * plain JSON reader, so that no decoder of the library is trusted.
 *
 * @param blocks the blocks of an answer in Anthropic's format, put together; none in
 * OpenAI's
 * @param calls the tool calls
 * @param secrets signatures and encrypted reasoning, joined
 */
record RecordedParts(List<JsonNode> blocks, List<Call> calls, String secrets) {

	private static final JsonMapper JSON = new JsonMapper();

	static RecordedParts of(WireCase wireCase) {
		List<JsonNode> events = events(wireCase);
		return wireCase.format().equals("anthropic") ? anthropic(events) : openAi(events);
	}

	/** The body, or the data of its events; one that is no JSON is left out. */
	private static List<JsonNode> events(WireCase wireCase) {
		String text = new String(wireCase.body(), StandardCharsets.UTF_8);
		if (!wireCase.isStream() || text.startsWith("{")) {
			return List.of(JSON.readTree(text));
		}
		List<JsonNode> events = new ArrayList<>();
		for (String line : text.split("\r\n|\r|\n")) {
			if (line.startsWith("data:")) {
				try {
					events.add(JSON.readTree(line.substring(5)));
				}
				catch (JacksonException ex) {
					// The marker at the end, such as [DONE].
				}
			}
		}
		return events;
	}

	private static RecordedParts anthropic(List<JsonNode> events) {
		Map<Integer, ObjectNode> blocks = new LinkedHashMap<>();
		for (JsonNode event : events) {
			switch (event.path("type").asString("")) {
				case "message" -> putAll(blocks, event.path("content"));
				case "message_start" -> putAll(blocks, event.path("message").path("content"));
				case "content_block_start" ->
					blocks.put(event.path("index").asInt(), (ObjectNode) event.path("content_block").deepCopy());
				case "content_block_delta" -> grow(blocks.get(event.path("index").asInt()), event.path("delta"));
				default -> {
				}
			}
		}
		List<JsonNode> all = new ArrayList<>();
		List<Call> calls = new ArrayList<>();
		StringBuilder secrets = new StringBuilder();
		for (ObjectNode block : blocks.values()) {
			JsonNode grown = block.remove("grown");
			if (grown != null && !grown.asString("").isEmpty()) {
				block.set("input", tree(grown.asString("")));
			}
			all.add(block);
			if (block.path("type").asString("").equals("tool_use")) {
				calls
					.add(new Call(block.path("id").asString(""), block.path("name").asString(""), block.path("input")));
			}
			secrets.append(block.path("signature").asString(""));
			if (block.path("type").asString("").equals("redacted_thinking")) {
				secrets.append(block.path("data").asString(""));
			}
		}
		return new RecordedParts(all, calls, secrets.toString());
	}

	private static void putAll(Map<Integer, ObjectNode> blocks, JsonNode content) {
		content.forEach((block) -> blocks.put(blocks.size(), (ObjectNode) block.deepCopy()));
	}

	private static void grow(ObjectNode block, JsonNode delta) {
		switch (delta.path("type").asString("")) {
			case "text_delta" -> append(block, "text", delta.path("text"));
			case "thinking_delta" -> append(block, "thinking", delta.path("thinking"));
			case "signature_delta" -> append(block, "signature", delta.path("signature"));
			case "input_json_delta" -> append(block, "grown", delta.path("partial_json"));
			case "compaction_delta" -> append(block, "content", delta.path("content"));
			case "citations_delta" -> {
				if (!block.path("citations").isArray()) {
					block.putArray("citations");
				}
				block.withArray("citations").add(delta.path("citation"));
			}
			default -> {
			}
		}
	}

	private static void append(ObjectNode block, String field, JsonNode text) {
		block.put(field, block.path(field).asString("") + text.asString(""));
	}

	private static RecordedParts openAi(List<JsonNode> events) {
		List<Draft> drafts = new ArrayList<>();
		StringBuilder secrets = new StringBuilder();
		for (JsonNode event : events) {
			for (JsonNode choice : event.path("choices")) {
				if (choice.path("index").asInt(0) == 0) {
					JsonNode part = choice.has("message") ? choice.path("message") : choice.path("delta");
					part.path("tool_calls").forEach((call) -> take(drafts, call));
					if (part.path("function_call").isObject()) {
						ObjectNode legacy = JSON.createObjectNode().put("index", 0);
						take(drafts, legacy.set("function", part.path("function_call")));
					}
					secrets.append(secretsOf(part));
				}
			}
		}
		List<Call> calls = drafts.stream()
			.filter((draft) -> !draft.name.isEmpty() || !draft.arguments.isEmpty())
			.map((draft) -> new Call(draft.id, draft.name, tree(draft.arguments.toString())))
			.toList();
		return new RecordedParts(List.of(), calls, secrets.toString());
	}

	/** A piece belongs to the call of its index, unless it brings another id. */
	private static void take(List<Draft> drafts, JsonNode piece) {
		String id = piece.path("id").asString("");
		int index = piece.path("index").asInt(-1);
		Draft draft = null;
		for (Draft other : drafts) {
			boolean same = (index >= 0) ? other.index == index : drafts.indexOf(other) == drafts.size() - 1;
			boolean another = !id.isEmpty() && !other.id.isEmpty() && !id.equals(other.id);
			draft = (same && !another && (index >= 0 || id.isEmpty() || id.equals(other.id))) ? other : draft;
		}
		if (draft == null) {
			draft = new Draft(index);
			drafts.add(draft);
		}
		draft.id = id.isEmpty() ? draft.id : id;
		String name = piece.path("function").path("name").asString("");
		draft.name = draft.name.isEmpty() ? name : draft.name;
		JsonNode arguments = piece.path("function").path("arguments");
		draft.arguments.append(arguments.isObject() ? arguments.toString() : arguments.asString(""));
	}

	/** The signatures and the encrypted reasoning of a message, joined. */
	static String secretsOf(JsonNode message) {
		StringBuilder secrets = new StringBuilder();
		for (JsonNode detail : message.path("reasoning_details")) {
			secrets.append(detail.path("signature").asString("")).append(detail.path("data").asString(""));
		}
		message.findValues("thought_signature").forEach((signature) -> secrets.append(signature.asString("")));
		return secrets.toString();
	}

	private static JsonNode tree(String text) {
		try {
			return JSON.readTree(text.isBlank() ? "{}" : text);
		}
		catch (JacksonException ex) {
			return JSON.getNodeFactory().stringNode(text);
		}
	}

	/**
	 * A tool call.
	 *
	 * @param id the id, empty where there was none
	 * @param name the name
	 * @param arguments the arguments as JSON, or as text where they are none
	 */
	record Call(String id, String name, JsonNode arguments) {

	}

	private static final class Draft {

		private final int index;

		private final StringBuilder arguments = new StringBuilder();

		private String id = "";

		private String name = "";

		private Draft(int index) {
			this.index = index;
		}

	}

}
