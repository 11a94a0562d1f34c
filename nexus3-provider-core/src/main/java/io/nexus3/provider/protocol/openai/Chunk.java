package io.nexus3.provider.protocol.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one event of a stream, or one whole answer, says: a scratch pad filled by
 * {@link ChunkReader} and emptied before the next. It exists so that an event counts
 * either in whole or not at all.
 */
final class Chunk {

	@Nullable String id;

	@Nullable String model;

	@Nullable String upstreamProvider;

	/** The error as raw JSON, an object or a string. */
	@Nullable String error;

	@Nullable String usage;

	/** Usage at a place of the vendor's own, for servers that send none at the usual. */
	@Nullable String vendorUsage;

	/** Whether there was a field {@code choices}, even an empty one. */
	boolean choices;

	/** Whether the first choice was there. */
	boolean choice;

	@Nullable String finishReason;

	/** Everything else, by the vendor's name. */
	final Map<String, String> vendorFields = new LinkedHashMap<>();

	/**
	 * What a choice or its message says besides, until it is known which choice it is.
	 */
	final Map<String, String> choiceFields = new LinkedHashMap<>();

	/** What the model said, in order. */
	final List<Piece> pieces = new ArrayList<>();

	final List<ToolDelta> toolDeltas = new ArrayList<>();

	void clear() {
		this.id = null;
		this.model = null;
		this.upstreamProvider = null;
		this.error = null;
		this.usage = null;
		this.vendorUsage = null;
		this.choices = false;
		this.choice = false;
		this.finishReason = null;
		if (!this.vendorFields.isEmpty()) {
			this.vendorFields.clear();
		}
		this.choiceFields.clear();
		this.pieces.clear();
		if (!this.toolDeltas.isEmpty()) {
			this.toolDeltas.clear();
		}
	}

	/**
	 * Whether the event says one thing of the model's, in one string, and nothing that
	 * counts anew each time.
	 */
	boolean saysOneThing() {
		if (this.vendorFields.containsKey(LogProbabilities.FIELD) || this.pieces.size() + this.toolDeltas.size() != 1) {
			return false;
		}
		return this.pieces.isEmpty() ? !this.toolDeltas.get(0).arguments().isEmpty()
				: this.pieces.get(0) instanceof Text || this.pieces.get(0) instanceof Reasoning;
	}

	/** Let an event that {@link #saysOneThing() says one thing} say another. */
	void say(String text) {
		if (this.pieces.isEmpty()) {
			this.toolDeltas.set(0, this.toolDeltas.get(0).withArguments(text));
		}
		else {
			this.pieces.set(0, (this.pieces.get(0) instanceof Text) ? new Text(text) : new Reasoning(text));
		}
	}

	/** A piece of what the model said. */
	sealed interface Piece permits Text, Reasoning, Refusal, ReasoningDetails, Opaque {

	}

	record Text(String text) implements Piece {

	}

	record Reasoning(String text) implements Piece {

	}

	record Refusal(String text) implements Piece {

	}

	/** The array {@code reasoning_details} as raw JSON. */
	record ReasoningDetails(String json) implements Piece {

	}

	record Opaque(String type, String json) implements Piece {

	}

	/**
	 * A piece of a tool call, as broken as servers send it.
	 *
	 * @param index the index, or {@code null} where none was sent
	 * @param id the id, possibly empty
	 * @param name the name or a part of it, possibly empty
	 * @param arguments a part of the arguments, possibly empty
	 * @param extra further fields as a raw JSON object, or {@code null}
	 */
	record ToolDelta(@Nullable Integer index, String id, String name, String arguments, @Nullable String extra) {

		ToolDelta withArguments(String arguments) {
			return new ToolDelta(this.index, this.id, this.name, arguments, this.extra);
		}

	}

}
