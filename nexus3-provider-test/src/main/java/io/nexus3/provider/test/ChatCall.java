package io.nexus3.provider.test;

import java.util.Map;

import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.model.Prompt;
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

	/**
	 * Returns what the model is asked, read by the rules of the dialect.
	 * @return the prompt; of a request that is no chat request with empty texts and lists
	 */
	public Prompt prompt() {
		String path = this.request.path();
		String below = path.startsWith(this.dialect.mount() + "/") ? path.substring(this.dialect.mount().length())
				: path;
		String address = (this.dialect.modelInPath(path) != null) ? path : below;
		return this.dialect.vendor()
			.prompt(RequestValidator.request(this.dialect, address, this.request.query(), Map.of(), this.body));
	}

}
