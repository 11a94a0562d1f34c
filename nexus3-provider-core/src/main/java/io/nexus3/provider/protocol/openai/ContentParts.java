package io.nexus3.provider.protocol.openai;

import java.util.List;

import io.nexus3.provider.protocol.json.MalformedJsonException;
import io.nexus3.provider.protocol.json.WireJson;
import io.nexus3.provider.protocol.openai.Chunk.Opaque;
import io.nexus3.provider.protocol.openai.Chunk.Piece;
import io.nexus3.provider.protocol.openai.Chunk.Reasoning;
import io.nexus3.provider.protocol.openai.Chunk.Refusal;
import io.nexus3.provider.protocol.openai.Chunk.Text;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code content} that is an array of parts, as Mistral's reasoning models send it.
 *
 * @see <a href="https://docs.mistral.ai/capabilities/reasoning/">Mistral, reasoning</a>
 */
final class ContentParts {

	private ContentParts() {
	}

	static void read(String json, List<Piece> pieces) {
		JsonNode parts = WireJson.tree(json);
		if (parts == null) {
			throw new MalformedJsonException("the content array is malformed");
		}
		for (JsonNode part : parts) {
			if (part.isString()) {
				addText(part.stringValue(), pieces);
			}
			else if (part.isObject()) {
				read(part, pieces);
			}
			else if (!part.isNull()) {
				throw new MalformedJsonException("a content part is neither an object nor a string");
			}
		}
	}

	private static void read(JsonNode part, List<Piece> pieces) {
		switch (part.path("type").asString("")) {
			case "text", "output_text" -> addText(part.path("text").asString(""), pieces);
			case "thinking" -> addReasoning(part.path("thinking"), pieces);
			case "refusal" -> {
				String refusal = part.path("refusal").asString("");
				if (!refusal.isEmpty()) {
					pieces.add(new Refusal(refusal));
				}
			}
			default -> pieces.add(new Opaque(part.path("type").asString("unknown"), part.toString()));
		}
	}

	private static void addText(String text, List<Piece> pieces) {
		if (!text.isEmpty()) {
			pieces.add(new Text(text));
		}
	}

	private static void addReasoning(JsonNode thinking, List<Piece> pieces) {
		StringBuilder text = new StringBuilder();
		if (thinking.isString()) {
			text.append(thinking.stringValue());
		}
		for (JsonNode part : thinking) {
			text.append(part.path("text").asString(""));
		}
		if (!text.isEmpty()) {
			pieces.add(new Reasoning(text.toString()));
		}
	}

}
