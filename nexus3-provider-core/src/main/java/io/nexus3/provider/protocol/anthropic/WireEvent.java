package io.nexus3.provider.protocol.anthropic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one event of a stream, or one whole answer, says: a scratch pad filled by
 * {@link EventReader} and emptied before the next. It exists so that an event counts
 * either in whole or not at all, in whatever order its fields stand.
 */
final class WireEvent {

	/** The type of an event that holds a piece of a block. */
	static final String DELTA = "content_block_delta";

	@Nullable String type;

	/** The index of a content block, or -1. */
	int index;

	@Nullable String id;

	@Nullable String model;

	/** The stop reason of a message or of a message's delta. */
	@Nullable String stopReason;

	@Nullable String usage;

	/** The error as raw JSON, an object or a string. */
	@Nullable String error;

	/** Whether there was a field {@code content}, even an empty one. */
	boolean content;

	/** Everything else of a message, by the vendor's name, as raw JSON. */
	final Map<String, String> vendorFields = new LinkedHashMap<>();

	/** The blocks of a message, or the one that starts. */
	final List<Block> blocks = new ArrayList<>();

	final Delta delta = new Delta();

	void clear() {
		this.type = null;
		this.index = -1;
		this.id = null;
		this.model = null;
		this.stopReason = null;
		this.usage = null;
		this.error = null;
		this.content = false;
		if (!this.vendorFields.isEmpty()) {
			this.vendorFields.clear();
		}
		if (!this.blocks.isEmpty()) {
			this.blocks.clear();
		}
		this.delta.clear();
	}

	/** Whether the event is a piece of a block that holds one string. */
	boolean saysOneThing() {
		return DELTA.equals(this.type) && this.error == null && this.delta.holdsOneString();
	}

	/**
	 * A content block as it starts, or in whole.
	 *
	 * @param type its type
	 * @param text its text, possibly empty
	 * @param thinking its thinking, possibly empty
	 * @param fields all its fields as raw JSON, without type and text where it is a text
	 * block
	 * @param raw the whole block as it came, or {@code null} for a block of text alone
	 */
	record Block(String type, String text, String thinking, Map<String, String> fields, @Nullable String raw) {

	}

	/**
	 * A piece of a block, or of the message.
	 */
	static final class Delta {

		@Nullable String text;

		@Nullable String thinking;

		@Nullable String partialJson;

		/** Everything else but the type, as raw JSON. */
		final Map<String, String> fields = new LinkedHashMap<>();

		private boolean holdsOneString() {
			int strings = ((this.text != null) ? 1 : 0) + ((this.thinking != null) ? 1 : 0)
					+ ((this.partialJson != null) ? 1 : 0);
			return strings == 1 && this.fields.isEmpty() && !"".equals(this.text) && !"".equals(this.thinking)
					&& !"".equals(this.partialJson);
		}

		/** Let a piece that holds one string hold another. */
		void say(String text) {
			this.text = (this.text != null) ? text : null;
			this.thinking = (this.thinking != null) ? text : null;
			this.partialJson = (this.partialJson != null) ? text : null;
		}

		private void clear() {
			this.text = null;
			this.thinking = null;
			this.partialJson = null;
			if (!this.fields.isEmpty()) {
				this.fields.clear();
			}
		}

	}

}
