package io.nexus3.provider.observation;

import java.util.List;
import java.util.Locale;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.AudioPart;
import io.nexus3.provider.ContentPart;
import io.nexus3.provider.DocumentPart;
import io.nexus3.provider.FinishReason;
import io.nexus3.provider.ImagePart;
import io.nexus3.provider.Media;
import io.nexus3.provider.Message;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.RefusalPart;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages as OpenTelemetry writes them on spans. The bytes of media are left out: they
 * would fill any backend.
 *
 * @see <a href=
 * "https://github.com/open-telemetry/semantic-conventions-genai">gen_ai.input.messages</a>
 */
final class ContentJson {

	private static final JsonMapper JSON = new JsonMapper();

	private ContentJson() {
	}

	static String input(List<Message> messages) {
		ArrayNode array = JSON.createArrayNode();
		messages.forEach((message) -> add(array.addObject(), message));
		return array.toString();
	}

	static String output(AssistantMessage message) {
		ArrayNode array = JSON.createArrayNode();
		ObjectNode node = array.addObject();
		add(node, message);
		if (message.finishReason() != null) {
			node.put("finish_reason", finishReason(message.finishReason()));
		}
		return array.toString();
	}

	static String finishReason(FinishReason reason) {
		return switch (reason.kind()) {
			case TOOL_CALLS -> "tool_call";
			default -> reason.kind().name().toLowerCase(Locale.ROOT);
		};
	}

	private static void add(ObjectNode node, Message message) {
		if (message instanceof SystemMessage system) {
			text(parts(node, "system"), system.text());
		}
		else if (message instanceof UserMessage user) {
			ArrayNode parts = parts(node, "user");
			user.content().forEach((part) -> add(parts, part));
		}
		else if (message instanceof ToolMessage tool) {
			parts(node, "tool").addObject()
				.put("type", "tool_call_response")
				.put("id", tool.toolCallId())
				.put("response", tool.text());
		}
		else if (message instanceof AssistantMessage assistant) {
			ArrayNode parts = parts(node, "assistant");
			assistant.parts().forEach((part) -> add(parts, part));
		}
		else {
			throw new IllegalStateException("Unknown message: " + message.getClass());
		}
	}

	private static ArrayNode parts(ObjectNode node, String role) {
		return node.put("role", role).putArray("parts");
	}

	private static void text(ArrayNode parts, String text) {
		parts.addObject().put("type", "text").put("content", text);
	}

	private static void add(ArrayNode parts, ContentPart part) {
		if (part instanceof TextPart text) {
			text(parts, text.text());
		}
		else if (part instanceof ImagePart image) {
			media(parts, "image", image.media());
		}
		else if (part instanceof DocumentPart document) {
			media(parts, "document", document.media());
		}
		else if (part instanceof AudioPart audio) {
			media(parts, "audio", audio.media());
		}
		else {
			throw new IllegalStateException("Unknown part: " + part.getClass());
		}
	}

	private static void media(ArrayNode parts, String modality, Media media) {
		ObjectNode node = parts.addObject();
		if (media instanceof Media.Url url) {
			node.put("type", "uri").put("modality", modality).put("uri", url.url());
		}
		else if (media instanceof Media.Bytes bytes) {
			node.put("type", "blob").put("modality", modality).put("mime_type", bytes.mediaType());
		}
	}

	private static void add(ArrayNode parts, AssistantPart part) {
		if (part instanceof TextPart text) {
			text(parts, text.text());
		}
		else if (part instanceof RefusalPart refusal) {
			parts.addObject().put("type", "refusal").put("content", refusal.text());
		}
		else if (part instanceof ReasoningPart reasoning) {
			parts.addObject().put("type", "reasoning").put("content", reasoning.text());
		}
		else if (part instanceof ToolCall call) {
			ObjectNode node = parts.addObject().put("type", "tool_call").put("id", call.id()).put("name", call.name());
			if (call.arguments().valid()) {
				node.set("arguments", JSON.valueToTree(call.arguments().asMap()));
			}
			else {
				node.put("arguments", call.arguments().raw());
			}
		}
		else if (part instanceof OpaquePart opaque) {
			parts.addObject().put("type", opaque.type());
		}
		else {
			throw new IllegalStateException("Unknown part: " + part.getClass());
		}
	}

}
