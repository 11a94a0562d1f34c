package io.nexus3.provider.test.format;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request as a vendor's rules see it.
 *
 * @param query the query of its address; empty if there is none
 * @param headers the first value of each header by its name in lower case
 * @param body the body as JSON; a missing node if it is not JSON
 * @param modelInPath the model or deployment that the address names, or {@code null}
 * @since 0.1.0
 */
public record FormatRequest(String query, Map<String, String> headers, JsonNode body, @Nullable String modelInPath) {

	private static final String BEARER = "Bearer ";

	/**
	 * Copies the headers.
	 */
	public FormatRequest {
		headers = Map.copyOf(headers);
	}

	/**
	 * Returns a header.
	 * @param name the name in lower case
	 * @return the value, or {@code null} if it was not sent
	 */
	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

	/**
	 * Returns the model that is asked for.
	 * @return the model of the address, else of the body; empty if neither names one
	 */
	public String model() {
		return (this.modelInPath != null) ? this.modelInPath : this.body.path("model").asString("");
	}

	/**
	 * Returns the key, which every server takes as a bearer token and some in a header of
	 * their own besides.
	 * @param ownHeader that header in lower case
	 * @return the key, or {@code null} if none was sent
	 */
	public @Nullable String key(String ownHeader) {
		String bearer = header("authorization");
		if (bearer != null && bearer.startsWith(BEARER)) {
			return bearer.substring(BEARER.length());
		}
		return ownHeader.equals("authorization") ? null : header(ownHeader);
	}

}
