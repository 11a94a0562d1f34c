package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nexus3.provider.ProviderException;
import io.nexus3.provider.registry.CallListener;
import io.nexus3.provider.registry.CallTrace;
import reactor.util.context.ContextView;

/**
 * Writes down what a call's listener is told.
 */
public final class RecordedTrace implements CallListener, CallTrace {

	public final List<String> steps = new CopyOnWriteArrayList<>();

	public final List<Duration> delays = new CopyOnWriteArrayList<>();

	public final List<ProviderException> errors = new CopyOnWriteArrayList<>();

	public final CompletableFuture<CallEnd> ended = new CompletableFuture<>();

	@Override
	public CallTrace callStarted(CallInfo call, ContextView context) {
		this.steps.add("started");
		return this;
	}

	@Override
	public void attemptStarted(int number) {
		this.steps.add("attempt " + number);
	}

	@Override
	public void attemptEnded(AttemptEnd attempt) {
		this.steps.add("attempt " + attempt.number() + " " + attempt.outcome() + " " + attempt.status());
		if (attempt.error() != null) {
			this.errors.add(attempt.error());
		}
	}

	@Override
	public void retryPlanned(ProviderException reason, Duration delay) {
		this.steps.add("retry");
		this.delays.add(delay);
		this.errors.add(reason);
	}

	@Override
	public void firstEvent() {
		this.steps.add("first event");
	}

	@Override
	public void ended(CallEnd end) {
		this.steps.add("ended " + end.outcome() + " after " + end.attempts());
		this.ended.complete(end);
	}

}
