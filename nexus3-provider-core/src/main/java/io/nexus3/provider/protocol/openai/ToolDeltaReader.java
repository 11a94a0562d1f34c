package io.nexus3.provider.protocol.openai;

import io.nexus3.provider.protocol.json.JsonFields;
import io.nexus3.provider.protocol.json.SliceParser;
import io.nexus3.provider.protocol.json.WireJson;
import io.nexus3.provider.protocol.openai.Chunk.ToolDelta;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads {@code tool_calls} and the deprecated {@code function_call} as they are sent;
 * {@link ToolCallAssembler} makes sense of them.
 */
final class ToolDeltaReader {

	/** The deprecated form has room for one call: it goes where an index of 0 would. */
	private static final Integer LEGACY_INDEX = 0;

	void readAll(JsonParser parser, SliceParser slices, Chunk chunk) {
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			throw SliceParser.wrongType(parser, "tool_calls", "an array");
		}
		JsonToken token = parser.nextToken();
		for (; token == JsonToken.START_OBJECT || token == JsonToken.VALUE_NULL; token = parser.nextToken()) {
			if (token == JsonToken.START_OBJECT) {
				chunk.toolDeltas.add(readOne(parser, slices));
			}
		}
		if (token != JsonToken.END_ARRAY) {
			throw SliceParser.wrongType(parser, "tool_calls", "an array of objects");
		}
	}

	void readLegacy(JsonParser parser, SliceParser slices, Chunk chunk) {
		Function function = new Function();
		function.read(parser, slices, "function_call");
		chunk.toolDeltas.add(new ToolDelta(LEGACY_INDEX, "", function.name, function.arguments, null));
	}

	private static ToolDelta readOne(JsonParser parser, SliceParser slices) {
		Integer index = null;
		String id = "";
		Function function = new Function();
		StringBuilder extra = null;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			if (parser.nextToken() == JsonToken.VALUE_NULL) {
				continue;
			}
			switch (name) {
				case "index" -> index = JsonFields.integer(parser, name);
				case "id" -> {
					String value = JsonFields.scalar(parser, name);
					id = (value != null) ? value : "";
				}
				case "type" -> parser.skipChildren();
				case "function" -> function.read(parser, slices, name);
				default -> {
					extra = (extra != null) ? extra.append(',') : new StringBuilder("{");
					extra.append(WireJson.quote(name)).append(':').append(slices.raw(parser));
				}
			}
		}
		return new ToolDelta(index, id, function.name, function.arguments,
				(extra != null) ? extra.append('}').toString() : null);
	}

	private static final class Function {

		private String name = "";

		private String arguments = "";

		void read(JsonParser parser, SliceParser slices, String field) {
			if (parser.currentToken() != JsonToken.START_OBJECT) {
				throw SliceParser.wrongType(parser, field, "an object");
			}
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String property = parser.currentName();
				if (parser.nextToken() == JsonToken.VALUE_NULL) {
					continue;
				}
				switch (property) {
					case "name" -> this.name = JsonFields.text(parser, property);
					case "arguments" -> this.arguments = arguments(parser, slices);
					default -> parser.skipChildren();
				}
			}
		}

		/** A string by the protocol; some servers send the object itself. */
		private static String arguments(JsonParser parser, SliceParser slices) {
			if (parser.currentToken() != JsonToken.VALUE_STRING) {
				return slices.raw(parser);
			}
			slices.noteText(parser);
			return parser.getString();
		}

	}

}
