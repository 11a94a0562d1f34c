package io.nexus3.provider.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.VendorError;
import org.jspecify.annotations.Nullable;

/**
 * Tells what kind of error a vendor means, from its status and its words. One table for
 * errors before, after and inside a 200.
 * <p>
 * Codes follow OpenAI's error codes, OpenRouter's error page and Anthropic's error page.
 *
 * @since 0.1.0
 */
public final class ErrorClassifier {

	/** What a code or type says, whatever the status; the first match wins. */
	private static final Map<String, ErrorKind> BY_WORD = Map.ofEntries(
			Map.entry("insufficient_quota", ErrorKind.QUOTA_EXHAUSTED),
			Map.entry("billing_hard_limit_reached", ErrorKind.QUOTA_EXHAUSTED),
			Map.entry("billing_not_active", ErrorKind.QUOTA_EXHAUSTED),
			Map.entry("billing_error", ErrorKind.QUOTA_EXHAUSTED),
			Map.entry("context_length_exceeded", ErrorKind.CONTEXT_LENGTH),
			Map.entry("string_above_max_length", ErrorKind.CONTEXT_LENGTH),
			Map.entry("content_filter", ErrorKind.CONTENT_FILTER),
			Map.entry("content_policy_violation", ErrorKind.CONTENT_FILTER),
			Map.entry("rate_limit_exceeded", ErrorKind.RATE_LIMIT), Map.entry("rate_limit_error", ErrorKind.RATE_LIMIT),
			Map.entry("rate_limited", ErrorKind.RATE_LIMIT), Map.entry("ratelimitreached", ErrorKind.RATE_LIMIT),
			Map.entry("too_many_requests", ErrorKind.RATE_LIMIT), Map.entry("overloaded_error", ErrorKind.OVERLOADED),
			Map.entry("overloaded", ErrorKind.OVERLOADED), Map.entry("server_overloaded", ErrorKind.OVERLOADED),
			Map.entry("server_error", ErrorKind.SERVER_ERROR), Map.entry("api_error", ErrorKind.SERVER_ERROR),
			Map.entry("internal_server_error", ErrorKind.SERVER_ERROR),
			Map.entry("timeout_error", ErrorKind.SERVER_ERROR),
			Map.entry("authentication_error", ErrorKind.AUTHENTICATION),
			Map.entry("invalid_api_key", ErrorKind.AUTHENTICATION), Map.entry("permission_error", ErrorKind.PERMISSION),
			Map.entry("model_not_found", ErrorKind.NOT_FOUND), Map.entry("not_found_error", ErrorKind.NOT_FOUND),
			Map.entry("deploymentnotfound", ErrorKind.NOT_FOUND),
			Map.entry("request_too_large", ErrorKind.REQUEST_TOO_LARGE),
			Map.entry("tool_use_failed", ErrorKind.INVALID_REQUEST),
			Map.entry("invalid_request_error", ErrorKind.INVALID_REQUEST),
			Map.entry("badrequesterror", ErrorKind.INVALID_REQUEST));

	/** Words that are sure only where the status does not say otherwise. */
	private static final List<ErrorKind> STRONGER_THAN_STATUS = List.of(ErrorKind.QUOTA_EXHAUSTED,
			ErrorKind.CONTEXT_LENGTH, ErrorKind.CONTENT_FILTER, ErrorKind.OVERLOADED);

	private static final List<String> CONTEXT_LENGTH_PHRASES = List.of("maximum context length",
			"maximum prompt length", "context length exceeded", "max context length", "context window",
			"prompt is too long");

	/** Anthropic says it with a 400 that is called an invalid request. */
	private static final List<String> QUOTA_PHRASES = List.of("credit balance is too low");

	private ErrorClassifier() {
	}

	/**
	 * The kind of an error answer.
	 * @param status the HTTP status, not 2xx
	 * @param error what the vendor said
	 * @return the kind
	 */
	public static ErrorKind byStatus(int status, VendorError error) {
		ErrorKind said = byWords(error);
		if (said != null && STRONGER_THAN_STATUS.contains(said) && status != 401 && status != 403) {
			return said;
		}
		ErrorKind kind = status(status);
		return (kind == ErrorKind.INVALID_REQUEST) ? invalidRequest(error) : kind;
	}

	/**
	 * The kind of an error inside a 200: a code that is a status counts as that status,
	 * then words count, and an error without either is the server's.
	 * @param error what the vendor said
	 * @param statusCode the status that the error itself names, or {@code null}
	 * @return the kind
	 */
	public static ErrorKind inBand(VendorError error, @Nullable Integer statusCode) {
		Integer status = statusOf(error, statusCode);
		if (status != null) {
			return byStatus(status, error);
		}
		ErrorKind said = byWords(error);
		if (said == ErrorKind.INVALID_REQUEST) {
			return invalidRequest(error);
		}
		return (said != null) ? said : ErrorKind.SERVER_ERROR;
	}

	/**
	 * The HTTP status that an error inside a 200 stands for.
	 * @param error what the vendor said
	 * @param statusCode the status that the error itself names, or {@code null}
	 * @return a status of 4xx or 5xx, or {@code null} when the error names none
	 */
	public static @Nullable Integer statusOf(VendorError error, @Nullable Integer statusCode) {
		return (statusCode != null && isStatus(statusCode)) ? statusCode : asStatus(error.code());
	}

	/**
	 * Whether an answer of this status may be tried again, by the table of the design.
	 * @param status the HTTP status
	 * @return whether it is one of 408, 409, 425, 429, 500, 502, 503, 504, 520 to 524 and
	 * 529
	 */
	public static boolean retryableStatus(int status) {
		return switch (status) {
			case 408, 409, 425, 429, 500, 502, 503, 504, 529 -> true;
			default -> status >= 520 && status <= 524;
		};
	}

	private static ErrorKind status(int status) {
		return switch (status) {
			case 401 -> ErrorKind.AUTHENTICATION;
			case 402 -> ErrorKind.QUOTA_EXHAUSTED;
			case 403 -> ErrorKind.PERMISSION;
			case 404 -> ErrorKind.NOT_FOUND;
			case 413 -> ErrorKind.REQUEST_TOO_LARGE;
			case 429 -> ErrorKind.RATE_LIMIT;
			case 503, 529 -> ErrorKind.OVERLOADED;
			default -> {
				if (status >= 300 && status < 400) {
					yield ErrorKind.REDIRECT;
				}
				if (status >= 400 && status < 500) {
					yield ErrorKind.INVALID_REQUEST;
				}
				yield (status >= 500 && status < 600) ? ErrorKind.SERVER_ERROR : ErrorKind.PROTOCOL;
			}
		};
	}

	private static @Nullable ErrorKind byWords(VendorError error) {
		ErrorKind kind = (error.code() instanceof String code) ? BY_WORD.get(code.toLowerCase(Locale.ROOT)) : null;
		if (kind == null && error.type() != null) {
			kind = BY_WORD.get(error.type().toLowerCase(Locale.ROOT));
		}
		return kind;
	}

	/** What is called an invalid request may be something more precise. */
	private static ErrorKind invalidRequest(VendorError error) {
		String message = (error.message() != null) ? error.message().toLowerCase(Locale.ROOT) : "";
		if (QUOTA_PHRASES.stream().anyMatch(message::contains)) {
			return ErrorKind.QUOTA_EXHAUSTED;
		}
		boolean contextLength = CONTEXT_LENGTH_PHRASES.stream().anyMatch(message::contains);
		return contextLength ? ErrorKind.CONTEXT_LENGTH : ErrorKind.INVALID_REQUEST;
	}

	private static @Nullable Integer asStatus(@Nullable Object code) {
		if (code instanceof Number number) {
			return isStatus(number.doubleValue()) ? Integer.valueOf(number.intValue()) : null;
		}
		if (code instanceof String text && text.length() == 3 && text.chars().allMatch(Character::isDigit)) {
			int status = Integer.parseInt(text);
			return isStatus(status) ? status : null;
		}
		return null;
	}

	private static boolean isStatus(double code) {
		return code >= 400 && code < 600;
	}

}
