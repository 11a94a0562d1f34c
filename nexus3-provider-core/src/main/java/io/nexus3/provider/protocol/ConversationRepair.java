package io.nexus3.provider.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.Message;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolMessage;
import org.jspecify.annotations.Nullable;

/**
 * Makes a conversation one that vendors accept: every tool call is followed at once by
 * exactly one result, and no result stands alone. It works on a copy and changes nothing
 * else; no turn is invented.
 * <ul>
 * <li>A result whose id no earlier assistant message announced is dropped, as is a second
 * result of the same call.</li>
 * <li>A call without a result, the last turn's included, gets one that says it was
 * interrupted: vendors refuse a conversation with an open call.</li>
 * <li>Results stand right behind their assistant message, in the order of the calls. An
 * id that is used again belongs to the message that used it last.</li>
 * </ul>
 *
 * @see <a href="https://platform.openai.com/docs/guides/function-calling">OpenAI,
 * function calling</a>
 * @since 0.1.0
 */
public final class ConversationRepair {

	private static final String INTERRUPTED = "The tool call was interrupted. There is no result.";

	private ConversationRepair() {
	}

	/**
	 * Repair a conversation.
	 * @param messages the conversation, never changed
	 * @return a new list
	 */
	public static List<Message> repair(List<? extends Message> messages) {
		List<Map<String, @Nullable ToolMessage>> batches = assignResults(messages);
		List<Message> repaired = new ArrayList<>(messages.size() + 4);
		int batch = 0;
		for (Message message : messages) {
			if (message instanceof ToolMessage) {
				continue;
			}
			repaired.add(message);
			if (message instanceof AssistantMessage assistant && !assistant.toolCalls().isEmpty()) {
				batches.get(batch++).forEach((id, result) -> repaired.add((result != null) ? result : interrupted(id)));
			}
		}
		return repaired;
	}

	/**
	 * One map per assistant message with calls: call id to result, in the order of the
	 * calls, {@code null} where none came.
	 */
	private static List<Map<String, @Nullable ToolMessage>> assignResults(List<? extends Message> messages) {
		List<Map<String, @Nullable ToolMessage>> batches = new ArrayList<>();
		Map<String, Map<String, @Nullable ToolMessage>> batchOf = new HashMap<>();
		for (Message message : messages) {
			if (message instanceof ToolMessage result) {
				Map<String, @Nullable ToolMessage> batch = batchOf.get(result.toolCallId());
				if (batch != null) {
					batch.putIfAbsent(result.toolCallId(), result);
				}
			}
			else if (message instanceof AssistantMessage assistant) {
				Map<String, @Nullable ToolMessage> batch = new LinkedHashMap<>();
				for (ToolCall call : assistant.toolCalls()) {
					batch.put(call.id(), null);
					batchOf.put(call.id(), batch);
				}
				if (!batch.isEmpty()) {
					batches.add(batch);
				}
			}
		}
		return batches;
	}

	private static ToolMessage interrupted(String toolCallId) {
		return new ToolMessage(toolCallId, List.of(new TextPart(INTERRUPTED)), true);
	}

}
