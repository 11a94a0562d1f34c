package io.nexus3.provider.config;

/**
 * A key that never shows: it prints as {@code ***} and is compared by value only. It is
 * trimmed and holds visible ASCII characters alone, so that it cannot change a header.
 *
 * @since 0.1.0
 */
public final class ApiKey {

	private final String value;

	private ApiKey(String value) {
		this.value = value;
	}

	/**
	 * A key from its text.
	 * @param text the key; blanks at its ends are dropped
	 * @return the key
	 * @throws IllegalArgumentException when the text is blank or has characters that no
	 * key has; the message never holds the text
	 */
	public static ApiKey of(String text) {
		String value = text.strip();
		if (value.isEmpty()) {
			throw new IllegalArgumentException("The API key is blank");
		}
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c <= ' ' || c > '~') {
				throw new IllegalArgumentException("The API key has a character at position " + (i + 1)
						+ " that is not visible ASCII: is there a line break or a quote too many?");
			}
		}
		return new ApiKey(value);
	}

	/**
	 * The key itself, for the one place that puts it on the wire.
	 * @return the text
	 */
	public String reveal() {
		return this.value;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ApiKey key && key.value.equals(this.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	/**
	 * Never the key.
	 * @return {@code ***}
	 */
	@Override
	public String toString() {
		return "***";
	}

}
