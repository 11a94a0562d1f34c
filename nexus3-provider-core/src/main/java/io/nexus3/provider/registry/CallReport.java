package io.nexus3.provider.registry;

import java.time.Duration;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.registry.CallTrace.AttemptEnd;
import io.nexus3.provider.registry.CallTrace.CallEnd;
import io.nexus3.provider.registry.CallTrace.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Tells the traces of one call what happens to it; where there are none, nothing is made
 * for them. Used by the call's loop only.
 */
final class CallReport {

	private final CallTraces traces;

	private boolean firstEvent;

	CallReport(CallTraces traces) {
		this.traces = traces;
	}

	CallTraces traces() {
		return this.traces;
	}

	/** The model said something, whether the subscriber wants to see it or not. */
	void arrived() {
		if (!this.firstEvent) {
			this.firstEvent = true;
			this.traces.firstEvent();
		}
	}

	void handingOver() {
		this.traces.event();
	}

	void completed(Attempt attempt, AssistantMessage message) {
		attemptEnded(attempt, Outcome.COMPLETED, null, message);
	}

	/** An attempt broke off. Says what it had brought, where anybody is told. */
	@Nullable AssistantMessage brokenOff(Attempt attempt, @Nullable ProviderException error) {
		AssistantMessage arrived = this.traces.listening() ? attempt.reader.arrived() : null;
		attemptEnded(attempt, (error != null) ? Outcome.FAILED : Outcome.CANCELLED, error, arrived);
		return arrived;
	}

	private void attemptEnded(Attempt attempt, Outcome outcome, @Nullable ProviderException error,
			@Nullable AssistantMessage message) {
		if (this.traces.listening()) {
			this.traces.attemptEnded(new AttemptEnd(attempt.number, outcome, attempt.reader.status(),
					attempt.reader.requestId(), error, message));
		}
	}

	void retryPlanned(ProviderException reason, Duration delay) {
		this.traces.retryPlanned(reason, delay);
	}

	void ended(CallEnd end) {
		this.traces.ended(end);
	}

}
