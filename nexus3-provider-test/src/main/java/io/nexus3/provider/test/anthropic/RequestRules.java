package io.nexus3.provider.test.anthropic;

import java.util.List;
import java.util.Set;

import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.format.FormatRequest;
import io.nexus3.provider.test.format.Violation;
import tools.jackson.databind.JsonNode;

/**
 * What the vendor refuses about a request: key and the top level of the body here, the
 * rest by rules of its own.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Anthropic, create a
 * message</a>
 */
final class RequestRules {

	private static final Set<String> FIELDS = Set.of("model", "max_tokens", "messages", "system", "metadata",
			"stop_sequences", "stream", "temperature", "top_k", "top_p", "tools", "tool_choice", "thinking",
			"service_tier", "container", "mcp_servers", "context_management", "output_config", "output_format",
			"cache_control", "inference_geo", "speed");

	private RequestRules() {
	}

	/**
	 * Returns what the vendor refuses, in its order.
	 * @param signatures judges the thinking that comes back
	 */
	static List<Violation> check(FormatRequest request, SignatureCheck signatures) {
		Complaints complaints = new Complaints();
		if (request.key("x-api-key") == null) {
			complaints.add(ApiError.of(401, "x-api-key header is required"), Pages.ERRORS);
		}
		VersionRules.check(request, complaints);
		JsonNode body = request.body();
		if (!body.isObject()) {
			complaints.add("The request body is not valid JSON", Pages.MESSAGES);
			return complaints.violations();
		}
		complaints.checkFields(body, FIELDS, "", Pages.MESSAGES);
		checkBody(body, complaints);
		new ThinkingRules(request, complaints).check();
		ToolRules.check(body, complaints);
		CacheRules.check(body, complaints);
		new ConversationRules(body, signatures, complaints).check();
		return complaints.violations();
	}

	private static void checkBody(JsonNode body, Complaints complaints) {
		if (body.path("model").asString("").isBlank()) {
			complaints.add("model: Field required", Pages.MESSAGES);
		}
		JsonNode limit = body.path("max_tokens");
		if (limit.isMissingNode()) {
			complaints.add("max_tokens: Field required", Pages.MESSAGES);
		}
		else if (!limit.isIntegralNumber()) {
			complaints.add("max_tokens: Input should be a valid integer", Pages.MESSAGES);
		}
		else if (limit.asLong() < 1) {
			complaints.add("max_tokens: Input should be greater than or equal to 1", Pages.MESSAGES);
		}
		for (JsonNode sequence : body.path("stop_sequences")) {
			if (sequence.asString("").isBlank()) {
				complaints.add("stop_sequences: each stop sequence must contain non-whitespace", Pages.MESSAGES);
			}
		}
		for (JsonNode block : body.path("system")) {
			if (!block.path("type").asString("").equals("text")) {
				complaints.addUnknownTag("system", block.path("type").asString(""), Set.of("text"), Pages.MESSAGES);
			}
			else if (block.path("text").asString("").isEmpty()) {
				complaints.add("system: text content blocks must be non-empty", Pages.MESSAGES);
			}
		}
		checkSampling(body, complaints);
	}

	private static void checkSampling(JsonNode body, Complaints complaints) {
		JsonNode temperature = body.path("temperature");
		if (temperature.isNumber() && (temperature.asDouble() < 0 || temperature.asDouble() > 1)) {
			complaints.add("temperature: range: 0..1", Pages.MESSAGES);
		}
		int taken = ModelTraits.of(body.path("model").asString("")).sampling();
		if (taken == 1 && temperature.isNumber() && body.path("top_p").isNumber()) {
			complaints.add("`temperature` and `top_p` cannot both be specified for this model. Please use only one.",
					Pages.MODELS);
		}
		if (taken == 0) {
			for (String field : new String[] { "temperature", "top_p", "top_k" }) {
				if (body.path(field).isNumber() && body.path(field).asDouble() != 1) {
					complaints.add("`%s` is deprecated for this model.".formatted(field), Pages.MODELS);
				}
			}
		}
	}

}
