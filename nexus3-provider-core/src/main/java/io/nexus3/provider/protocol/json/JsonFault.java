package io.nexus3.provider.protocol.json;

import java.nio.ByteBuffer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/**
 * What is wrong with a slice, in words and with its place, and without the text itself.
 */
final class JsonFault {

	private static final String CONTROL_CHARACTER = "Illegal unquoted character";

	private JsonFault() {
	}

	/**
	 * What the parser complains about.
	 * @param ex the complaint
	 * @param base what the parser had counted before the slice
	 * @param slice the slice, from its first byte
	 * @return the exception to throw
	 */
	static MalformedJsonException of(JacksonException ex, long base, ByteBuffer slice) {
		String words = WireJson.words(ex);
		int at = (ex.getLocation() != null) ? (int) (ex.getLocation().getByteOffset() - base) : -1;
		if (at >= 0 && words.startsWith(CONTROL_CHARACTER)) {
			at = controlCharacter(slice, at);
		}
		return new MalformedJsonException(words + ((at >= 0) ? ", at byte " + at : ""));
	}

	/**
	 * Of a control character in a string the parser tells where it had begun to look for
	 * the string's end, which depends on what it has read before.
	 */
	private static int controlCharacter(ByteBuffer slice, int from) {
		int at = from;
		while (at < slice.limit() && (slice.get(at) < 0 || slice.get(at) >= ' ')) {
			at++;
		}
		return at;
	}

	/** A scalar has no end of its own, and the parser would wait for more of it. */
	static MalformedJsonException notAnObject(JsonToken token, byte[] bytes, int from, int to) {
		if (token != JsonToken.NOT_AVAILABLE) {
			return new MalformedJsonException("it is no JSON object but " + words(token));
		}
		int first = from;
		while (first < to && bytes[first] <= ' ' && bytes[first] >= 0) {
			first++;
		}
		return (first < to && bytes[first] != '{') ? new MalformedJsonException("it is no JSON object") : cutOff();
	}

	static MalformedJsonException wrongType(JsonToken token, String field, String expected) {
		return (token == JsonToken.NOT_AVAILABLE) ? cutOff() : new MalformedJsonException(
				"the field '" + field + "' should be " + expected + " but is " + words(token));
	}

	static MalformedJsonException cutOff() {
		return new MalformedJsonException("the JSON is cut off");
	}

	private static String words(JsonToken token) {
		return switch (token) {
			case START_OBJECT, END_OBJECT -> "an object";
			case START_ARRAY, END_ARRAY -> "an array";
			case VALUE_STRING -> "a string";
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
			case VALUE_TRUE, VALUE_FALSE -> "a boolean";
			case VALUE_NULL -> "null";
			default -> token.toString();
		};
	}

}
