package io.nexus3.provider.protocol.json;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A field that most events of a stream repeat, such as the model's name: a string is made
 * only where it is not the one before. One per response; not thread-safe.
 *
 * @since 0.1.0
 */
public final class RepeatedText {

	/** Names and ids are shorter; what is longer is not kept a second time. */
	private static final int LONGEST = 256;

	private static final char[] NOTHING = new char[0];

	private @Nullable String last;

	/** The last text as the parser has it: arrays are compared many at a time. */
	private char[] characters = NOTHING;

	/**
	 * The value of the field.
	 * @param parser the parser, on the value
	 * @param field the field's name
	 * @return the text, or {@code null} when it is empty
	 * @throws MalformedJsonException when the value is no scalar
	 * @see JsonFields#scalar
	 */
	public @Nullable String scalar(JsonParser parser, String field) {
		if (!isLast(parser)) {
			this.last = JsonFields.scalar(parser, field);
			this.characters = (this.last != null && this.last.length() <= LONGEST) ? this.last.toCharArray() : NOTHING;
		}
		return this.last;
	}

	private boolean isLast(JsonParser parser) {
		int length = this.characters.length;
		if (length == 0 || !parser.currentToken().isScalarValue() || parser.getStringLength() != length) {
			return false;
		}
		int offset = parser.getStringOffset();
		return Arrays.equals(parser.getStringCharacters(), offset, offset + length, this.characters, 0, length);
	}

}
