package io.nexus3.provider.config;

import java.util.regex.Pattern;

/**
 * A value that becomes one segment of a URL's path or one value of its query as it is,
 * such as a deployment or an api-version: 1 to 128 letters, digits, dots, underscores and
 * hyphens, and neither {@code .} nor {@code ..}, so that no encoding is needed and none
 * can go wrong.
 *
 * @param value the value
 * @since 0.1.0
 */
public record UrlSegment(String value) {

	private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

	/**
	 * Check.
	 * @throws IllegalArgumentException when the value could change the URL around it
	 */
	public UrlSegment {
		check("value", value);
	}

	/**
	 * A segment.
	 * @param name what it is, for the message, such as {@code deployment}
	 * @param value the value
	 * @return the segment
	 * @throws IllegalArgumentException when the value could change the URL around it; the
	 * message names {@code name} and not the value
	 */
	public static UrlSegment of(String name, String value) {
		check(name, value);
		return new UrlSegment(value);
	}

	private static void check(String name, String value) {
		if (!ALLOWED.matcher(value).matches() || value.equals(".") || value.equals("..")) {
			throw new IllegalArgumentException(
					"The " + name + " must be 1 to 128 letters, digits, '.', '_' or '-', and neither '.' nor '..'");
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
