package io.nexus3.provider.test.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One request as the server received it, read to its end.
 *
 * @param order its place among all requests to this server, from 0, by arrival
 * @param connection the connection it came on: equal for two requests that shared one,
 * counted from 0 by acceptance
 * @param orderOnConnection its place among the requests of its connection, from 0
 * @param method the method, such as {@code POST}
 * @param uri the request target as sent: path, and query if there is one
 * @param headers all values by name; look-up ignores case
 * @param body the body; empty if there was none, not copied
 * @param receivedAt when its last byte was read
 * @since 0.1.0
 */
public record ReceivedRequest(int order, int connection, int orderOnConnection, String method, String uri,
		Map<String, List<String>> headers, byte[] body, Instant receivedAt) {

	/**
	 * Returns the request target without its query.
	 * @return the path as sent, not decoded
	 */
	public String path() {
		int mark = this.uri.indexOf('?');
		return (mark < 0) ? this.uri : this.uri.substring(0, mark);
	}

	/**
	 * Returns the query.
	 * @return what follows the question mark as sent, not decoded, or {@code null} if
	 * there is none
	 */
	public @Nullable String query() {
		int mark = this.uri.indexOf('?');
		return (mark < 0) ? null : this.uri.substring(mark + 1);
	}

	/**
	 * Returns the first value of a header.
	 * @param name the name in any case
	 * @return the value, or {@code null} if the header was not sent
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.get(name);
		return (values != null) ? values.get(0) : null;
	}

	/**
	 * Returns the body as text.
	 * @return the body read as UTF-8
	 */
	public String bodyText() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/**
	 * Names the request without its headers and body, which may hold a key.
	 * @return order, method, target and size
	 */
	@Override
	public String toString() {
		return "#%d %s %s (%d bytes, connection %d)".formatted(this.order, this.method, this.uri, this.body.length,
				this.connection);
	}

}
