package io.nexus3.provider.protocol.json;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The inside of a JSON string as bytes. What is in doubt is left to the parser.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259, section 7:
 * strings</a>
 */
final class JsonText {

	private static final char REPLACEMENT = '\uFFFD';

	private JsonText() {
	}

	/**
	 * Where a string ends.
	 * @return the index of the first quote that is not escaped, or -1 when there is none,
	 * or a control character before it
	 */
	static int end(byte[] buffer, int from, int to) {
		for (int i = from; i < to; i++) {
			byte b = buffer[i];
			if (b == '"') {
				return i;
			}
			if (b == '\\') {
				i++;
			}
			else if (b >= 0 && b < ' ') {
				return -1;
			}
		}
		return -1;
	}

	/**
	 * What a string says.
	 * @return the text, or {@code null} when it is empty, or not certain
	 */
	static @Nullable String of(byte[] buffer, int from, int to) {
		if (from == to) {
			return null;
		}
		int any = 0;
		boolean escaped = false;
		for (int i = from; i < to; i++) {
			any |= buffer[i];
			escaped |= buffer[i] == '\\';
		}
		if (any >= 0) {
			String text = new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
			return escaped ? unescaped(text) : text;
		}
		String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
		if (text.indexOf(REPLACEMENT) >= 0) {
			return null;
		}
		return escaped ? unescaped(text) : text;
	}

	/**
	 * Whether a string is certain without being read: ASCII with no escapes.
	 */
	static boolean isPlain(byte[] buffer, int from, int to) {
		for (int i = from; i < to; i++) {
			if (buffer[i] < ' ' || buffer[i] == '\\') {
				return false;
			}
		}
		return true;
	}

	private static @Nullable String unescaped(String text) {
		StringBuilder plain = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\\') {
				c = escape(text, ++i);
				if (c == 0) {
					return null;
				}
			}
			plain.append(c);
		}
		return plain.toString();
	}

	/** The character of a short escape, or 0 for any other: they are the parser's. */
	private static char escape(String text, int at) {
		if (at >= text.length()) {
			return 0;
		}
		return switch (text.charAt(at)) {
			case '"' -> '"';
			case '\\' -> '\\';
			case '/' -> '/';
			case 'n' -> '\n';
			case 't' -> '\t';
			case 'r' -> '\r';
			case 'b' -> '\b';
			case 'f' -> '\f';
			default -> 0;
		};
	}

}
