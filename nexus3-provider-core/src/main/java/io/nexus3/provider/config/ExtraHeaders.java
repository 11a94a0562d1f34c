package io.nexus3.provider.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Request headers that a configuration or a call adds, checked so that they can neither
 * split the request nor change where it goes, how it is framed or who it is from. Headers
 * of a gateway, such as {@code cf-aig-authorization}, are allowed: they do not replace
 * the provider's credentials.
 *
 * @param values the headers by name as written, in order; values are printable ASCII
 * @since 0.1.0
 */
public record ExtraHeaders(Map<String, String> values) {

	private static final Set<String> CREDENTIALS = Set.of("authorization", "api-key", "x-api-key", "x-goog-api-key",
			"cookie", "cookie2", "set-cookie");

	/**
	 * RFC 9110 7.6.1 and RFC 9112, and what HTTP/2 leaves out; "proxy-" comes besides.
	 */
	private static final Set<String> CONNECTION = Set.of("host", "content-length", "transfer-encoding", "trailer", "te",
			"connection", "keep-alive", "upgrade", "http2-settings", "expect");

	/** What the library decides, since it must understand the answer. */
	private static final Set<String> OWN = Set.of("content-type", "content-encoding", "accept", "accept-encoding");

	private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

	/**
	 * Copy and check.
	 * @throws IllegalArgumentException when a header is not allowed; the message holds
	 * the header's name and never its value
	 */
	public ExtraHeaders {
		values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
		Set<String> seen = new TreeSet<>();
		values.forEach((name, value) -> {
			checkName(name);
			checkValue(name, value);
			if (!seen.add(name.toLowerCase(Locale.ROOT))) {
				throw new IllegalArgumentException(
						"The extra header '" + name + "' is given twice: case makes no difference");
			}
		});
	}

	private static void checkName(String name) {
		int length = tokenLength(name);
		if (length < name.length()) {
			// What follows may be the value: "Authorization: Bearer ..." as a name.
			throw new IllegalArgumentException("The extra header '" + name.substring(0, length)
					+ "...' has a character in its name that no header name has, at position " + (length + 1));
		}
		if (name.isEmpty()) {
			throw new IllegalArgumentException("An extra header has an empty name");
		}
		String lower = name.toLowerCase(Locale.ROOT);
		if (CREDENTIALS.contains(lower)) {
			throw new IllegalArgumentException("The extra header '" + name
					+ "' is not allowed: credentials are set with api-key, api-key-env and auth-method");
		}
		if (CONNECTION.contains(lower) || lower.startsWith("proxy-")) {
			throw new IllegalArgumentException("The extra header '" + name
					+ "' is not allowed: it belongs to the connection and is never set by hand");
		}
		if (OWN.contains(lower)) {
			throw new IllegalArgumentException("The extra header '" + name + "' is not allowed: the library sets it");
		}
	}

	private static int tokenLength(String name) {
		int length = 0;
		while (length < name.length() && isTokenCharacter(name.charAt(length))) {
			length++;
		}
		return length;
	}

	private static boolean isTokenCharacter(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
				|| TOKEN_PUNCTUATION.indexOf(c) != -1;
	}

	private static void checkValue(String name, String value) {
		boolean printable = value.chars().allMatch((c) -> c >= ' ' && c <= '~');
		if (!printable || !value.equals(value.strip())) {
			throw new IllegalArgumentException("The extra header '" + name
					+ "' has a value that is not printable ASCII, or blanks at the value's ends");
		}
	}

	/**
	 * The names alone: a value may be a secret of a gateway.
	 * @return the names
	 */
	@Override
	public String toString() {
		return "ExtraHeaders" + this.values.keySet();
	}

}
