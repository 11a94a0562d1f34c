package io.nexus3.provider.test.openai;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What OpenAI refuses about the messages of a request. Used for every dialect, although
 * some servers accept more: a conversation that one of them takes in silence is refused
 * by the next. One per request; not thread-safe.
 */
final class ConversationRules {

	private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

	/** The calls of the last assistant message that have no result yet. */
	private final Set<String> open = new LinkedHashSet<>();

	private ConversationRules() {
	}

	static @Nullable ApiError check(JsonNode messages) {
		if (messages.isMissingNode() || messages.isNull()) {
			return ApiError.badRequest("Missing required parameter: 'messages'.", "messages",
					"missing_required_parameter");
		}
		if (!messages.isArray()) {
			return ApiError.badRequest("Invalid type for 'messages': expected an array of objects.", "messages",
					"invalid_type");
		}
		if (messages.isEmpty()) {
			return ApiError
				.badRequest("Invalid 'messages': empty array. Expected an array with minimum length 1, but got "
						+ "an empty array instead.", "messages", "empty_array");
		}
		return new ConversationRules().checkAll(messages);
	}

	private @Nullable ApiError checkAll(JsonNode messages) {
		for (int i = 0; i < messages.size(); i++) {
			ApiError error = checkOne(messages.path(i), i);
			if (error != null) {
				return error;
			}
		}
		return this.open.isEmpty() ? null : unanswered(messages.size());
	}

	private @Nullable ApiError checkOne(JsonNode message, int index) {
		String role = message.path("role").asString("");
		if (!ROLES.contains(role)) {
			return ApiError.badRequest(
					"Invalid value: '%s'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'."
						.formatted(role),
					"messages[%d].role".formatted(index), "invalid_value");
		}
		if (role.equals("tool")) {
			if (!this.open.remove(message.path("tool_call_id").asString(""))) {
				return ApiError.badRequest("Invalid parameter: messages with role 'tool' must be a response to a "
						+ "preceeding message with 'tool_calls'.", "messages.[%d].role".formatted(index));
			}
		}
		else if (!this.open.isEmpty()) {
			return unanswered(index);
		}
		JsonNode calls = message.path("tool_calls");
		return calls.isEmpty() ? checkContent(message.path("content"), index) : checkCalls(calls, index);
	}

	private static @Nullable ApiError checkContent(JsonNode content, int index) {
		boolean parts = content.isArray() && !content.isEmpty();
		return (content.isString() || parts) ? null : ApiError.badRequest(
				"Invalid value for 'content': expected a string, got null.", "messages.[%d].content".formatted(index));
	}

	private @Nullable ApiError checkCalls(JsonNode calls, int index) {
		for (int i = 0; i < calls.size(); i++) {
			JsonNode arguments = calls.path(i).path("function").path("arguments");
			if (!arguments.isString()) {
				String param = "messages[%d].tool_calls[%d].function.arguments".formatted(index, i);
				return ApiError.badRequest("Invalid type for '%s': expected a string.".formatted(param), param,
						"invalid_type");
			}
			this.open.add(calls.path(i).path("id").asString(""));
		}
		return null;
	}

	private ApiError unanswered(int index) {
		return ApiError
			.badRequest("An assistant message with 'tool_calls' must be followed by tool messages responding to each "
					+ "'tool_call_id'. The following tool_call_ids did not have response messages: "
					+ String.join(", ", this.open), "messages.[%d].role".formatted(index));
	}

}
