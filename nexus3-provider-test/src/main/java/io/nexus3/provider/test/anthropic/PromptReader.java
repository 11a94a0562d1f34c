package io.nexus3.provider.test.anthropic;

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

/**
 * Reads a valid request as a prompt. The vendor's own tools are not simulated.
 */
final class PromptReader {

	private static final Set<String> FORCED = Set.of("any", "tool");

	private PromptReader() {
	}

	static Prompt read(JsonNode body, boolean thinks) {
		JsonNode choice = body.path("tool_choice");
		String mode = choice.path("type").asString("auto");
		String named = choice.path("name").asString("");
		List<Tool> tools = new ArrayList<>();
		for (JsonNode tool : body.path("tools")) {
			String name = tool.path("name").asString("");
			if (tool.path("input_schema").isObject() && (named.isEmpty() || named.equals(name))) {
				tools.add(new Tool(name, tool.path("description").asString(""), tool.path("input_schema")));
			}
		}
		return new Prompt(body.path("model").asString(""), turn(body.path("messages")),
				mode.equals("none") ? List.of() : tools, FORCED.contains(mode),
				!choice.path("disable_parallel_tool_use").asBoolean(false), thinks, schema(body));
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
			results.clear();
			for (JsonNode block : content) {
				String type = block.path("type").asString("");
				if (type.equals("tool_use")) {
					callNames.put(block.path("id").asString(""), block.path("name").asString(""));
				}
				else if (type.equals("tool_result")) {
					String name = callNames.getOrDefault(block.path("tool_use_id").asString(""), "the tool");
					results.add(new ToolResult(name, text(block.path("content"))));
				}
			}
			String said = message.path("role").asString("").equals("user") ? text(content) : "";
			if (!said.isEmpty()) {
				text = said;
				number++;
				images = count(content, "image");
				files = count(content, "document");
				results.clear();
			}
		}
		return new Turn(text, number, images, files, results);
	}

	private static String text(JsonNode content) {
		if (!content.isArray()) {
			return content.asString("");
		}
		StringBuilder text = new StringBuilder();
		for (JsonNode block : content) {
			if (block.path("type").asString("").equals("text")) {
				text.append(text.isEmpty() ? "" : " ").append(block.path("text").asString(""));
			}
		}
		return text.toString().strip();
	}

	private static int count(JsonNode content, String type) {
		return (int) content.valueStream().filter((block) -> block.path("type").asString("").equals(type)).count();
	}

	private static @Nullable JsonNode schema(JsonNode body) {
		JsonNode format = body.path("output_config").path("format");
		JsonNode schema = (format.isObject() ? format : body.path("output_format")).path("schema");
		return schema.isObject() ? schema : null;
	}

}
