package io.nexus3.provider.observation;

import java.time.Duration;

import io.micrometer.observation.Observation;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.registry.CallTrace.AttemptEnd;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call. One per attempt; what is not known yet is {@code null}.
 *
 * @since 0.1.0
 */
public final class AttemptObservationContext extends Observation.Context {

	private final ChatObservationContext call;

	private final int number;

	private final @Nullable Retry retry;

	private @Nullable AttemptEnd end;

	/**
	 * An attempt that begins.
	 * @param call the call that it belongs to
	 * @param number its number, from 1
	 * @param retry why it is made, or {@code null} of a first attempt
	 */
	public AttemptObservationContext(ChatObservationContext call, int number, @Nullable Retry retry) {
		this.call = call;
		this.number = number;
		this.retry = retry;
	}

	/**
	 * The call that it belongs to.
	 * @return the call's context
	 */
	public ChatObservationContext getCall() {
		return this.call;
	}

	/**
	 * Its number.
	 * @return the number, from 1
	 */
	public int getNumber() {
		return this.number;
	}

	/**
	 * Why it is made.
	 * @return the reason and the wait before it, or {@code null} of a first attempt
	 */
	public @Nullable Retry getRetry() {
		return this.retry;
	}

	/**
	 * How it ended.
	 * @return the end, or {@code null} as long as it goes on
	 */
	public @Nullable AttemptEnd getEnd() {
		return this.end;
	}

	void setEnd(AttemptEnd end) {
		this.end = end;
	}

	/**
	 * Why another attempt is made.
	 *
	 * @param reason why the last one failed
	 * @param delay how long was waited in between
	 */
	public record Retry(ProviderException reason, Duration delay) {

	}

}
