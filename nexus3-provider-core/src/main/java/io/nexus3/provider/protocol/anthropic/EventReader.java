package io.nexus3.provider.protocol.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.nexus3.provider.protocol.anthropic.WireEvent.Block;
import io.nexus3.provider.protocol.anthropic.WireEvent.Delta;
import io.nexus3.provider.protocol.json.FrameSkeleton;
import io.nexus3.provider.protocol.json.JsonFields;
import io.nexus3.provider.protocol.json.SliceParser;
import io.nexus3.provider.protocol.json.WireJson;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads an event of a stream or a whole answer, token by token. Null is absent, unknown
 * fields are kept raw, a known field of a wrong type is an error.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/streaming">Anthropic, streaming
 * messages</a>
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Anthropic, create a
 * message</a>
 */
final class EventReader {

	/** Fields of a text block that hold nothing beside the text. */
	private static final Set<String> EMPTY = Set.of("null", "[]");

	private final SliceParser slices = new SliceParser();

	/**
	 * Read an event or an answer.
	 */
	void read(byte[] buffer, int offset, int length, WireEvent event) {
		this.slices.read(buffer, offset, length, (parser, slices) -> {
			event.clear();
			readEvent(parser, event);
		});
	}

	/** The answer is read. */
	void close() {
		this.slices.close();
	}

	/** Let a skeleton keep the event that was read last, or forget. */
	void teach(FrameSkeleton skeleton, byte[] buffer, WireEvent event) {
		this.slices.teach(skeleton, buffer, event.saysOneThing());
	}

	/** An answer in one piece is a message with nothing around it. */
	private void readEvent(JsonParser parser, WireEvent event) {
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			if (parser.nextToken() == JsonToken.VALUE_NULL) {
				continue;
			}
			switch (name) {
				case "type" -> event.type = JsonFields.text(parser, name);
				case "index" -> event.index = JsonFields.integer(parser, name);
				case "delta" -> readDelta(parser, event);
				case "content_block" -> event.blocks.add(readBlock(parser));
				case "message" -> readMessage(parser, event);
				case "error" -> event.error = this.slices.raw(parser);
				default -> readMessageField(parser, name, event);
			}
		}
	}

	private void readMessage(JsonParser parser, WireEvent event) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			// A field of that name at the top of an error is a sentence.
			event.vendorFields.put("message", this.slices.raw(parser));
			return;
		}
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			if (parser.nextToken() == JsonToken.VALUE_NULL) {
				continue;
			}
			if (name.equals("type")) {
				parser.skipChildren();
			}
			else {
				readMessageField(parser, name, event);
			}
		}
		requireEnd(parser, "message");
	}

	private void readMessageField(JsonParser parser, String name, WireEvent event) {
		switch (name) {
			case "id" -> event.id = JsonFields.scalar(parser, name);
			case "model" -> event.model = JsonFields.scalar(parser, name);
			case "role" -> parser.skipChildren();
			case "content" -> readContent(parser, event);
			case "stop_reason" -> event.stopReason = JsonFields.scalar(parser, name);
			case "usage" -> event.usage = JsonFields.object(parser, this.slices, name);
			default -> event.vendorFields.put(name, this.slices.raw(parser));
		}
	}

	private void readContent(JsonParser parser, WireEvent event) {
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			throw SliceParser.wrongType(parser, "content", "an array");
		}
		event.content = true;
		while (parser.nextToken() == JsonToken.START_OBJECT) {
			event.blocks.add(readBlock(parser));
		}
		if (parser.currentToken() != JsonToken.END_ARRAY) {
			throw SliceParser.wrongType(parser, "content", "an array of objects");
		}
	}

	private Block readBlock(JsonParser parser) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			throw SliceParser.wrongType(parser, "content_block", "an object");
		}
		int mark = this.slices.mark(parser);
		String type = "";
		String text = "";
		String thinking = "";
		Map<String, String> fields = new LinkedHashMap<>();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken token = parser.nextToken();
			if (name.equals("type")) {
				type = JsonFields.text(parser, name);
				fields.put(name, WireJson.quote(type));
			}
			else if (name.equals("text") && token == JsonToken.VALUE_STRING) {
				text = parser.getString();
			}
			else if (name.equals("thinking") && token == JsonToken.VALUE_STRING) {
				thinking = parser.getString();
				fields.put(name, WireJson.quote(thinking));
			}
			else {
				fields.put(name, this.slices.raw(parser));
			}
		}
		requireEnd(parser, "content_block");
		if (type.equals("text")) {
			fields.remove("type");
			fields.values().removeIf(EMPTY::contains);
			return new Block(type, text, "", fields, fields.isEmpty() ? null : this.slices.since(mark, parser));
		}
		if (!text.isEmpty()) {
			fields.put("text", WireJson.quote(text));
		}
		return new Block(type, text, thinking, fields, this.slices.since(mark, parser));
	}

	private void readDelta(JsonParser parser, WireEvent event) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			throw SliceParser.wrongType(parser, "delta", "an object");
		}
		Delta delta = event.delta;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			if (parser.nextToken() == JsonToken.VALUE_NULL) {
				continue;
			}
			switch (name) {
				case "type" -> parser.skipChildren();
				case "text" -> {
					delta.text = JsonFields.text(parser, name);
					this.slices.noteText(parser);
				}
				case "thinking" -> {
					delta.thinking = JsonFields.text(parser, name);
					this.slices.noteText(parser);
				}
				case "partial_json" -> {
					delta.partialJson = JsonFields.text(parser, name);
					this.slices.noteText(parser);
				}
				case "stop_reason" -> event.stopReason = JsonFields.scalar(parser, name);
				default -> delta.fields.put(name, this.slices.raw(parser));
			}
		}
		requireEnd(parser, "delta");
	}

	private static void requireEnd(JsonParser parser, String field) {
		if (parser.currentToken() != JsonToken.END_OBJECT) {
			throw SliceParser.wrongType(parser, field, "a complete object");
		}
	}

}
