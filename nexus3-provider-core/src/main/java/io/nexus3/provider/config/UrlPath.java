package io.nexus3.provider.config;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The path of a base URL: what requests append to, so nothing in it may mean one thing
 * here and another at a proxy or server that decodes it.
 */
final class UrlPath {

	private static final String PUNCTUATION = "-._~!$&'()*+,;=:@";

	/**
	 * What an escape must not hide: separators, and the escape sign for a second round.
	 */
	private static final String NEVER_ESCAPED = "/\\?#%";

	private UrlPath() {
	}

	/**
	 * Check a path.
	 * @param path empty, or with a slash at its start
	 * @return the path without slashes at its end
	 * @throws IllegalArgumentException when it is not safe to append to
	 */
	static String checked(String path) {
		if (!path.isEmpty() && !path.startsWith("/")) {
			throw new IllegalArgumentException("The base URL's path must start with a slash");
		}
		for (String segment : path.split("/")) {
			checkSegment(segment);
		}
		int end = path.length();
		while (end > 0 && path.charAt(end - 1) == '/') {
			end--;
		}
		return path.substring(0, end);
	}

	private static void checkSegment(String segment) {
		String decoded = decode(segment);
		int parameters = decoded.indexOf(';');
		// Some servers drop ";parameters" before they look for dot segments.
		String name = (parameters == -1) ? decoded : decoded.substring(0, parameters);
		if (name.equals(".") || name.equals("..")) {
			throw new IllegalArgumentException("The base URL's path must not have a '.' or '..' segment");
		}
	}

	private static String decode(String segment) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
		for (int i = 0; i < segment.length(); i++) {
			char c = segment.charAt(i);
			if (c == '%') {
				bytes.write(escaped(segment, i));
				i += 2;
			}
			else if (isPlain(c)) {
				bytes.write(c);
			}
			else {
				throw new IllegalArgumentException("The base URL's path has a character that no path has: "
						+ ((c > ' ' && c <= '~') ? "'" + c + "'" : "U+%04X".formatted((int) c)));
			}
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("The base URL's path has escapes that are not UTF-8", ex);
		}
	}

	private static int escaped(String segment, int at) {
		int high = (at + 1 < segment.length()) ? hex(segment.charAt(at + 1)) : -1;
		int low = (at + 2 < segment.length()) ? hex(segment.charAt(at + 2)) : -1;
		if (high == -1 || low == -1) {
			throw new IllegalArgumentException("The base URL's path has a '%' without two hexadecimal digits after it");
		}
		int value = high * 16 + low;
		if (value < ' ' || value == 0x7f || NEVER_ESCAPED.indexOf(value) != -1) {
			throw new IllegalArgumentException(
					"The base URL's path must not have an escaped separator, '%' or control character");
		}
		return value;
	}

	private static int hex(char c) {
		return (c <= '~') ? Character.digit(c, 16) : -1;
	}

	private static boolean isPlain(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
				|| PUNCTUATION.indexOf(c) != -1;
	}

}
