package io.nexus3.provider.protocol.openai;

import java.util.ArrayList;
import io.nexus3.provider.AssistantMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.ResponseInfo;
import io.nexus3.provider.VendorJson;
import io.nexus3.provider.protocol.RawJson;
import tools.jackson.core.JsonGenerator;

/**
 * Writes what an earlier answer's provider wants back. What came from elsewhere is left
 * out.
 */
final class ReplayWriter {

	private final OpenAiDialect.Replay replay;

	private final VendorJson.Origin origin;

	ReplayWriter(OpenAiDialect.Replay replay, VendorJson.Origin origin) {
		this.replay = replay;
		this.origin = origin;
	}

	void write(JsonGenerator json, AssistantMessage message) {
		StringBuilder text = new StringBuilder();
		List<String> details = new ArrayList<>();
		Map<String, String> opaque = new LinkedHashMap<>();
		for (AssistantPart part : message.parts()) {
			if (part instanceof ReasoningPart reasoning) {
				collect(reasoning, text, details);
			}
			else if (part instanceof OpaquePart other && isOwn(other.vendorJson())
					&& this.replay.opaqueTypes().contains(other.type())) {
				opaque.put(other.type(), RawJson.value(other.vendorJson().json()));
			}
		}
		if (!text.isEmpty() && takesText(message)) {
			this.replay.textFields().forEach((field) -> json.writeStringProperty(field, text.toString()));
		}
		if (!details.isEmpty()) {
			json.writeName("reasoning_details");
			json.writeRawValue("[" + String.join(",", details) + "]");
		}
		opaque.forEach((field, value) -> {
			json.writeName(field);
			json.writeRawValue(value);
		});
	}

	private void collect(ReasoningPart reasoning, StringBuilder text, List<String> details) {
		VendorJson vendor = reasoning.vendorJson();
		if (vendor == null) {
			text.append(reasoning.text());
		}
		else if (isOwn(vendor)) {
			String elements = this.replay.details() ? RawJson.elements(vendor.json()) : "";
			if (elements.isEmpty()) {
				text.append(reasoning.text());
			}
			else {
				details.add(elements);
			}
		}
	}

	private boolean takesText(AssistantMessage message) {
		ResponseInfo response = message.response();
		return response != null && response.provider().equals(this.origin.provider())
				&& (!this.replay.textWithToolCallsOnly() || !message.toolCalls().isEmpty());
	}

	private boolean isOwn(VendorJson vendor) {
		return vendor.origin().equals(this.origin);
	}

}
