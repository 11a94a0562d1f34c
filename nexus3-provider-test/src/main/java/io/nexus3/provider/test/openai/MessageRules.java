package io.nexus3.provider.test.openai;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.nexus3.provider.test.format.ApiError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server refuses about a single message: fields, content and tool calls.
 */
final class MessageRules {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final int LONGEST_ID = 40;

	/** The fields of a message by its role, as OpenAI's reference has them. */
	private static final Map<String, Set<String>> FIELDS = Map.of("system", Set.of("role", "content", "name"),
			"developer", Set.of("role", "content", "name"), "user", Set.of("role", "content", "name"), "assistant",
			Set.of("role", "content", "name", "refusal", "audio", "tool_calls", "function_call", "annotations"), "tool",
			Set.of("role", "content", "name", "tool_call_id"), "function", Set.of("role", "content", "name"));

	private static final Map<String, Set<String>> PARTS = Map.of("system", Set.of("text"), "developer", Set.of("text"),
			"user", Set.of("text", "image_url", "input_audio", "file"), "assistant", Set.of("text", "refusal"), "tool",
			Set.of("text"), "function", Set.of("text"));

	private static final Set<String> CALL_FIELDS = Set.of("id", "type", "function");

	private final RequestRules rules;

	MessageRules(RequestRules rules) {
		this.rules = rules;
	}

	void check(JsonNode message, String role, int index) {
		String path = "messages[%d]".formatted(index);
		if (this.rules.strict()) {
			checkFields(message, FIELDS.getOrDefault(role, Set.of()), path);
		}
		checkContent(message, role, index);
		JsonNode calls = message.path("tool_calls");
		if (calls.isArray() && calls.isEmpty() && this.rules.strict()) {
			this.rules.refuse(
					"Invalid '%s.tool_calls': empty array. Expected an array with minimum length 1, but got an empty array instead."
						.formatted(path),
					path + ".tool_calls", "empty_array");
		}
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < calls.size(); i++) {
			checkCall(calls.path(i), ids, path + ".tool_calls[%d]".formatted(i));
		}
		checkId(message.path("tool_call_id"), path + ".tool_call_id");
	}

	private void checkFields(JsonNode object, Set<String> known, String path) {
		for (String field : object.propertyNames()) {
			if (!known.contains(field)) {
				String param = path + "." + field;
				this.rules.refuse("Unknown parameter: '%s'.".formatted(param), param, "unknown_parameter");
			}
		}
	}

	private void checkContent(JsonNode message, String role, int index) {
		JsonNode content = message.path("content");
		if (content.isArray() && !content.isEmpty()) {
			for (int i = 0; i < content.size(); i++) {
				checkPart(content.path(i), role, "messages[%d].content[%d]".formatted(index, i));
			}
			return;
		}
		// OpenAI takes a refusal in place of content; the others do not know the field.
		boolean inPlace = !message.path("tool_calls").isEmpty() || message.path("function_call").isObject()
				|| (this.rules.strict() && message.path("refusal").isString());
		if (!content.isString() && !inPlace) {
			this.rules.refuse(ApiError.badRequest("Invalid value for 'content': expected a string, got null.",
					"messages.[%d].content".formatted(index)));
		}
	}

	private void checkPart(JsonNode part, String role, String path) {
		String type = part.path("type").asString("");
		Set<String> taken = this.rules.strict() ? PARTS.getOrDefault(role, Set.of()) : this.rules.requests().parts();
		if (!taken.contains(type)) {
			this.rules.refuse("Invalid value: '%s'. Supported values are: '%s'.".formatted(type,
					String.join("', '", taken.stream().sorted().toList())), path + ".type", "invalid_value");
		}
		else if (type.equals("text") && !part.path("text").isString()) {
			this.rules.refuse("Missing required parameter: '%s.text'.".formatted(path), path + ".text",
					"missing_required_parameter");
		}
	}

	private void checkCall(JsonNode call, Set<String> ids, String path) {
		JsonNode arguments = call.path("function").path("arguments");
		String param = path + ".function.arguments";
		if (!arguments.isString()) {
			this.rules.refuse("Invalid type for '%s': expected a string.".formatted(param), param, "invalid_type");
		}
		else if (this.rules.requests().readsArguments() && !isObject(arguments.asString(""))) {
			this.rules.refuse(ApiError.badRequest("invalid tool call arguments", param));
		}
		if (call.path("function").path("name").asString("").isEmpty()) {
			this.rules.refuse("Missing required parameter: '%s.function.name'.".formatted(path),
					path + ".function.name", "missing_required_parameter");
		}
		if (!ids.add(call.path("id").asString(""))) {
			this.rules.refuse(ApiError.badRequest(
					"Duplicate value for 'tool_call_id' of '%s' in message.".formatted(call.path("id").asString("")),
					path + ".id"));
		}
		checkId(call.path("id"), path + ".id");
		if (this.rules.strict()) {
			checkFields(call, CALL_FIELDS, path);
			checkName(call.path("function").path("name").asString(""), path + ".function.name");
		}
	}

	private void checkName(String name, String path) {
		if (!name.isEmpty() && !ToolRules.NAME.matcher(name).matches()) {
			this.rules.refuse(
					"Invalid '%s': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."
						.formatted(path),
					path, "invalid_value");
		}
	}

	private void checkId(JsonNode id, String path) {
		int length = id.asString("").length();
		if (this.rules.strict() && length > LONGEST_ID) {
			this.rules.refuse(
					"Invalid '%s': string too long. Expected a string with maximum length %d, but got a string with length %d instead."
						.formatted(path, LONGEST_ID, length),
					path, "string_above_max_length");
		}
	}

	private static boolean isObject(String arguments) {
		try {
			return MAPPER.readTree(arguments).isObject();
		}
		catch (JacksonException ex) {
			return false;
		}
	}

}
