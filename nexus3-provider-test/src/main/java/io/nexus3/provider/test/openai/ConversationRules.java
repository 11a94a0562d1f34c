package io.nexus3.provider.test.openai;

import java.util.LinkedHashSet;
import java.util.Set;

import io.nexus3.provider.test.format.ApiError;
import tools.jackson.databind.JsonNode;

/**
 * What OpenAI refuses about the order of messages. Used for every dialect, although some
 * servers accept more: a conversation that one of them takes in silence is refused by the
 * next. One per request; not thread-safe.
 *
 * @see <a href="https://platform.openai.com/docs/guides/function-calling">OpenAI,
 * function calling</a>
 */
final class ConversationRules {

	private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

	/** The calls of the last assistant message that have no result yet. */
	private final Set<String> open = new LinkedHashSet<>();

	private final RequestRules rules;

	private final MessageRules messageRules;

	private ConversationRules(RequestRules rules) {
		this.rules = rules;
		this.messageRules = new MessageRules(rules);
	}

	static void check(JsonNode messages, RequestRules rules) {
		if (messages.isMissingNode() || messages.isNull()) {
			rules.refuse("Missing required parameter: 'messages'.", "messages", "missing_required_parameter");
		}
		else if (!messages.isArray()) {
			rules.refuse("Invalid type for 'messages': expected an array of objects.", "messages", "invalid_type");
		}
		else if (messages.isEmpty()) {
			rules.refuse("Invalid 'messages': empty array. Expected an array with minimum length 1, but got "
					+ "an empty array instead.", "messages", "empty_array");
		}
		else {
			new ConversationRules(rules).checkAll(messages);
		}
	}

	private void checkAll(JsonNode messages) {
		for (int i = 0; i < messages.size(); i++) {
			checkOne(messages.path(i), i);
		}
		refuseOpenCalls(messages.size());
	}

	private void checkOne(JsonNode message, int index) {
		String role = message.path("role").asString("");
		if (!ROLES.contains(role)) {
			this.rules.refuse(
					"Invalid value: '%s'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'."
						.formatted(role),
					"messages[%d].role".formatted(index), "invalid_value");
			return;
		}
		if (role.equals("tool")) {
			if (!this.open.remove(message.path("tool_call_id").asString(""))) {
				this.rules.refuse(
						ApiError.badRequest(
								"Invalid parameter: messages with role 'tool' must be a response to a "
										+ "preceeding message with 'tool_calls'.",
								"messages.[%d].role".formatted(index)));
			}
		}
		else {
			refuseOpenCalls(index);
		}
		this.messageRules.check(message, role, index);
		message.path("tool_calls").forEach((call) -> this.open.add(call.path("id").asString("")));
	}

	private void refuseOpenCalls(int index) {
		if (!this.open.isEmpty()) {
			this.rules.refuse(ApiError
				.badRequest("An assistant message with 'tool_calls' must be followed by tool messages responding to "
						+ "each 'tool_call_id'. The following tool_call_ids did not have response messages: "
						+ String.join(", ", this.open), "messages.[%d].role".formatted(index)));
			this.open.clear();
		}
	}

}
