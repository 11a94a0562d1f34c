package io.nexus3.provider.test.openai;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

import io.nexus3.provider.test.format.ApiError;
import tools.jackson.databind.JsonNode;

/**
 * What a server refuses about tools and the choice among them.
 *
 * @see <a href="https://platform.openai.com/docs/guides/function-calling">OpenAI,
 * function calling</a>
 */
final class ToolRules {

	static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

	private static final Set<String> CHOICES = Set.of("none", "auto", "required");

	private ToolRules() {
	}

	static void check(JsonNode body, RequestRules rules) {
		JsonNode tools = body.path("tools");
		Set<String> names = new HashSet<>();
		for (int i = 0; i < tools.size(); i++) {
			checkTool(tools.path(i), i, rules);
			names.add(tools.path(i).path("function").path("name").asString(""));
		}
		if (rules.strict()) {
			checkChoice(body, names, rules);
		}
	}

	private static void checkTool(JsonNode tool, int index, RequestRules rules) {
		String type = tool.path("type").asString("");
		if (rules.strict() && type.equals("custom")) {
			return;
		}
		if (!type.equals("function")) {
			rules.refuse("Invalid value: '%s'. Supported values are: 'function' and 'custom'.".formatted(type),
					"tools[%d].type".formatted(index), "invalid_value");
		}
		JsonNode function = tool.path("function");
		String name = function.path("name").asString("");
		if (!NAME.matcher(name).matches()) {
			rules.refuse(
					"Invalid 'tools[%d].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."
						.formatted(index),
					"tools[%d].function.name".formatted(index), "invalid_value");
		}
		JsonNode parameters = function.path("parameters");
		if (!parameters.isMissingNode() && !parameters.path("type").asString("").equals("object")) {
			rules.refuse(
					"Invalid schema for function '%s': schema must be a JSON Schema of 'type: \"object\"', got 'type: \"%s\"'."
						.formatted(name, parameters.path("type").asString("None")),
					"tools[%d].function.parameters".formatted(index), "invalid_function_parameters");
		}
	}

	private static void checkChoice(JsonNode body, Set<String> names, RequestRules rules) {
		JsonNode choice = body.path("tool_choice");
		for (String field : new String[] { "tool_choice", "parallel_tool_calls" }) {
			if (body.hasNonNull(field) && names.isEmpty()) {
				rules.refuse(ApiError.badRequest(
						"Invalid value for '%1$s': '%1$s' is only allowed when 'tools' are specified.".formatted(field),
						field));
			}
		}
		if (choice.isString() && !CHOICES.contains(choice.asString(""))) {
			rules.refuse("Invalid value: '%s'. Supported values are: 'none', 'auto', and 'required'."
				.formatted(choice.asString("")), "tool_choice", "invalid_value");
		}
		String named = choice.path("function").path("name").asString("");
		if (choice.isObject() && choice.path("type").asString("").equals("function") && !names.contains(named)) {
			rules.refuse(ApiError.badRequest("Tool choice '%s' not found in 'tools' parameter.".formatted(named),
					"tool_choice"));
		}
	}

}
