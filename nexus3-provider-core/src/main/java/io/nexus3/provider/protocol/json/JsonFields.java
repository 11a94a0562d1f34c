package io.nexus3.provider.protocol.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the value of a known field: a wrong type is an error that names the field. The
 * parser stands on the value.
 *
 * @since 0.1.0
 */
public final class JsonFields {

	private JsonFields() {
	}

	/**
	 * A string.
	 * @param parser the parser
	 * @param field the field's name
	 * @return the text
	 */
	public static String text(JsonParser parser, String field) {
		if (parser.currentToken() != JsonToken.VALUE_STRING) {
			throw SliceParser.wrongType(parser, field, "a string");
		}
		return parser.getString();
	}

	/**
	 * A string, or what some servers send in its place: a number or a boolean.
	 * @param parser the parser
	 * @param field the field's name
	 * @return the text, or {@code null} when it is empty
	 */
	public static @Nullable String scalar(JsonParser parser, String field) {
		if (!parser.currentToken().isScalarValue()) {
			throw SliceParser.wrongType(parser, field, "a string");
		}
		String value = parser.getString();
		return value.isEmpty() ? null : value;
	}

	/**
	 * A whole number.
	 * @param parser the parser
	 * @param field the field's name
	 * @return the number
	 */
	public static int integer(JsonParser parser, String field) {
		if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
			throw SliceParser.wrongType(parser, field, "a whole number");
		}
		return parser.getIntValue();
	}

	/**
	 * An object as raw JSON.
	 * @param parser the parser, which then stands on the object's end
	 * @param slices gives the raw text
	 * @param field the field's name
	 * @return the object as it came
	 */
	public static String object(JsonParser parser, SliceParser slices, String field) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			throw SliceParser.wrongType(parser, field, "an object");
		}
		return slices.raw(parser);
	}

}
