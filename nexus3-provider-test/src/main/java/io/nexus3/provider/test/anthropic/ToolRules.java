package io.nexus3.provider.test.anthropic;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * What the vendor refuses about tools and the choice among them.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools">Anthropic,
 * define tools</a>
 */
final class ToolRules {

	static final String NAME_PATTERN = "^[a-zA-Z0-9_-]{1,128}$";

	static final Pattern NAME = Pattern.compile(NAME_PATTERN);

	private static final Set<String> FIELDS = Set.of("type", "name", "description", "input_schema", "cache_control",
			"strict", "defer_loading", "allowed_callers", "eager_input_streaming", "input_examples");

	private static final Set<String> CHOICES = Set.of("auto", "any", "tool", "none");

	private ToolRules() {
	}

	static void check(JsonNode body, Complaints complaints) {
		JsonNode tools = body.path("tools");
		Set<String> names = new HashSet<>();
		for (int i = 0; i < tools.size(); i++) {
			JsonNode tool = tools.path(i);
			String type = tool.path("type").asString("custom");
			if (type.equals("custom")) {
				checkTool(tool, "tools." + i + ".custom.", complaints);
			}
			if (!type.equals("mcp_toolset") && !names.add(tool.path("name").asString(""))) {
				complaints.add("tools: Tool names must be unique.", Pages.TOOLS);
			}
		}
		checkChoice(body.path("tool_choice"), names, complaints);
	}

	private static void checkTool(JsonNode tool, String path, Complaints complaints) {
		complaints.checkFields(tool, FIELDS, path, Pages.TOOLS);
		if (!NAME.matcher(tool.path("name").asString("")).matches()) {
			complaints.add(path + "name: String should match pattern '" + NAME_PATTERN + "'", Pages.TOOLS);
		}
		JsonNode schema = tool.path("input_schema");
		if (!schema.isObject()) {
			complaints.add(path + "input_schema: Field required", Pages.TOOLS);
			return;
		}
		if (!schema.path("type").asString("").equals("object")) {
			complaints.add(
					path + "input_schema.type: " + (schema.has("type") ? "Input should be 'object'" : "Field required"),
					Pages.TOOLS);
		}
		if (schema.has("oneOf") || schema.has("allOf") || schema.has("anyOf")) {
			complaints.add(path + "input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level",
					Pages.TOOLS);
		}
	}

	private static void checkChoice(JsonNode choice, Set<String> names, Complaints complaints) {
		if (choice.isMissingNode()) {
			return;
		}
		if (!choice.isObject()) {
			complaints.add("tool_choice: Input should be an object", Pages.TOOLS);
			return;
		}
		String type = choice.path("type").asString("");
		if (!CHOICES.contains(type)) {
			complaints.addUnknownTag("tool_choice", type, CHOICES, Pages.TOOLS);
			return;
		}
		String prefix = "tool_choice." + type + ".";
		Set<String> fields = new HashSet<>(Set.of("type"));
		if (!type.equals("none")) {
			fields.add("disable_parallel_tool_use");
		}
		if (type.equals("tool")) {
			fields.add("name");
			String name = choice.path("name").asString("");
			if (name.isEmpty()) {
				complaints.add(prefix + "name: Field required", Pages.TOOLS);
			}
			else if (!names.contains(name)) {
				complaints.add("Tool '%s' not found in provided tools".formatted(name), Pages.TOOLS);
			}
		}
		complaints.checkFields(choice, fields, prefix, Pages.TOOLS);
		if (names.isEmpty() && !type.equals("none")) {
			complaints.add("tool_choice may only be specified while providing tools", Pages.TOOLS);
		}
	}

}
