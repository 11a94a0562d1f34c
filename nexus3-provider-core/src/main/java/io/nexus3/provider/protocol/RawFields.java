package io.nexus3.provider.protocol;

import io.nexus3.provider.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Looks into raw values that are read as a tree because they are rare.
 *
 * @since 0.1.0
 */
public final class RawFields {

	private RawFields() {
	}

	/**
	 * A field of a raw object, as raw JSON.
	 * @param raw the object
	 * @param name the field's name
	 * @param otherwise what to return when it is absent or null
	 * @return the value as JSON text
	 */
	public static @Nullable String field(String raw, String name, @Nullable String otherwise) {
		JsonNode node = WireJson.tree(raw);
		JsonNode value = (node != null) ? node.get(name) : null;
		return (value != null && !value.isNull()) ? value.toString() : otherwise;
	}

}
