package io.nexus3.provider.protocol.openai;

import java.util.Set;

import io.nexus3.provider.protocol.json.JsonFields;
import io.nexus3.provider.protocol.json.SliceParser;
import io.nexus3.provider.protocol.openai.Chunk.Opaque;
import io.nexus3.provider.protocol.openai.Chunk.Reasoning;
import io.nexus3.provider.protocol.openai.Chunk.ReasoningDetails;
import io.nexus3.provider.protocol.openai.Chunk.Refusal;
import io.nexus3.provider.protocol.openai.Chunk.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a {@code delta} or a {@code message}: they have the same fields. Reasoning is
 * read under every name it goes by; text that is sent under two names counts once.
 */
final class DeltaReader {

	/** Fields that repeat per delta and say nothing, or only repeat another. */
	private static final Set<String> NOISE = Set.of("role", "index", "token_id");

	/**
	 * Strings of a message that belong to it and not to the log: the vendor wants them
	 * back.
	 */
	private static final Set<String> OPAQUE_STRINGS = Set.of("thought_signature");

	private final ToolDeltaReader toolDeltas = new ToolDeltaReader();

	void read(JsonParser parser, SliceParser slices, Chunk chunk) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			throw SliceParser.wrongType(parser, "delta", "an object");
		}
		String reasoningContent = "";
		String reasoning = "";
		String details = null;
		int first = chunk.pieces.size();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			if (parser.nextToken() == JsonToken.VALUE_NULL) {
				continue;
			}
			switch (name) {
				case "content" -> readContent(parser, slices, chunk);
				case "reasoning_content" -> {
					reasoningContent = JsonFields.text(parser, name);
					slices.noteText(parser);
				}
				case "reasoning" -> reasoning = readReasoning(parser, slices, chunk);
				case "reasoning_details" -> details = array(parser, slices, name);
				case "refusal" -> readRefusal(parser, chunk);
				case "tool_calls" -> this.toolDeltas.readAll(parser, slices, chunk);
				case "function_call" -> this.toolDeltas.readLegacy(parser, slices, chunk);
				default -> keep(parser, slices, name, chunk);
			}
		}
		if (parser.currentToken() != JsonToken.END_OBJECT) {
			throw SliceParser.wrongType(parser, "delta", "a complete object");
		}
		insertReasoning(chunk, first, reasoningContent.isEmpty() ? reasoning : reasoningContent, details);
	}

	/** Reasoning comes before what it led to, wherever its field stands. */
	private static void insertReasoning(Chunk chunk, int at, String reasoning, @Nullable String details) {
		if (details != null) {
			chunk.pieces.add(at, new ReasoningDetails(details));
		}
		if (!reasoning.isEmpty()) {
			chunk.pieces.add(at, new Reasoning(reasoning));
		}
	}

	private static String readReasoning(JsonParser parser, SliceParser slices, Chunk chunk) {
		if (parser.currentToken() == JsonToken.VALUE_STRING) {
			slices.noteText(parser);
			return parser.getString();
		}
		chunk.pieces.add(new Opaque("reasoning", slices.raw(parser)));
		return "";
	}

	private static void readContent(JsonParser parser, SliceParser slices, Chunk chunk) {
		JsonToken token = parser.currentToken();
		if (token == JsonToken.VALUE_STRING) {
			String text = parser.getString();
			slices.noteText(parser);
			if (!text.isEmpty()) {
				chunk.pieces.add(new Text(text));
			}
		}
		else if (token == JsonToken.START_ARRAY) {
			ContentParts.read(slices.raw(parser), chunk.pieces);
		}
		else {
			throw SliceParser.wrongType(parser, "content", "a string or an array");
		}
	}

	private static String array(JsonParser parser, SliceParser slices, String field) {
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			throw SliceParser.wrongType(parser, field, "an array");
		}
		return slices.raw(parser);
	}

	private static void keep(JsonParser parser, SliceParser slices, String name, Chunk chunk) {
		if (NOISE.contains(name)) {
			parser.skipChildren();
		}
		else if (parser.currentToken().isStructStart() || OPAQUE_STRINGS.contains(name)) {
			String raw = slices.raw(parser);
			if (!raw.equals("[]") && !raw.equals("{}")) {
				chunk.pieces.add(new Opaque(name, raw));
			}
		}
		else {
			chunk.choiceFields.put("message." + name, slices.raw(parser));
		}
	}

	private static void readRefusal(JsonParser parser, Chunk chunk) {
		String text = JsonFields.text(parser, "refusal");
		if (!text.isEmpty()) {
			chunk.pieces.add(new Refusal(text));
		}
	}

}
