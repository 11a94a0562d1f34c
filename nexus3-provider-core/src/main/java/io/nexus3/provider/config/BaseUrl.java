package io.nexus3.provider.config;

import java.util.Locale;
import java.util.Set;

/**
 * A base URL, parsed once and strictly into parts that requests are then built from: the
 * text is never parsed a second time, because no two parsers agree on odd texts.
 * <p>
 * Taken are {@code http} and {@code https}, a host that is a name of letters, digits,
 * {@code -} and {@code _}, a canonical dotted quad or an IPv6 address in brackets, a port
 * and a path without dot segments. User information, a query, a fragment, blanks and
 * escapes that hide a separator are refused, not repaired. Whether the address is allowed
 * is the question of {@link AddressPolicy}.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host in lower case, an IPv6 address in brackets and in the form of RFC
 * 5952
 * @param port the port, 1 to 65535, or -1 for the scheme's default
 * @param path the path as it goes on the wire, without a slash at its end, possibly empty
 * @since 0.1.0
 */
public record BaseUrl(String scheme, String host, int port, String path) {

	private static final int MAX_LENGTH = 2048;

	private static final Set<String> SCHEMES = Set.of("http", "https");

	/**
	 * Check.
	 * @throws IllegalArgumentException when a part is none, saying why
	 */
	public BaseUrl {
		scheme = scheme.toLowerCase(Locale.ROOT);
		if (!SCHEMES.contains(scheme)) {
			throw new IllegalArgumentException("The base URL's scheme is not allowed: write http or https");
		}
		host = UrlHost.canonical(host);
		if (port != -1 && (port < 1 || port > 65535)) {
			throw new IllegalArgumentException("The base URL's port must be 1 to 65535");
		}
		path = UrlPath.checked(path);
	}

	/**
	 * Parse a base URL.
	 * @param text the URL, such as {@code https://api.openai.com/v1}
	 * @return the parts
	 * @throws IllegalArgumentException when it is no base URL, saying why and what to
	 * write; the message never holds what may be a secret
	 */
	public static BaseUrl parse(String text) {
		checkCharacters(text);
		String scheme = UrlScheme.of(text);
		String rest = text.substring(scheme.length() + 1);
		if (!rest.startsWith("//")) {
			throw new IllegalArgumentException(
					"The base URL lacks the two slashes after its scheme: write " + scheme + "://host/path");
		}
		int slash = rest.indexOf('/', 2);
		String authority = (slash == -1) ? rest.substring(2) : rest.substring(2, slash);
		String path = (slash == -1) ? "" : rest.substring(slash);
		if (authority.indexOf('@') != -1) {
			throw new IllegalArgumentException("The base URL must not hold user information (what stands before '@'):"
					+ " a key belongs into api-key or api-key-env");
		}
		int colon = portSeparator(authority);
		String host = (colon == -1) ? authority : authority.substring(0, colon);
		int port = (colon == -1) ? -1 : port(authority.substring(colon + 1));
		return new BaseUrl(scheme, host, port, path);
	}

	private static void checkCharacters(String text) {
		if (text.isBlank()) {
			throw new IllegalArgumentException("The base URL is empty: write one such as https://api.example.com/v1");
		}
		if (text.length() > MAX_LENGTH) {
			throw new IllegalArgumentException("The base URL is longer than " + MAX_LENGTH + " characters");
		}
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c > '~') {
				throw new IllegalArgumentException("The base URL has a character at position " + (i + 1)
						+ " that is not ASCII: write an international host name in punycode (xn--...)");
			}
			if (c <= ' ') {
				throw new IllegalArgumentException(
						"The base URL has a blank or control character at position " + (i + 1) + ": remove it");
			}
			if (c == '\\') {
				throw new IllegalArgumentException("The base URL must not hold a backslash: write /");
			}
		}
		if (text.indexOf('?') != -1) {
			throw new IllegalArgumentException("The base URL must not have a query (what stands after '?')");
		}
		if (text.indexOf('#') != -1) {
			throw new IllegalArgumentException("The base URL must not have a fragment (what stands after '#')");
		}
	}

	private static int portSeparator(String authority) {
		if (authority.startsWith("[")) {
			int bracket = authority.indexOf(']');
			int next = bracket + 1;
			return (bracket != -1 && next < authority.length() && authority.charAt(next) == ':') ? next : -1;
		}
		int colon = authority.indexOf(':');
		if (colon != -1 && authority.indexOf(':', colon + 1) != -1) {
			throw new IllegalArgumentException("The base URL has more than one ':' between host and path:"
					+ " write one port, and an IPv6 address in brackets");
		}
		return colon;
	}

	private static int port(String text) {
		boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch((c) -> c >= '0' && c <= '9');
		if (!digits || text.startsWith("0") || Integer.parseInt(text) > 65535) {
			throw new IllegalArgumentException("The base URL's port must be a number from 1 to 65535;"
					+ " without a port, leave out the colon before it");
		}
		return Integer.parseInt(text);
	}

	@Override
	public String toString() {
		return this.scheme + "://" + this.host + ((this.port != -1) ? ":" + this.port : "") + this.path;
	}

}
