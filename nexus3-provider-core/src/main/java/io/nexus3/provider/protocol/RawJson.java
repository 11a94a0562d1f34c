package io.nexus3.provider.protocol;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Vendor JSON on its way back, byte for byte. It is checked first: an application may
 * have stored and restored it, and broken JSON would break the whole body.
 *
 * @since 0.1.0
 */
public final class RawJson {

	private static final JsonFactory FACTORY = new JsonFactory();

	private RawJson() {
	}

	/**
	 * A whole value.
	 * @param json the JSON text
	 * @return the same text
	 * @throws IllegalArgumentException when it is not exactly one JSON value
	 */
	public static String value(String json) {
		check(json, null, Set.of());
		return json;
	}

	/**
	 * A whole object.
	 * @param json the JSON text
	 * @return the same text
	 * @throws IllegalArgumentException when it is not exactly one JSON object
	 */
	public static String object(String json) {
		check(json, JsonToken.START_OBJECT, Set.of());
		return json;
	}

	/**
	 * What stands between the brackets of an array.
	 * @param json the JSON text
	 * @return the elements with the commas between them, possibly empty
	 * @throws IllegalArgumentException when it is not exactly one JSON array
	 */
	public static String elements(String json) {
		check(json, JsonToken.START_ARRAY, Set.of());
		return inner(json);
	}

	/**
	 * What stands between the braces of an object, which has none of some fields.
	 * @param json the JSON text
	 * @param taken the names that the object must not have
	 * @return the members with the commas between them, possibly empty
	 * @throws IllegalArgumentException when it is not exactly one JSON object, or has one
	 * of the fields
	 */
	public static String members(String json, Set<String> taken) {
		check(json, JsonToken.START_OBJECT, taken);
		return inner(json);
	}

	private static String inner(String json) {
		String stripped = json.strip();
		return stripped.substring(1, stripped.length() - 1).strip();
	}

	private static void check(String json, @Nullable JsonToken expected, Set<String> taken) {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
			JsonToken first = parser.nextToken();
			if (first == null || (expected != null && first != expected)) {
				throw new IllegalArgumentException("Vendor data in a message is not what its vendor sent: expected "
						+ ((expected != null) ? expected : "a value") + ", found " + first);
			}
			int depth = first.isStructStart() ? 1 : 0;
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (depth == 0) {
					throw new IllegalArgumentException("Vendor data in a message is more than one JSON value");
				}
				if (token == JsonToken.PROPERTY_NAME && depth == 1 && taken.contains(parser.currentName())) {
					throw new IllegalArgumentException(
							"Vendor data in a message repeats the field " + parser.currentName());
				}
				depth += token.isStructStart() ? 1 : 0;
				depth -= token.isStructEnd() ? 1 : 0;
			}
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("Vendor data in a message is not JSON: " + ex.getOriginalMessage(), ex);
		}
	}

}
