package io.nexus3.provider.test.raw;

import java.nio.charset.StandardCharsets;

/**
 * One request as a raw server read it.
 *
 * @param connection the number of its connection, from 0 by acceptance
 * @param orderOnConnection its place among the requests of its connection, from 0
 * @param head request line and headers as sent, without the empty line
 * @param body the body without chunk framing; empty if there was none, not copied
 * @since 0.1.0
 */
public record RawRequest(int connection, int orderOnConnection, String head, byte[] body) {

	/**
	 * Returns the body as text.
	 * @return the body read as UTF-8
	 */
	public String bodyText() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/**
	 * Names the request without its headers and body, which may hold a key.
	 * @return connection and request line
	 */
	@Override
	public String toString() {
		return "#%d.%d %s".formatted(this.connection, this.orderOnConnection, this.head.lines().findFirst().orElse(""));
	}

}
