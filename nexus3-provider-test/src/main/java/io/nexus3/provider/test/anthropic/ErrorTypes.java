package io.nexus3.provider.test.anthropic;

import java.util.Map;

import io.nexus3.provider.test.format.ApiError;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The types of errors by their status, and their envelope.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/errors">Anthropic, errors</a>
 */
final class ErrorTypes {

	private static final Map<Integer, String> BY_STATUS = Map.of(401, "authentication_error", 402, "billing_error", 403,
			"permission_error", 404, "not_found_error", 413, "request_too_large", 429, "rate_limit_error", 500,
			"api_error", 504, "timeout_error", 529, "overloaded_error");

	private ErrorTypes() {
	}

	static ObjectNode envelope(ApiError error, String requestId) {
		ObjectNode root = JsonNodeFactory.instance.objectNode().put("type", "error");
		root.putObject("error").put("type", type(error)).put("message", error.message());
		return root.put("request_id", requestId);
	}

	private static String type(ApiError error) {
		if (error.code() != null) {
			return error.code();
		}
		return BY_STATUS.getOrDefault(error.status(), (error.status() >= 500) ? "api_error" : "invalid_request_error");
	}

}
