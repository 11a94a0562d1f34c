package io.nexus3.provider.test.openai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nexus3.provider.test.model.Prompt;
import io.nexus3.provider.test.model.Prompt.Tool;
import io.nexus3.provider.test.model.Prompt.ToolResult;
import io.nexus3.provider.test.model.Prompt.Turn;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a valid chat completions request as a prompt. The ways in which the servers let a
 * caller ask for reasoning are all understood; what a server does not know was refused or
 * is ignored before.
 */
final class PromptReader {

	private static final Set<String> NO_REASONING = Set.of("", "none", "null");

	private PromptReader() {
	}

	static Prompt read(JsonNode body, String model) {
		JsonNode choice = body.path("tool_choice");
		String named = choice.path("function").path("name").asString("");
		List<Tool> tools = new ArrayList<>();
		for (JsonNode tool : body.path("tools")) {
			JsonNode function = tool.path("function");
			String name = function.path("name").asString("");
			if (named.isEmpty() || named.equals(name)) {
				tools.add(new Tool(name, function.path("description").asString(""), function.path("parameters")));
			}
		}
		String mode = choice.isString() ? choice.asString("") : "";
		return new Prompt(model, turn(body.path("messages")), mode.equals("none") ? List.of() : tools,
				!named.isEmpty() || mode.equals("required"), body.path("parallel_tool_calls").asBoolean(true),
				asksForReasoning(body), schema(body.path("response_format")));
	}

	private static Turn turn(JsonNode messages) {
		String text = "";
		int number = 0;
		int images = 0;
		int files = 0;
		List<ToolResult> results = new ArrayList<>();
		Map<String, String> callNames = new HashMap<>();
		for (JsonNode message : messages) {
			JsonNode content = message.path("content");
			String role = message.path("role").asString("");
			if (role.equals("tool")) {
				String name = callNames.getOrDefault(message.path("tool_call_id").asString(""), "the tool");
				results.add(new ToolResult(name, text(content)));
				continue;
			}
			results.clear();
			message.path("tool_calls")
				.forEach((call) -> callNames.put(call.path("id").asString(""),
						call.path("function").path("name").asString("")));
			if (role.equals("user")) {
				text = text(content);
				number++;
				images = count(content, "image_url");
				files = count(content, "file") + count(content, "input_audio");
			}
		}
		return new Turn(text, number, images, files, results);
	}

	private static String text(JsonNode content) {
		if (!content.isArray()) {
			return content.asString("");
		}
		StringBuilder text = new StringBuilder();
		for (JsonNode part : content) {
			text.append(text.isEmpty() ? "" : " ").append(part.path("text").asString(""));
		}
		return text.toString().strip();
	}

	private static int count(JsonNode content, String type) {
		return (int) content.valueStream().filter((part) -> part.path("type").asString("").equals(type)).count();
	}

	private static boolean asksForReasoning(JsonNode body) {
		JsonNode reasoning = body.path("reasoning");
		if (reasoning.isObject()) {
			return reasoning.path("enabled").asBoolean(true)
					&& !NO_REASONING.contains(reasoning.path("effort").asString("unset"));
		}
		return !NO_REASONING.contains(body.path("reasoning_effort").asString(""))
				|| body.path("include_reasoning").asBoolean(false)
				|| body.path("chat_template_kwargs").path("enable_thinking").asBoolean(false)
				|| body.path("think").asBoolean(false);
	}

	private static @Nullable JsonNode schema(JsonNode format) {
		return switch (format.path("type").asString("")) {
			case "json_schema" -> format.path("json_schema").path("schema");
			case "json_object" -> {
				ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
				schema.putObject("properties").putObject("answer").put("type", "string");
				yield schema;
			}
			default -> null;
		};
	}

}
