package io.nexus3.provider.test.anthropic;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * What the vendor refuses about single blocks of content: type, place, fields and their
 * form. Blocks of the vendor's own tools are only looked at for their partners.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Anthropic, create a
 * message</a>
 */
final class BlockRules {

	private static final String ID_PATTERN = "^[a-zA-Z0-9_-]+$";

	private static final Pattern ID = Pattern.compile(ID_PATTERN);

	private static final Map<String, Set<String>> FIELDS = Map.of("text",
			Set.of("type", "text", "citations", "cache_control"), "image", Set.of("type", "source", "cache_control"),
			"document", Set.of("type", "source", "title", "context", "citations", "cache_control"), "tool_use",
			Set.of("type", "id", "name", "input", "cache_control", "caller"), "tool_result",
			Set.of("type", "tool_use_id", "content", "is_error", "cache_control"), "thinking",
			Set.of("type", "thinking", "signature"), "redacted_thinking", Set.of("type", "data"));

	private static final Set<String> OF_ASSISTANT = Set.of("thinking", "redacted_thinking", "tool_use",
			"server_tool_use", "mcp_tool_use", "mcp_tool_result", "web_search_tool_result", "web_fetch_tool_result",
			"code_execution_tool_result", "bash_code_execution_tool_result", "text_editor_code_execution_tool_result",
			"tool_search_tool_result", "advisor_tool_result", "compaction", "fallback");

	private static final Set<String> OF_USER = Set.of("tool_result", "image", "document", "search_result",
			"container_upload");

	private static final Set<String> SOURCES = Set.of("base64", "url", "file", "text", "content");

	private final SignatureCheck signatures;

	private final Complaints complaints;

	BlockRules(SignatureCheck signatures, Complaints complaints) {
		this.signatures = signatures;
		this.complaints = complaints;
	}

	/**
	 * Looks at the blocks of a message.
	 * @param path the place of the message, such as {@code messages.0}
	 */
	void check(JsonNode content, String role, String path) {
		Set<String> serverCalls = new HashSet<>();
		for (int i = 0; content.isArray() && i < content.size(); i++) {
			JsonNode block = content.path(i);
			String type = block.path("type").asString("");
			String place = path + ".content." + i;
			checkPlace(type, role, path, place);
			checkBlock(block, type, place + "." + type);
			checkPartner(block, type, serverCalls, place);
		}
	}

	private void checkPlace(String type, String role, String path, String place) {
		boolean assistant = OF_ASSISTANT.contains(type);
		boolean user = OF_USER.contains(type);
		if (!assistant && !user && !type.equals("text")) {
			Set<String> known = new HashSet<>(OF_ASSISTANT);
			known.addAll(OF_USER);
			known.add("text");
			this.complaints.addUnknownTag(place, type, known, Pages.MESSAGES);
		}
		else if (assistant && role.equals("user")) {
			this.complaints.add("%s: `%s` blocks can only be in `assistant` messages".formatted(path, type),
					Pages.MESSAGES);
		}
		else if (user && role.equals("assistant")) {
			this.complaints.add("%s: `%s` blocks can only be in `user` messages".formatted(path, type), Pages.MESSAGES);
		}
	}

	private void checkBlock(JsonNode block, String type, String path) {
		Set<String> fields = FIELDS.get(type);
		if (fields == null) {
			return;
		}
		this.complaints.checkFields(block, fields, path + ".", Pages.MESSAGES);
		switch (type) {
			case "text" -> checkText(block.path("text"), path);
			case "tool_use" -> checkCall(block, path);
			case "tool_result" -> checkResult(block, path);
			case "thinking" -> checkThinking(block, path);
			case "redacted_thinking" -> checkRedacted(block.path("data"), path);
			default -> checkSource(block.path("source"), path);
		}
	}

	private void checkText(JsonNode text, String path) {
		if (!text.isString()) {
			this.complaints.add(path + ".text: Field required", Pages.MESSAGES);
		}
		else if (text.asString("").isBlank()) {
			this.complaints.add(text.asString("").isEmpty() ? "messages: text content blocks must be non-empty"
					: "messages: text content blocks must contain non-whitespace text", Pages.MESSAGES);
		}
	}

	private void checkCall(JsonNode block, String path) {
		checkId(block.path("id"), path + ".id");
		if (!ToolRules.NAME.matcher(block.path("name").asString("")).matches()) {
			this.complaints.add(path + ".name: String should match pattern '" + ToolRules.NAME_PATTERN + "'",
					Pages.TOOLS);
		}
		if (!block.path("input").isObject()) {
			this.complaints.add(path + ".input: Input should be a valid dictionary", Pages.TOOLS);
		}
	}

	private void checkId(JsonNode id, String path) {
		if (!ID.matcher(id.asString("")).matches()) {
			this.complaints.add(
					path + (id.isString() ? ": String should match pattern '" + ID_PATTERN + "'" : ": Field required"),
					Pages.RESULTS);
		}
	}

	private void checkResult(JsonNode block, String path) {
		checkId(block.path("tool_use_id"), path + ".tool_use_id");
		JsonNode content = block.path("content");
		if (!content.isMissingNode() && !content.isString() && !content.isArray()) {
			this.complaints.add(path + ".content: Input should be a valid list", Pages.RESULTS);
		}
		for (int i = 0; content.isArray() && i < content.size(); i++) {
			String type = content.path(i).path("type").asString("");
			checkBlock(content.path(i), type, path + ".content." + i + "." + type);
		}
	}

	private void checkThinking(JsonNode block, String path) {
		JsonNode signature = block.path("signature");
		if (!block.path("thinking").isString()) {
			this.complaints.add(path + ".thinking: Field required", Pages.THINKING);
		}
		if (!signature.isString()) {
			this.complaints.add(path + ".signature: Field required", Pages.THINKING);
		}
		else if (!this.signatures.signed(block.path("thinking").asString(""), signature.asString(""))) {
			this.complaints.add(place(path) + ": Invalid `signature` in `thinking` block", Pages.THINKING);
		}
	}

	private void checkRedacted(JsonNode data, String path) {
		if (!data.isString()) {
			this.complaints.add(path + ".data: Field required", Pages.THINKING);
		}
		else if (!this.signatures.redacted(data.asString(""))) {
			this.complaints.add(place(path) + ": Invalid `data` in `redacted_thinking` block", Pages.THINKING);
		}
	}

	private void checkSource(JsonNode source, String path) {
		String type = source.path("type").asString("");
		if (!SOURCES.contains(type)) {
			this.complaints.addUnknownTag(path + ".source", type, SOURCES, Pages.MESSAGES);
		}
	}

	/**
	 * The result of one of the vendor's own tools follows its call in the same message.
	 */
	private void checkPartner(JsonNode block, String type, Set<String> serverCalls, String place) {
		if (type.equals("server_tool_use") || type.equals("mcp_tool_use")) {
			serverCalls.add(block.path("id").asString(""));
		}
		else if (type.endsWith("_tool_result") && !serverCalls.contains(block.path("tool_use_id").asString(""))) {
			this.complaints.add(("%s: unexpected `tool_use_id` found in `%s` blocks: %s. Each `%s` block must have a "
					+ "corresponding `server_tool_use` block before it.")
				.formatted(place, type, block.path("tool_use_id").asString(""), type), Pages.RESULTS);
		}
	}

	private static String place(String path) {
		return path.substring(0, path.lastIndexOf('.'));
	}

}
