package io.nexus3.provider.protocol;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The top level of a request body, where extra fields win over the library's own: a field
 * that they name, even as null, is not written by the library.
 *
 * @param extra the extra fields by the vendor's name
 * @since 0.1.0
 */
public record TopLevelFields(Map<String, @Nullable Object> extra) {

	/**
	 * Write the name of a field, unless an extra field takes its place.
	 * @param json where to write
	 * @param name the field's name
	 * @return whether its value is to be written
	 */
	public boolean begins(JsonGenerator json, String name) {
		if (this.extra.containsKey(name)) {
			return false;
		}
		json.writeName(name);
		return true;
	}

	/**
	 * Write a field that is set, unless an extra field takes its place.
	 * @param json where to write
	 * @param name the field's name
	 * @param value its value, or {@code null} when it is unset
	 */
	public void value(JsonGenerator json, String name, @Nullable Object value) {
		if (value != null && begins(json, name)) {
			JsonBody.writeValue(json, value);
		}
	}

	/**
	 * Write the extra fields; those that are null only keep the library's out.
	 * @param json where to write
	 */
	public void writeExtra(JsonGenerator json) {
		this.extra.forEach((name, value) -> {
			if (value != null) {
				json.writeName(name);
				JsonBody.writeValue(json, value);
			}
		});
	}

}
