package io.nexus3.provider.test;

import io.nexus3.provider.test.http.ReceivedRequest;
import tools.jackson.databind.JsonNode;

/**
 * A request to a simulated provider with its body decoded.
 *
 * @param request the request as received
 * @param dialect the dialect of the server it went to
 * @param body the body as JSON; a missing node if it is not JSON
 * @since 0.1.0
 */
public record ChatCall(ReceivedRequest request, Dialect dialect, JsonNode body) {

	/**
	 * Returns the model that the body names.
	 * @return the model id; empty if there is none
	 */
	public String model() {
		return this.body.path("model").asString("");
	}

	/**
	 * Says whether a stream is asked for.
	 * @return {@code true} for a stream
	 */
	public boolean stream() {
		return this.body.path("stream").asBoolean(false);
	}

}
