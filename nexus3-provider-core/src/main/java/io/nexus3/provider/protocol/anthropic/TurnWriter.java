package io.nexus3.provider.protocol.anthropic;

import java.util.List;
import java.util.Set;

import io.nexus3.provider.ContentPart;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.RefusalPart;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.VendorJson;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.RawJson;
import io.nexus3.provider.protocol.ToolArgumentsJson;
import io.nexus3.provider.protocol.anthropic.Conversation.Turn;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the turns of a conversation. What came from this provider goes back byte for
 * byte, in the order in which it came.
 */
final class TurnWriter {

	private static final Set<String> TOOL_USE_FIELDS = Set.of("type", "id", "name", "input", "cache_control");

	private final Origin origin;

	private final ToolIds ids = new ToolIds();

	TurnWriter(Origin origin) {
		this.origin = origin;
	}

	/**
	 * Write the turns.
	 * @param marked the place of the user turn whose end is marked for the cache, or -1
	 */
	void write(JsonGenerator json, List<Turn> turns, int marked) {
		json.writeStartArray();
		for (int i = 0; i < turns.size(); i++) {
			Turn turn = turns.get(i);
			json.writeStartObject();
			json.writeStringProperty("role", turn.user() ? "user" : "assistant");
			json.writeName("content");
			if (turn.user()) {
				writeUser(json, turn, i == marked);
			}
			else {
				writeAssistant(json, turn, i == turns.size() - 1);
			}
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	private void writeUser(JsonGenerator json, Turn turn, boolean marked) {
		List<Object> items = turn.items();
		if (!marked && items.size() == 1 && items.get(0) instanceof TextPart text) {
			json.writeString(text.text());
			return;
		}
		json.writeStartArray();
		for (int i = 0; i < items.size(); i++) {
			Object item = items.get(i);
			json.writeStartObject();
			if (item instanceof ToolMessage result) {
				writeResult(json, result);
			}
			else {
				ContentWriter.writeFields(json, (ContentPart) item);
			}
			if (marked && i == items.size() - 1) {
				writeCacheMark(json);
			}
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	static void writeCacheMark(JsonGenerator json) {
		json.writeObjectPropertyStart("cache_control");
		json.writeStringProperty("type", "ephemeral");
		json.writeEndObject();
	}

	private void writeResult(JsonGenerator json, ToolMessage result) {
		json.writeStringProperty("type", "tool_result");
		json.writeStringProperty("tool_use_id", this.ids.result(result.toolCallId()));
		List<ContentPart> parts = result.content().stream().filter(Conversation::says).toList();
		if (!parts.isEmpty() && parts.stream().allMatch(TextPart.class::isInstance)) {
			json.writeStringProperty("content", result.text());
		}
		else if (!parts.isEmpty()) {
			json.writeName("content");
			ContentWriter.write(json, parts);
		}
		if (result.error()) {
			json.writeBooleanProperty("is_error", true);
		}
	}

	private void writeAssistant(JsonGenerator json, Turn turn, boolean last) {
		List<Object> items = turn.items();
		json.writeStartArray();
		for (int i = 0; i < items.size(); i++) {
			Object item = items.get(i);
			boolean end = last && i == items.size() - 1;
			if (item instanceof TextPart text) {
				writeText(json, text, end);
			}
			else if (item instanceof RefusalPart refusal) {
				writeText(json, new TextPart(refusal.text()), end);
			}
			else if (item instanceof ReasoningPart reasoning && reasoning.vendorJson() != null) {
				json.writeRawValue(RawJson.object(reasoning.vendorJson().json()));
			}
			else if (item instanceof OpaquePart opaque) {
				json.writeRawValue(RawJson.object(opaque.vendorJson().json()));
			}
			else if (item instanceof ToolCall call) {
				writeToolUse(json, call);
			}
			else {
				throw new IllegalStateException("Unknown part " + item.getClass().getName());
			}
		}
		json.writeEndArray();
	}

	/** The vendor refuses a last turn of the assistant that ends with white space. */
	private void writeText(JsonGenerator json, TextPart text, boolean end) {
		VendorJson vendor = own(text.vendorJson());
		if (vendor != null) {
			json.writeRawValue(RawJson.object(vendor.json()));
			return;
		}
		json.writeStartObject();
		json.writeStringProperty("type", "text");
		json.writeStringProperty("text", end ? text.text().stripTrailing() : text.text());
		json.writeEndObject();
	}

	private void writeToolUse(JsonGenerator json, ToolCall call) {
		json.writeStartObject();
		json.writeStringProperty("type", "tool_use");
		json.writeStringProperty("id", this.ids.call(call.id()));
		json.writeStringProperty("name", call.name());
		json.writeName("input");
		json.writeRawValue(RawJson.object(ToolArgumentsJson.of(call.arguments())));
		VendorJson vendor = own(call.vendorJson());
		if (vendor != null) {
			String members = RawJson.members(vendor.json(), TOOL_USE_FIELDS);
			if (!members.isEmpty()) {
				json.writeRaw(',');
				json.writeRaw(members);
			}
		}
		json.writeEndObject();
	}

	private @Nullable VendorJson own(@Nullable VendorJson vendor) {
		return (vendor != null && vendor.origin().equals(this.origin)) ? vendor : null;
	}

}
