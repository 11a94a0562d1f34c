package io.nexus3.provider.protocol.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import io.nexus3.provider.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A content block as raw JSON: as it came where it came whole, else its start completed
 * with its deltas. Values are never parsed, so that nothing of them is lost.
 */
final class RawBlock {

	private final Map<String, String> fields;

	private @Nullable String whole;

	/**
	 * A block.
	 * @param fields its fields as raw JSON
	 * @param whole the block as it came
	 */
	RawBlock(Map<String, String> fields, @Nullable String whole) {
		this.fields = new LinkedHashMap<>(fields);
		this.whole = whole;
	}

	void put(String field, String raw) {
		this.fields.put(field, raw);
		this.whole = null;
	}

	/** Strings grow, everything else is replaced. */
	void merge(String field, String raw) {
		String present = this.fields.get(field);
		if (present != null && present.startsWith("\"") && raw.startsWith("\"")) {
			put(field, present.substring(0, present.length() - 1) + raw.substring(1));
		}
		else {
			put(field, raw);
		}
	}

	/** One more element of an array. */
	void add(String field, String rawElement) {
		String present = this.fields.get(field);
		if (present != null && present.startsWith("[") && !isEmptyArray(present)) {
			put(field, present.substring(0, present.lastIndexOf(']')) + "," + rawElement + "]");
		}
		else {
			put(field, "[" + rawElement + "]");
		}
	}

	private static boolean isEmptyArray(String array) {
		return array.substring(1, array.length() - 1).isBlank();
	}

	void forEach(BiConsumer<String, String> action) {
		this.fields.forEach(action);
	}

	boolean isEmpty() {
		return this.fields.isEmpty();
	}

	String json() {
		return (this.whole != null) ? this.whole : object(this.fields);
	}

	static String object(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> WireJson.quote(field.getKey()) + ":" + field.getValue())
			.collect(Collectors.joining(",", "{", "}"));
	}

}
