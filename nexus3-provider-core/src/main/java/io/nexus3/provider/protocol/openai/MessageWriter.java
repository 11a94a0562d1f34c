package io.nexus3.provider.protocol.openai;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ContentPart;
import io.nexus3.provider.Message;
import io.nexus3.provider.ResponseInfo;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.VendorJson;
import io.nexus3.provider.protocol.CacheMarks;
import io.nexus3.provider.protocol.RawJson;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.ToolArgumentsJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the conversation. One per request.
 */
final class MessageWriter {

	private static final Set<String> TOOL_CALL_FIELDS = Set.of("id", "type", "function");

	private final ContentWriter content;

	private final ReplayWriter replay;

	private final VendorJson.Origin origin;

	private final boolean marksCache;

	private final CallIds ids = new CallIds();

	private final String systemRole;

	MessageWriter(OpenAiDialect dialect, Target target, String systemRole) {
		this.systemRole = systemRole;
		this.content = new ContentWriter(dialect);
		this.origin = new VendorJson.Origin("openai", target.provider());
		this.replay = new ReplayWriter(dialect.replay(), this.origin);
		String model = target.modelId().toLowerCase(Locale.ROOT);
		this.marksCache = target.promptCaching()
				&& dialect.content().cacheMarkedModels().stream().anyMatch(model::contains);
	}

	/**
	 * Write the messages.
	 * @param extraBody the extra fields, whose cache marks count
	 */
	void write(JsonGenerator json, List<Message> messages, Map<String, @Nullable Object> extraBody) {
		Set<Integer> marked = this.marksCache ? CachePlaces.in(messages, CacheMarks.left(CacheMarks.in(extraBody)))
				: Set.of();
		json.writeStartArray();
		for (int i = 0; i < messages.size(); i++) {
			json.writeStartObject();
			write(json, messages.get(i), marked.contains(i));
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	private void write(JsonGenerator json, Message message, boolean marked) {
		if (message instanceof SystemMessage system) {
			json.writeStringProperty("role", this.systemRole);
			json.writeName("content");
			writeSystemText(json, system.text(), marked);
		}
		else if (message instanceof UserMessage user) {
			json.writeStringProperty("role", "user");
			json.writeName("content");
			if (!marked && user.content().size() == 1 && user.content().get(0) instanceof TextPart text) {
				json.writeString(text.text());
			}
			else {
				this.content.write(json, user.content(), marked);
			}
		}
		else if (message instanceof AssistantMessage assistant) {
			writeAssistant(json, assistant);
		}
		else if (message instanceof ToolMessage tool) {
			writeTool(json, tool);
		}
		else {
			throw new IllegalStateException("Unknown message " + message.getClass().getName());
		}
	}

	private static void writeSystemText(JsonGenerator json, String text, boolean marked) {
		if (!marked) {
			json.writeString(text);
			return;
		}
		json.writeStartArray();
		json.writeStartObject();
		json.writeStringProperty("type", "text");
		json.writeStringProperty("text", text);
		ContentWriter.writeCacheMark(json);
		json.writeEndObject();
		json.writeEndArray();
	}

	private void writeAssistant(JsonGenerator json, AssistantMessage message) {
		boolean own = isOwn(message);
		String text = message.text();
		String refusal = message.refusal();
		if (refusal != null && !own) {
			// Most servers do not know the field, and refuse what has no content without.
			text = text.isEmpty() ? refusal : text + "\n\n" + refusal;
			refusal = null;
		}
		List<ToolCall> calls = message.toolCalls();
		json.writeStringProperty("role", "assistant");
		json.writeName("content");
		if (text.isEmpty() && (!calls.isEmpty() || refusal != null)) {
			// Some servers refuse an empty text beside tool calls.
			json.writeNull();
		}
		else {
			json.writeString(text);
		}
		if (refusal != null) {
			json.writeStringProperty("refusal", refusal);
		}
		this.replay.write(json, message);
		if (!calls.isEmpty()) {
			json.writeArrayPropertyStart("tool_calls");
			calls.forEach((call) -> writeToolCall(json, call, own));
			json.writeEndArray();
		}
	}

	private boolean isOwn(AssistantMessage message) {
		ResponseInfo response = message.response();
		return response != null && response.provider().equals(this.origin.provider());
	}

	private void writeToolCall(JsonGenerator json, ToolCall call, boolean own) {
		json.writeStartObject();
		json.writeStringProperty("id", this.ids.call(call.id(), own));
		json.writeStringProperty("type", "function");
		json.writeObjectPropertyStart("function");
		json.writeStringProperty("name", call.name());
		json.writeStringProperty("arguments", ToolArgumentsJson.of(call.arguments()));
		json.writeEndObject();
		VendorJson vendor = call.vendorJson();
		if (vendor != null && vendor.origin().equals(this.origin)) {
			String members = RawJson.members(vendor.json(), TOOL_CALL_FIELDS);
			if (!members.isEmpty()) {
				json.writeRaw(',');
				json.writeRaw(members);
			}
		}
		json.writeEndObject();
	}

	private void writeTool(JsonGenerator json, ToolMessage message) {
		json.writeStringProperty("role", "tool");
		json.writeStringProperty("tool_call_id", this.ids.result(message.toolCallId()));
		json.writeName("content");
		List<ContentPart> parts = message.content();
		if (parts.stream().allMatch(TextPart.class::isInstance)) {
			json.writeString(message.text());
		}
		else {
			this.content.write(json, parts, false);
		}
	}

}
