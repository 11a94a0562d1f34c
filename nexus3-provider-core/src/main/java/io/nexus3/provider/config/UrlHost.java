package io.nexus3.provider.config;

import java.util.Locale;

/**
 * The host of a base URL in its one accepted spelling.
 */
final class UrlHost {

	private static final int MAX_NAME = 253;

	private static final int MAX_LABEL = 63;

	private UrlHost() {
	}

	/**
	 * The canonical spelling of a host.
	 * @param text a name, a dotted quad or an IPv6 address in brackets
	 * @return it in lower case, an IPv6 address in the form of RFC 5952 in brackets
	 * @throws IllegalArgumentException when the text is no host
	 */
	static String canonical(String text) {
		if (text.isEmpty()) {
			throw new IllegalArgumentException("The base URL has no host");
		}
		if (text.startsWith("[")) {
			return bracketed(text);
		}
		String host = text.toLowerCase(Locale.ROOT);
		checkName(host);
		if (endsInNumber(host) && IpLiteral.v4(host) == null) {
			throw new IllegalArgumentException("The base URL's host looks like a number: an IPv4 address is written"
					+ " as four decimal numbers from 0 to 255 without leading zeros");
		}
		return host;
	}

	private static String bracketed(String text) {
		byte[] address = text.endsWith("]") ? IpLiteral.v6(text.substring(1, text.length() - 1)) : null;
		if (address == null) {
			throw new IllegalArgumentException("The base URL's host is no IPv6 address: write one in brackets,"
					+ " without a zone, such as [fd12:3456:789a::10]");
		}
		return "[" + IpLiteral.format(address) + "]";
	}

	private static void checkName(String host) {
		if (host.length() > MAX_NAME) {
			throw new IllegalArgumentException("The base URL's host is longer than " + MAX_NAME + " characters");
		}
		for (String label : host.split("\\.", -1)) {
			checkLabel(label);
		}
	}

	private static void checkLabel(String label) {
		if (label.isEmpty()) {
			throw new IllegalArgumentException(
					"The base URL's host has an empty part: remove the dot that is too many," + " also at the end");
		}
		for (int i = 0; i < label.length(); i++) {
			char c = label.charAt(i);
			if (!isNameCharacter(c)) {
				throw new IllegalArgumentException("The base URL's host has the character " + shown(c)
						+ ": a host has letters, digits, '-', '_' and '.'"
						+ ((c == '$' || c == '{') ? "; is a placeholder unresolved?" : ""));
			}
		}
		if (label.length() > MAX_LABEL || label.startsWith("-") || label.endsWith("-")) {
			throw new IllegalArgumentException("The base URL's host has a part that is no name: at most " + MAX_LABEL
					+ " characters, and no '-' at its start or end");
		}
	}

	private static boolean isNameCharacter(char c) {
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
	}

	private static String shown(char c) {
		return (c > ' ' && c <= '~') ? "'" + c + "'" : "U+%04X".formatted((int) c);
	}

	/**
	 * What a resolver might read as a number instead of asking for a name: the last part
	 * is decimal or hexadecimal, as the WHATWG URL standard has it ("ends in a number").
	 */
	private static boolean endsInNumber(String host) {
		String last = host.substring(host.lastIndexOf('.') + 1);
		return last.chars().allMatch((c) -> c >= '0' && c <= '9') || last.startsWith("0x")
				&& last.chars().skip(2).allMatch((c) -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
	}

}
