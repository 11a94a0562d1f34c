package io.nexus3.provider;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Every error of a call, as one typed family: catch a subclass, or look at
 * {@link #kind()}. A secret is never part of it.
 *
 * @since 0.1.0
 */
public abstract sealed class ProviderException extends RuntimeException
		permits RequestRefusedException, AccessDeniedException, RateLimitedException, ServerFailedException,
		ConnectionFailedException, TimedOutException, InvalidResponseException, StreamInterruptedException,
		ProviderStateException, OtherProviderException {

	private final ErrorKind kind;

	private final String summary;

	private final transient ErrorDetails details;

	/**
	 * A new error.
	 * @param kind what went wrong
	 * @param summary what happened and what to do, in words
	 * @param details everything else
	 * @param cause the cause, or {@code null}
	 */
	protected ProviderException(ErrorKind kind, String summary, ErrorDetails details, @Nullable Throwable cause) {
		super(printable(describe(summary, details)), cause);
		this.kind = kind;
		this.summary = printable(summary);
		this.details = details;
	}

	/**
	 * An error of the subclass that fits its kind.
	 * @param kind what went wrong
	 * @param summary what happened and what to do, in words
	 * @param details everything else
	 * @param cause the cause, or {@code null}
	 * @return the error
	 */
	public static ProviderException of(ErrorKind kind, String summary, ErrorDetails details,
			@Nullable Throwable cause) {
		return switch (kind.family()) {
			case REQUEST -> new RequestRefusedException(kind, summary, details, cause);
			case ACCESS -> new AccessDeniedException(kind, summary, details, cause);
			case RATE_LIMIT -> new RateLimitedException(kind, summary, details, cause);
			case SERVER -> new ServerFailedException(kind, summary, details, cause);
			case CONNECTION -> new ConnectionFailedException(kind, summary, details, cause);
			case TIMEOUT -> new TimedOutException(kind, summary, details, cause);
			case RESPONSE -> new InvalidResponseException(kind, summary, details, cause);
			case INTERRUPTED -> new StreamInterruptedException(kind, summary, details, cause);
			case STATE -> new ProviderStateException(kind, summary, details, cause);
			case OTHER -> new OtherProviderException(kind, summary, details, cause);
		};
	}

	/**
	 * An error without details.
	 * @param kind what went wrong
	 * @param summary what happened and what to do, in words
	 * @return the error
	 */
	public static ProviderException of(ErrorKind kind, String summary) {
		return of(kind, summary, ErrorDetails.none(), null);
	}

	/**
	 * This error with other details, of the same kind.
	 * @param details the details
	 * @return a new error with the same cause
	 */
	public ProviderException withDetails(ErrorDetails details) {
		ProviderException copy = of(this.kind, this.summary, details, getCause());
		copy.setStackTrace(getStackTrace());
		return copy;
	}

	/**
	 * What went wrong.
	 * @return the kind
	 */
	public ErrorKind kind() {
		return this.kind;
	}

	/**
	 * What happened in words, without the call's data that {@link #getMessage()} adds.
	 * @return the words, in one line and free of control characters
	 */
	public String summary() {
		return this.summary;
	}

	/**
	 * Everything known about the error.
	 * @return the details
	 */
	public ErrorDetails details() {
		return this.details;
	}

	/**
	 * The HTTP status of the answer.
	 * @return the status, or {@code null} when no answer came
	 */
	public @Nullable Integer status() {
		return this.details.vendor().status();
	}

	/**
	 * What the vendor said.
	 * @return the vendor's part, never {@code null}
	 */
	public VendorError vendor() {
		return this.details.vendor();
	}

	/**
	 * The configured name of the provider.
	 * @return the name, or {@code null} when the error belongs to none
	 */
	public @Nullable String provider() {
		return this.details.call().provider();
	}

	/**
	 * The model id asked for.
	 * @return the id, or {@code null} when the error belongs to none
	 */
	public @Nullable String model() {
		return this.details.call().model();
	}

	/**
	 * Why each attempt failed, the last one included.
	 * @return the attempts, empty when none was made
	 */
	public List<AttemptFailure> attempts() {
		return this.details.call().attempts();
	}

	/**
	 * How long the call took until it failed, waits between attempts included.
	 * @return the time, zero when the call did not begin
	 */
	public Duration elapsed() {
		return this.details.call().elapsed();
	}

	/**
	 * Whether the same call may succeed later. The library has used up its own retries by
	 * then.
	 * @return whether another try may help
	 */
	public boolean retryable() {
		Boolean said = this.details.recovery().retryable();
		return (said != null) ? said : this.kind.retryable();
	}

	/**
	 * How long the server asks to wait.
	 * @return the wait, or {@code null} when it said nothing
	 */
	public @Nullable Duration retryAfter() {
		return this.details.recovery().retryAfter();
	}

	/**
	 * What had arrived before the error.
	 * @return the partial message, or {@code null} when nothing had
	 */
	public @Nullable AssistantMessage partialMessage() {
		return this.details.partialMessage();
	}

	/**
	 * Whether events of the answer were handed over before the error, so that a user may
	 * have seen a part of it.
	 * @return whether there is partial output
	 */
	public boolean partialOutput() {
		return this.details.call().partialOutput();
	}

	/**
	 * What servers say ends in logs, where control characters would forge lines or steer
	 * a terminal.
	 */
	private static String printable(String text) {
		return text.codePoints()
			.map((c) -> Character.isWhitespace(c) ? ' ' : (Character.isISOControl(c) ? 0xFFFD : c))
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static String describe(String summary, ErrorDetails details) {
		StringBuilder text = new StringBuilder(summary);
		ErrorDetails.Call call = details.call();
		if (call.partialOutput()) {
			text.append(". Partial output may have been displayed");
		}
		if (call.provider() != null) {
			text.append(" [provider ").append(call.provider());
			if (call.model() != null) {
				text.append(", model ").append(call.model());
			}
			if (call.attempts().size() > 1) {
				text.append(", after ").append(call.attempts().size()).append(" attempts");
			}
			if (details.vendor().requestId() != null) {
				text.append(", request id ").append(details.vendor().requestId());
			}
			if (details.recovery().retryAfter() != null) {
				text.append(", retry after ").append(details.recovery().retryAfter().toMillis()).append(" ms");
			}
			text.append(']');
		}
		return text.toString();
	}

}
