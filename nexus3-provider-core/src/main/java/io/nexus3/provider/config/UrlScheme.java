package io.nexus3.provider.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The scheme of a base URL: reads it, and tells a missing scheme from a wrong one, since
 * {@code localhost:11434} looks like either.
 */
final class UrlScheme {

	private static final Set<String> ALLOWED = Set.of("http", "https");

	private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

	/** Plainly a scheme, and no key that stands in the wrong place. */
	private static final Pattern SHOWN = Pattern.compile("[a-z]{1,12}");

	/** Plainly a host: some keys have a dot too, but do not end in a top-level domain. */
	private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._-]*\\.(?:[A-Za-z]{2,24}|\\d{1,3})");

	/** Behind the host, plainly a port and a path: keys are longer than a word. */
	private static final Pattern BEHIND = Pattern.compile("(?::\\d{0,5})?(?:/[A-Za-z0-9._-]{0,12})*");

	private UrlScheme() {
	}

	/**
	 * The scheme of a URL.
	 * @param text the URL, visible ASCII
	 * @return {@code http} or {@code https}
	 * @throws IllegalArgumentException when there is none or another one
	 */
	static String of(String text) {
		int colon = text.indexOf(':');
		String scheme = (colon == -1) ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
		if (ALLOWED.contains(scheme)) {
			return scheme;
		}
		if (!SCHEME.matcher(scheme).matches() || isHost(scheme, text.substring(colon + 1))) {
			throw new IllegalArgumentException("The base URL has no scheme: write " + suggestion(text));
		}
		throw new IllegalArgumentException(
				"The base URL's scheme" + (SHOWN.matcher(scheme).matches() ? " '" + scheme + "'" : "")
						+ " is not allowed: write http or https");
	}

	private static boolean isHost(String beforeColon, String afterColon) {
		return !afterColon.startsWith("//") && (beforeColon.indexOf('.') != -1 || beforeColon.equals("localhost")
				|| (!afterColon.isEmpty() && Character.isDigit(afterColon.charAt(0))));
	}

	private static String suggestion(String text) {
		int end = 0;
		while (end < text.length() && ":/@".indexOf(text.charAt(end)) == -1) {
			end++;
		}
		String host = text.substring(0, end);
		boolean local = host.equalsIgnoreCase("localhost") || host.equals("127.0.0.1");
		// Only what is plainly an address is repeated: it might be a key in the wrong
		// place.
		boolean plain = (local || ADDRESS.matcher(host).matches() || text.startsWith(":", end))
				&& BEHIND.matcher(text.substring(end)).matches();
		String suggested = (local ? "http://" : "https://") + text;
		return (plain && isBaseUrl(suggested)) ? suggested
				: "it with http:// or https:// before the host, such as https://api.example.com/v1";
	}

	private static boolean isBaseUrl(String text) {
		try {
			BaseUrl.parse(text);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
