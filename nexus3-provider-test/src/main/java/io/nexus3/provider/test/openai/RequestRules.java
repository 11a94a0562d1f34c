package io.nexus3.provider.test.openai;

import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a server refuses about a request apart from its messages.
 */
final class RequestRules {

	private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

	private static final Pattern REASONING_MODEL = Pattern.compile("(o\\d|gpt-5)([.-].*)?");

	private RequestRules() {
	}

	/**
	 * Returns why the request is refused, or {@code null} if it is not.
	 * @param body the request body
	 * @param habits the server's habits
	 * @param modelInPath the model or deployment that the address names, or {@code null}
	 */
	static @Nullable ApiError check(JsonNode body, Habits habits, @Nullable String modelInPath) {
		if (!body.isObject()) {
			return ApiError
				.badRequest("We could not parse the JSON body of your request. The API expects a JSON payload.", null);
		}
		if (modelInPath == null && body.path("model").asString("").isBlank()) {
			return ApiError.badRequest("you must provide a model parameter", null);
		}
		ApiError error = habits.knownFields().isEmpty() ? null : checkFields(body, habits);
		error = (error != null) ? error : checkTools(body.path("tools"));
		return (error != null) ? error : ConversationRules.check(body.path("messages"));
	}

	private static @Nullable ApiError checkFields(JsonNode body, Habits habits) {
		for (Map.Entry<String, JsonNode> field : body.properties()) {
			if (!habits.knownFields().contains(field.getKey())) {
				return ApiError.badRequest("Unknown parameter: '%s'.".formatted(field.getKey()), field.getKey(),
						"unknown_parameter");
			}
		}
		if (body.has("stream_options") && !body.path("stream").asBoolean(false)) {
			return ApiError.badRequest("The 'stream_options' parameter is only allowed when 'stream' is enabled.",
					"stream_options");
		}
		if (body.has("max_tokens") && REASONING_MODEL.matcher(body.path("model").asString("")).matches()) {
			return ApiError.badRequest("Unsupported parameter: 'max_tokens' is not supported with this model. Use "
					+ "'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter");
		}
		return null;
	}

	private static @Nullable ApiError checkTools(JsonNode tools) {
		for (int i = 0; i < tools.size(); i++) {
			JsonNode function = tools.path(i).path("function");
			String name = function.path("name").asString("");
			if (!TOOL_NAME.matcher(name).matches()) {
				return ApiError.badRequest(
						"Invalid 'tools[%d].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."
							.formatted(i),
						"tools[%d].function.name".formatted(i), "invalid_value");
			}
			JsonNode parameters = function.path("parameters");
			if (!parameters.isMissingNode() && !parameters.path("type").asString("").equals("object")) {
				return ApiError.badRequest(
						"Invalid schema for function '%s': schema must be a JSON Schema of 'type: \"object\"', got 'type: \"%s\"'."
							.formatted(name, parameters.path("type").asString("None")),
						"tools[%d].function.parameters".formatted(i), "invalid_function_parameters");
			}
		}
		return null;
	}

}
