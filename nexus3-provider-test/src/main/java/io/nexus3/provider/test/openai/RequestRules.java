package io.nexus3.provider.test.openai;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.format.FormatRequest;
import io.nexus3.provider.test.format.Violation;
import tools.jackson.databind.JsonNode;

/**
 * What a server refuses about a request. One per request; not thread-safe.
 */
final class RequestRules {

	private static final Pattern API_VERSION = Pattern.compile("api-version=(\\d{4}-\\d{2}-\\d{2})");

	private static final LocalDate NEWER_FIELDS = LocalDate.of(2024, 9, 1);

	/** What Azure took in with the api-version 2024-09-01-preview. */
	private static final Set<String> NEWER = Set.of("stream_options", "max_completion_tokens", "reasoning_effort",
			"parallel_tool_calls");

	private final Requests rules;

	private final List<Violation> violations = new ArrayList<>();

	private RequestRules(Requests rules) {
		this.rules = rules;
	}

	/**
	 * Returns what the server refuses, apart from a missing key.
	 */
	static List<Violation> check(Habits habits, FormatRequest request) {
		RequestRules rules = new RequestRules(habits.requests());
		rules.check(request);
		return rules.violations;
	}

	boolean strict() {
		return this.rules.strict();
	}

	Requests requests() {
		return this.rules;
	}

	void refuse(ApiError error) {
		this.violations.add(new Violation(error, this.rules.page()));
	}

	void refuse(String message, String param, String code) {
		refuse(ApiError.badRequest(message, param, code));
	}

	private void check(FormatRequest request) {
		JsonNode body = request.body();
		if (!body.isObject()) {
			refuse(ApiError
				.badRequest("We could not parse the JSON body of your request. The API expects a JSON payload.", null));
			return;
		}
		if (request.model().isBlank()) {
			refuse(ApiError.badRequest("you must provide a model parameter", null));
		}
		checkFields(body);
		checkApiVersion(request);
		if (strict()) {
			ModelRules.check(body, request.model(), this);
		}
		ToolRules.check(body, this);
		ConversationRules.check(body.path("messages"), this);
	}

	private void checkFields(JsonNode body) {
		if (this.rules.fields().isEmpty()) {
			return;
		}
		for (String field : body.propertyNames()) {
			if (!this.rules.fields().contains(field)) {
				refuse("Unknown parameter: '%s'.".formatted(field), field, "unknown_parameter");
			}
		}
		if (body.has("stream_options") && !body.path("stream").asBoolean(false)) {
			refuse(ApiError.badRequest("The 'stream_options' parameter is only allowed when 'stream' is enabled.",
					"stream_options"));
		}
	}

	/** Only Azure has versions; an older one does not know newer fields. */
	private void checkApiVersion(FormatRequest request) {
		Matcher version = API_VERSION.matcher(request.query());
		if (request.modelInPath() == null || !version.find() || !isBefore(version.group(1))) {
			return;
		}
		for (String field : request.body().propertyNames()) {
			if (NEWER.contains(field)) {
				refuse(ApiError.badRequest("Unrecognized request argument supplied: " + field, null));
			}
		}
	}

	private static boolean isBefore(String version) {
		try {
			return LocalDate.parse(version).isBefore(NEWER_FIELDS);
		}
		catch (DateTimeParseException ex) {
			return false;
		}
	}

}
