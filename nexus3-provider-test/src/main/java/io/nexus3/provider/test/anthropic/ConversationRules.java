package io.nexus3.provider.test.anthropic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * What the vendor refuses about the order of turns: who begins and ends, tool calls and
 * their results, where thinking stands. One per request; not thread-safe.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls">Anthropic,
 * handle tool calls</a>
 */
final class ConversationRules {

	private static final Set<String> THINKING = Set.of("thinking", "redacted_thinking");

	private final JsonNode body;

	private final Complaints complaints;

	private final BlockRules blocks;

	/** The ids of all calls so far. */
	private final Set<String> ids = new HashSet<>();

	/** The calls of the message before. */
	private Set<String> open = Set.of();

	ConversationRules(JsonNode body, SignatureCheck signatures, Complaints complaints) {
		this.body = body;
		this.complaints = complaints;
		this.blocks = new BlockRules(signatures, complaints);
	}

	void check() {
		JsonNode messages = this.body.path("messages");
		if (!messages.isArray() || messages.isEmpty()) {
			this.complaints.add(
					messages.isMissingNode() ? "messages: Field required" : (messages.isArray()
							? "messages: at least one message is required" : "messages: Input should be a valid list"),
					Pages.MESSAGES);
			return;
		}
		if (messages.path(0).path("role").asString("").equals("assistant")) {
			this.complaints.add("messages: first message must use the \"user\" role", Pages.MESSAGES);
		}
		for (int i = 0; i < messages.size(); i++) {
			checkMessage(messages.path(i), i, i == messages.size() - 1);
		}
		refuseOpen(messages.size() - 1, this.open);
		checkEnd(messages.path(messages.size() - 1), messages.size() - 1);
		checkThinkingRound(messages);
	}

	private void checkMessage(JsonNode message, int index, boolean last) {
		String role = message.path("role").asString("");
		if (!role.equals("user") && !role.equals("assistant")) {
			this.complaints.add(role.equals("system")
					? "messages: Unexpected role \"system\". The Messages API accepts a "
							+ "top-level `system` parameter, not \"system\" as an input message role."
					: "messages: Unexpected role \"%s\". Allowed roles are \"user\" or \"assistant\".".formatted(role),
					Pages.MESSAGES);
		}
		this.complaints.checkFields(message, Set.of("role", "content"), "messages." + index + ".", Pages.MESSAGES);
		JsonNode content = message.path("content");
		boolean empty = content.isString() ? content.asString("").isEmpty() : content.isEmpty();
		if (!content.isString() && !content.isArray()) {
			this.complaints.add("messages.%d.content: Input should be a valid list".formatted(index), Pages.MESSAGES);
		}
		else if (empty && !(last && role.equals("assistant"))) {
			this.complaints.add(("messages.%d: all messages must have non-empty content except for the optional final "
					+ "assistant message")
				.formatted(index), Pages.MESSAGES);
		}
		else if (content.isString() && !empty && content.asString("").isBlank()) {
			this.complaints.add("messages: text content blocks must contain non-whitespace text", Pages.MESSAGES);
		}
		this.blocks.check(content, role, "messages." + index);
		checkResults(content, index);
		collectCalls(content);
	}

	/** Results count only at the start of the message after the calls. */
	private void checkResults(JsonNode content, int index) {
		Set<String> answered = new HashSet<>();
		boolean leading = true;
		for (int i = 0; content.isArray() && i < content.size(); i++) {
			JsonNode block = content.path(i);
			if (!block.path("type").asString("").equals("tool_result")) {
				leading = false;
				continue;
			}
			String id = block.path("tool_use_id").asString("");
			if (!this.open.contains(id)) {
				this.complaints.add(("messages.%d.content.%d: unexpected `tool_use_id` found in `tool_result` blocks: "
						+ "%s. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.")
					.formatted(index, i, id), Pages.RESULTS);
			}
			else if (leading && !answered.add(id)) {
				this.complaints.add(("messages.%d.content.%d: each tool_use must have a single result. Found multiple "
						+ "`tool_result` blocks with id: %s")
					.formatted(index, i, id), Pages.RESULTS);
			}
		}
		Set<String> unanswered = new LinkedHashSet<>(this.open);
		unanswered.removeAll(answered);
		refuseOpen(index - 1, unanswered);
		this.open = Set.of();
	}

	private void collectCalls(JsonNode content) {
		Set<String> calls = new LinkedHashSet<>();
		for (JsonNode block : content) {
			if (block.path("type").asString("").equals("tool_use")) {
				calls.add(block.path("id").asString(""));
				if (!this.ids.add(block.path("id").asString(""))) {
					this.complaints.add("messages: `tool_use` ids must be unique", Pages.RESULTS);
				}
			}
		}
		this.open = calls;
	}

	private void refuseOpen(int index, Set<String> unanswered) {
		if (!unanswered.isEmpty()) {
			this.complaints.add(("messages.%d: `tool_use` ids were found without `tool_result` blocks immediately "
					+ "after: %s. Each `tool_use` block must have a corresponding `tool_result` block in the next message.")
				.formatted(index, String.join(", ", unanswered)), Pages.RESULTS);
		}
	}

	/** An assistant's last turn is a start for the model to go on from. */
	private void checkEnd(JsonNode last, int index) {
		if (!last.path("role").asString("").equals("assistant")) {
			return;
		}
		JsonNode content = last.path("content");
		JsonNode end = content.path(content.size() - 1);
		String text = content.asString(end.path("text").asString(""));
		boolean prefill = content.isString() || end.path("type").asString("").equals("text");
		if (prefill && !ModelTraits.of(this.body.path("model").asString("")).prefill()) {
			this.complaints.add("This model does not support assistant message prefill. The conversation must end with "
					+ "a user message.", Pages.PREFILL);
		}
		if (prefill && !text.equals(text.stripTrailing())) {
			this.complaints.add("messages: final assistant content cannot end with trailing whitespace",
					Pages.MESSAGES);
		}
		if (thinksByBudget()) {
			checkStartsWithThinking(content, index);
		}
	}

	/** A round of tool calls that goes on must have begun with thinking. */
	private void checkThinkingRound(JsonNode messages) {
		if (!thinksByBudget()) {
			return;
		}
		for (int i = 0; i < messages.size(); i++) {
			List<String> types = types(messages.path(i).path("content"));
			if (types.stream().anyMatch(THINKING::contains) && !THINKING.contains(types.get(0))) {
				this.complaints.add(("messages.%d.content.0: If an assistant message contains any thinking blocks, the "
						+ "first block must be `thinking` or `redacted_thinking`. Found `%s`.")
					.formatted(i, types.get(0)), Pages.THINKING);
			}
		}
		int last = messages.size() - 1;
		if (last > 0 && types(messages.path(last).path("content")).contains("tool_result")) {
			checkStartsWithThinking(messages.path(last - 1).path("content"), last - 1);
		}
	}

	private void checkStartsWithThinking(JsonNode content, int index) {
		List<String> types = types(content);
		String first = types.isEmpty() ? "text" : types.get(0);
		if (!THINKING.contains(first)) {
			this.complaints.add(("messages.%d.content.0.type: Expected `thinking` or `redacted_thinking`, but found "
					+ "`%s`. When `thinking` is enabled, a final `assistant` message must start with a thinking block "
					+ "(preceeding the lastmost set of `tool_use` and `tool_result` blocks).")
				.formatted(index, first), Pages.THINKING);
		}
	}

	private boolean thinksByBudget() {
		return this.body.path("thinking").path("type").asString("").equals("enabled");
	}

	private static List<String> types(JsonNode content) {
		List<String> types = new ArrayList<>();
		if (content.isArray()) {
			content.forEach((block) -> types.add(block.path("type").asString("")));
		}
		return types;
	}

}
