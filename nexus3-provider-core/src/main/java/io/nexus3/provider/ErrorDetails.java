package io.nexus3.provider;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Everything known about an error besides its kind and its words.
 *
 * @param vendor what the vendor said
 * @param call which call it was
 * @param recovery what may be done about it
 * @param partialMessage what had arrived, where something had; {@code null} else
 * @since 0.1.0
 */
public record ErrorDetails(VendorError vendor, Call call, Recovery recovery,
		@Nullable AssistantMessage partialMessage) {

	private static final ErrorDetails NONE = new ErrorDetails(VendorError.none(),
			new Call(null, null, List.of(), Duration.ZERO, false), new Recovery(null, null), null);

	/**
	 * No details.
	 * @return the empty value
	 */
	public static ErrorDetails none() {
		return NONE;
	}

	/**
	 * These details with the vendor's part.
	 * @param vendor what the vendor said
	 * @return new details
	 */
	public ErrorDetails withVendor(VendorError vendor) {
		return new ErrorDetails(vendor, this.call, this.recovery, this.partialMessage);
	}

	/**
	 * These details with the call's part.
	 * @param call which call it was
	 * @return new details
	 */
	public ErrorDetails withCall(Call call) {
		return new ErrorDetails(this.vendor, call, this.recovery, this.partialMessage);
	}

	/**
	 * These details with what may be done.
	 * @param recovery what may be done about it
	 * @return new details
	 */
	public ErrorDetails withRecovery(Recovery recovery) {
		return new ErrorDetails(this.vendor, this.call, recovery, this.partialMessage);
	}

	/**
	 * These details with what had arrived.
	 * @param partialMessage the partial message, or {@code null}
	 * @return new details
	 */
	public ErrorDetails withPartialMessage(@Nullable AssistantMessage partialMessage) {
		return new ErrorDetails(this.vendor, this.call, this.recovery, partialMessage);
	}

	/**
	 * Which call failed.
	 *
	 * @param provider the configured name of the provider, or {@code null} when unknown
	 * @param model the model id asked for, or {@code null} when unknown
	 * @param attempts why each attempt failed, the last one included
	 * @param elapsed how long the call took, waits included
	 * @param partialOutput whether events of the answer had been handed over
	 */
	public record Call(@Nullable String provider, @Nullable String model, List<AttemptFailure> attempts,
			Duration elapsed, boolean partialOutput) {

		/**
		 * Copy.
		 */
		public Call {
			attempts = List.copyOf(attempts);
		}

	}

	/**
	 * What may be done about an error.
	 *
	 * @param retryable whether another try may help, or {@code null} for what the kind
	 * says
	 * @param retryAfter how long the server asks to wait, or {@code null}
	 */
	public record Recovery(@Nullable Boolean retryable, @Nullable Duration retryAfter) {

	}

}
