package io.nexus3.provider.protocol;

import io.nexus3.provider.ErrorDetails;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.VendorError;
import io.nexus3.provider.protocol.json.MalformedJsonException;
import io.nexus3.provider.wire.HttpFailure;
import org.jspecify.annotations.Nullable;

/**
 * Makes typed errors of what a vendor says, with what to do about them.
 *
 * @since 0.1.0
 */
public final class Failures {

	/** A page of HTML says no more than its start; all of it is in the vendor's part. */
	private static final int MAX_WORDS = 2000;

	private Failures() {
	}

	/**
	 * The error of an answer whose status is not 2xx.
	 * @param failure the answer
	 * @return the error with the vendor's own words
	 */
	public static ProviderException of(HttpFailure failure) {
		VendorError error = ErrorBodies.read(failure.body(),
				VendorError.ofHead(failure.status(), failure.headers().requestId()));
		ErrorKind kind = ErrorClassifier.byStatus(failure.status(), error);
		String summary = "HTTP " + failure.status() + advice(kind) + said(error)
				+ (failure.truncated() ? " (the body is truncated)" : "");
		Boolean said = failure.headers().shouldRetry();
		boolean retryable = (said != null) ? said : retryable(kind, failure.status());
		return ProviderException.of(kind, summary, details(error, retryable), null);
	}

	/**
	 * The error that an answer with a status of 2xx holds.
	 * @param error what the vendor said
	 * @param namedStatus the status that the error itself names, or {@code null}
	 * @return the error with the vendor's own words
	 */
	public static ProviderException inBand(VendorError error, @Nullable Integer namedStatus) {
		Integer status = ErrorClassifier.statusOf(error, namedStatus);
		ErrorKind kind = ErrorClassifier.inBand(error, namedStatus);
		return ProviderException.of(kind,
				"The provider reported an error inside its answer" + advice(kind) + said(error),
				details(error, (status != null) ? retryable(kind, status) : kind.retryable()), null);
	}

	/**
	 * The error of an event or answer that cannot be read. What it says is the user's and
	 * stays out of the words of the error, which go into logs.
	 * @param event which event of a stream, counted from 1; 0 for a whole answer
	 * @param problem what is wrong with it
	 * @param excerpt how it begins
	 * @return the error, with the excerpt as what the vendor sent
	 */
	public static ProviderException malformed(long event, MalformedJsonException problem, String excerpt) {
		String what = (event == 0) ? "The answer" : "Event " + event + " of the stream";
		VendorError vendor = new VendorError(null, null, null, null, excerpt, null);
		return ProviderException.of(ErrorKind.PROTOCOL, what + " is malformed: " + problem.getMessage(),
				ErrorDetails.none().withVendor(vendor), null);
	}

	private static boolean retryable(ErrorKind kind, int status) {
		return kind != ErrorKind.QUOTA_EXHAUSTED && kind != ErrorKind.CONTEXT_LENGTH && kind != ErrorKind.CONTENT_FILTER
				&& ErrorClassifier.retryableStatus(status);
	}

	private static ErrorDetails details(VendorError error, boolean retryable) {
		return ErrorDetails.none().withVendor(error).withRecovery(new ErrorDetails.Recovery(retryable, null));
	}

	private static String said(VendorError error) {
		String message = error.message();
		if (message == null) {
			return "";
		}
		return ": " + ((message.length() > MAX_WORDS) ? message.substring(0, MAX_WORDS) + "..." : message);
	}

	private static String advice(ErrorKind kind) {
		return switch (kind) {
			case AUTHENTICATION -> " (Authentication failed. Check your API key)";
			case PERMISSION -> " (Access forbidden. Check your API permissions)";
			case NOT_FOUND -> " (No such model or API endpoint. Check your configuration: model-id and base-url)";
			case QUOTA_EXHAUSTED -> " (credit or quota is used up: check the account)";
			case RATE_LIMIT -> " (rate limit)";
			case OVERLOADED -> " (overloaded)";
			case CONTEXT_LENGTH -> " (prompt and answer do not fit the context window)";
			case CONTENT_FILTER -> " (content filter)";
			case REDIRECT -> " (a redirect, which is never followed: check base-url)";
			default -> "";
		};
	}

}
