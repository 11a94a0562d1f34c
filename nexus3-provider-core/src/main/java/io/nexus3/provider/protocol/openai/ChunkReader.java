package io.nexus3.provider.protocol.openai;

import java.util.Map;
import java.util.Set;

import io.nexus3.provider.protocol.RawFields;
import io.nexus3.provider.protocol.json.FrameSkeleton;
import io.nexus3.provider.protocol.json.JsonFields;
import io.nexus3.provider.protocol.json.RepeatedText;
import io.nexus3.provider.protocol.json.SliceParser;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a chunk of a stream or a whole answer, token by token. Null is absent, unknown
 * fields are kept raw, a known field of a wrong type is an error.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/object">OpenAI, the
 * chat completion object</a>
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/streaming">OpenAI,
 * the chat completion chunk object</a>
 */
final class ChunkReader {

	/** Fields that say nothing about the answer: constants, clocks and padding. */
	private static final Set<String> NOISE = Set.of("object", "created", "obfuscation", "p");

	private final SliceParser slices = new SliceParser();

	private final RepeatedText id = new RepeatedText();

	private final RepeatedText model = new RepeatedText();

	private final RepeatedText upstreamProvider = new RepeatedText();

	private String counting = "delta";

	private final DeltaReader deltas = new DeltaReader();

	/**
	 * Read a chunk or an answer.
	 * @param field the field that counts where a choice has both: {@code delta} in
	 * streams, where the message repeats all that was said before, {@code message} in
	 * whole answers, where the delta is empty
	 */
	void read(byte[] buffer, int offset, int length, String field, Chunk chunk) {
		this.counting = field;
		this.slices.read(buffer, offset, length, (parser, slices) -> {
			chunk.clear();
			readChunk(parser, chunk);
		});
	}

	/** The answer is read. */
	void close() {
		this.slices.close();
	}

	/** Let a skeleton keep the event that was read last, or forget. */
	void teach(FrameSkeleton skeleton, byte[] buffer, Chunk chunk) {
		this.slices.teach(skeleton, buffer, chunk.saysOneThing());
	}

	private void readChunk(JsonParser parser, Chunk chunk) {
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			if (parser.nextToken() == JsonToken.VALUE_NULL) {
				continue;
			}
			switch (name) {
				case "id" -> chunk.id = this.id.scalar(parser, name);
				case "model" -> chunk.model = this.model.scalar(parser, name);
				case "choices" -> readChoices(parser, chunk);
				case "usage" -> chunk.usage = JsonFields.object(parser, this.slices, name);
				case "error" -> chunk.error = this.slices.raw(parser);
				case "provider" -> readUpstreamProvider(parser, chunk);
				case "x_groq" -> readVendorExtension(parser, name, chunk);
				default -> keep(parser, name, name, chunk.vendorFields);
			}
		}
	}

	private void readChoices(JsonParser parser, Chunk chunk) {
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			throw SliceParser.wrongType(parser, "choices", "an array");
		}
		chunk.choices = true;
		JsonToken token = parser.nextToken();
		for (; token == JsonToken.START_OBJECT || token == JsonToken.VALUE_NULL; token = parser.nextToken()) {
			if (token == JsonToken.START_OBJECT) {
				readChoice(parser, chunk);
			}
		}
		if (token != JsonToken.END_ARRAY) {
			throw SliceParser.wrongType(parser, "choices", "an array of objects");
		}
	}

	/**
	 * One choice. Its index may come after its content, so what it says is taken back
	 * when it turns out to be another than the first.
	 */
	private void readChoice(JsonParser parser, Chunk chunk) {
		int pieces = chunk.pieces.size();
		int toolDeltas = chunk.toolDeltas.size();
		String finishReason = chunk.finishReason;
		chunk.choiceFields.clear();
		boolean counted = false;
		int index = 0;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			if (parser.nextToken() == JsonToken.VALUE_NULL) {
				continue;
			}
			switch (name) {
				case "index" -> index = JsonFields.integer(parser, name);
				case "delta", "message" -> {
					if (name.equals(this.counting) || !counted) {
						trim(chunk, pieces, toolDeltas);
						this.deltas.read(parser, this.slices, chunk);
					}
					else {
						parser.skipChildren();
					}
					counted |= name.equals(this.counting);
				}
				case "finish_reason" -> {
					String reason = JsonFields.text(parser, name);
					// Some servers write null as text.
					chunk.finishReason = reason.equals("null") ? chunk.finishReason : reason;
				}
				case "usage" -> chunk.vendorUsage = JsonFields.object(parser, this.slices, name);
				case "error" -> chunk.error = this.slices.raw(parser);
				case "text", "seed", "token_ids" -> parser.skipChildren();
				default -> keep(parser, name, "choice." + name, chunk.choiceFields);
			}
		}
		if (index == 0) {
			chunk.choice = true;
			chunk.vendorFields.putAll(chunk.choiceFields);
		}
		else {
			trim(chunk, pieces, toolDeltas);
			chunk.finishReason = finishReason;
		}
	}

	private static void trim(Chunk chunk, int pieces, int toolDeltas) {
		chunk.pieces.subList(pieces, chunk.pieces.size()).clear();
		chunk.toolDeltas.subList(toolDeltas, chunk.toolDeltas.size()).clear();
	}

	private void readUpstreamProvider(JsonParser parser, Chunk chunk) {
		if (parser.currentToken() == JsonToken.VALUE_STRING) {
			chunk.upstreamProvider = this.upstreamProvider.scalar(parser, "provider");
		}
		else {
			keep(parser, "provider", "provider", chunk.vendorFields);
		}
	}

	private void readVendorExtension(JsonParser parser, String name, Chunk chunk) {
		String raw = this.slices.raw(parser);
		chunk.vendorFields.put(name, raw);
		chunk.vendorUsage = RawFields.field(raw, "usage", chunk.vendorUsage);
	}

	private void keep(JsonParser parser, String name, String key, Map<String, String> fields) {
		if (NOISE.contains(name)) {
			this.slices.notePadding(parser);
			parser.skipChildren();
			return;
		}
		fields.put(key, this.slices.raw(parser));
	}

}
