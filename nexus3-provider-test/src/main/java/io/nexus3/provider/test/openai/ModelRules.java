package io.nexus3.provider.test.openai;

import java.util.List;
import java.util.regex.Pattern;

import io.nexus3.provider.test.format.ApiError;
import tools.jackson.databind.JsonNode;

/**
 * What OpenAI's models refuse: reasoning models take no sampling, and models that do not
 * reason no effort. On Azure a deployment may have any name, so that only one that is
 * named like its model is judged.
 *
 * @see <a href="https://platform.openai.com/docs/guides/reasoning">OpenAI, reasoning</a>
 * @see <a href="https://platform.openai.com/docs/guides/latest-model">OpenAI, using the
 * latest model</a>
 */
final class ModelRules {

	private static final Pattern REASONING = Pattern.compile("(o\\d|gpt-5)([.-].*)?");

	private static final Pattern CHAT = Pattern.compile("gpt-5(\\.\\d+)?-chat.*");

	/** From GPT-5.1 on a model may be told not to reason, and then takes sampling. */
	private static final Pattern OPTIONAL = Pattern.compile("gpt-5\\.\\d+.*");

	private static final Pattern PLAIN = Pattern.compile("(gpt-3\\.5|gpt-4|chatgpt-4)([.o-].*)?");

	private static final List<String> SAMPLING = List.of("temperature", "top_p");

	private static final List<String> UNSUPPORTED = List.of("presence_penalty", "frequency_penalty", "logit_bias",
			"logprobs", "top_logprobs");

	private ModelRules() {
	}

	static void check(JsonNode body, String model, RequestRules rules) {
		if (PLAIN.matcher(model).matches() && body.hasNonNull("reasoning_effort")) {
			rules.refuse(ApiError.badRequest("Unrecognized request argument supplied: reasoning_effort", null));
		}
		if (!REASONING.matcher(model).matches() || CHAT.matcher(model).matches()) {
			return;
		}
		if (body.hasNonNull("max_tokens")) {
			rules.refuse("Unsupported parameter: 'max_tokens' is not supported with this model. Use "
					+ "'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter");
		}
		String effort = body.path("reasoning_effort").asString("none");
		if (OPTIONAL.matcher(model).matches() && effort.equals("none")) {
			return;
		}
		for (String field : SAMPLING) {
			if (body.path(field).isNumber() && body.path(field).asDouble() != 1) {
				rules.refuse(
						"Unsupported value: '%s' does not support %s with this model. Only the default (1) value is supported."
							.formatted(field, body.path(field)),
						field, "unsupported_value");
			}
		}
		for (String field : UNSUPPORTED) {
			if (body.hasNonNull(field)) {
				rules.refuse("Unsupported parameter: '%s' is not supported with this model.".formatted(field), field,
						"unsupported_parameter");
			}
		}
	}

}
