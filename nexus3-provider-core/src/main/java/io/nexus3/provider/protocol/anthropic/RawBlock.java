package io.nexus3.provider.protocol.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import io.nexus3.provider.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A content block as raw JSON: as it came where it came whole, else its start completed
 * with its deltas. Values are never parsed, so that nothing of them is lost, and grow in
 * place, so that many small deltas cost no more than a few large ones.
 */
final class RawBlock {

	private final Map<String, StringBuilder> fields = new LinkedHashMap<>();

	private @Nullable String whole;

	/**
	 * A block.
	 * @param fields its fields as raw JSON
	 * @param whole the block as it came, or {@code null} where it did not come whole
	 */
	RawBlock(Map<String, String> fields, @Nullable String whole) {
		fields.forEach((name, raw) -> this.fields.put(name, new StringBuilder(raw)));
		this.whole = whole;
	}

	void put(String field, String raw) {
		this.fields.put(field, new StringBuilder(raw));
		this.whole = null;
	}

	/** Strings grow, everything else is replaced. */
	void merge(String field, String raw) {
		StringBuilder present = this.fields.get(field);
		if (present != null && present.charAt(0) == '"' && raw.startsWith("\"")) {
			present.setLength(present.length() - 1);
			present.append(raw, 1, raw.length());
			this.whole = null;
		}
		else {
			put(field, raw);
		}
	}

	/** One more element of an array. */
	void add(String field, String rawElement) {
		StringBuilder present = this.fields.get(field);
		if (present == null || present.charAt(0) != '[') {
			put(field, "[" + rawElement + "]");
			return;
		}
		boolean first = firstOf(present) == ']';
		present.setLength(present.length() - 1);
		present.append(first ? "" : ",").append(rawElement).append(']');
		this.whole = null;
	}

	/** What follows the opening bracket. */
	private static char firstOf(StringBuilder array) {
		int i = 1;
		while (array.charAt(i) <= ' ') {
			i++;
		}
		return array.charAt(i);
	}

	void forEach(BiConsumer<String, String> action) {
		this.fields.forEach((name, raw) -> action.accept(name, raw.toString()));
	}

	boolean isEmpty() {
		return this.fields.isEmpty();
	}

	String json() {
		return (this.whole != null) ? this.whole : object(this.fields);
	}

	static String object(Map<String, ? extends CharSequence> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> WireJson.quote(field.getKey()) + ":" + field.getValue())
			.collect(Collectors.joining(",", "{", "}"));
	}

}
