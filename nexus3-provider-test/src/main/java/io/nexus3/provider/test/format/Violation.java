package io.nexus3.provider.test.format;

/**
 * A rule of a vendor that a request breaks.
 *
 * @param error how the vendor refuses it
 * @param page the vendor's page that states the rule
 * @since 0.1.0
 */
public record Violation(ApiError error, String page) {

	/**
	 * Tells status, message and page, for the message of a failed test.
	 * @return a line of text
	 */
	@Override
	public String toString() {
		return "%d %s (see %s)".formatted(this.error.status(), this.error.message(), this.page);
	}

}
