package io.nexus3.provider.protocol.openai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nexus3.provider.protocol.json.MalformedJsonException;
import io.nexus3.provider.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Puts {@code reasoning_details} together: in a stream each entry comes in pieces that
 * share an index and a type. An array that came in one go is kept byte for byte.
 *
 * @see <a href=
 * "https://openrouter.ai/docs/use-cases/reasoning-tokens#preserving-reasoning-blocks">
 * OpenRouter, preserving reasoning blocks</a>
 */
final class ReasoningDetails {

	/** Fields that come in pieces; the others are said once or repeated. */
	private static final Set<String> GROWING = Set.of("text", "summary", "data", "signature");

	private final List<Entry> entries = new ArrayList<>();

	private final Map<String, Entry> byKey = new HashMap<>();

	private @Nullable String only;

	private int arrays;

	/**
	 * Take an array.
	 * @param json the array as sent
	 */
	void append(String json) {
		JsonNode array = WireJson.tree(json);
		if (array == null || !array.isArray()) {
			throw new MalformedJsonException("the field 'reasoning_details' is malformed");
		}
		this.only = (this.arrays++ == 0) ? json : null;
		for (JsonNode piece : array) {
			if (piece.isObject()) {
				entry(piece).append(piece);
			}
		}
	}

	private Entry entry(JsonNode piece) {
		if (piece.path("index").isMissingNode()) {
			return add(null);
		}
		String key = piece.path("index").toString() + '/' + piece.path("type").asString("");
		Entry entry = this.byKey.get(key);
		return (entry != null) ? entry : add(key);
	}

	private Entry add(@Nullable String key) {
		Entry entry = new Entry();
		this.entries.add(entry);
		if (key != null) {
			this.byKey.put(key, entry);
		}
		return entry;
	}

	boolean isEmpty() {
		return this.entries.isEmpty();
	}

	/** The array to be sent back. */
	String json() {
		if (this.only != null) {
			return this.only;
		}
		StringBuilder json = new StringBuilder("[");
		for (Entry entry : this.entries) {
			if (json.length() > 1) {
				json.append(',');
			}
			entry.write(json);
		}
		return json.append(']').toString();
	}

	private static final class Entry {

		private final Map<String, String> fields = new LinkedHashMap<>();

		private final Map<String, StringBuilder> growing = new LinkedHashMap<>();

		void append(JsonNode piece) {
			piece.forEachEntry((name, value) -> {
				if (value.isString() && GROWING.contains(name)) {
					this.fields.putIfAbsent(name, "");
					this.growing.computeIfAbsent(name, (key) -> new StringBuilder()).append(value.stringValue());
				}
				else if (!value.isNull() || !this.fields.containsKey(name)) {
					this.fields.put(name, value.toString());
				}
			});
		}

		void write(StringBuilder json) {
			json.append('{');
			boolean first = true;
			for (Map.Entry<String, String> field : this.fields.entrySet()) {
				if (!first) {
					json.append(',');
				}
				first = false;
				StringBuilder grown = this.growing.get(field.getKey());
				json.append(WireJson.quote(field.getKey()))
					.append(':')
					.append((grown != null) ? WireJson.quote(grown.toString()) : field.getValue());
			}
			json.append('}');
		}

	}

}
