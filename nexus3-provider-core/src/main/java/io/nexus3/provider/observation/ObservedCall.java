package io.nexus3.provider.observation;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.observation.AttemptObservationContext.Retry;
import io.nexus3.provider.registry.CallTrace;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * The observations of one call. Told by the call's loop only, which one thread runs at a
 * time.
 */
final class ObservedCall implements CallTrace {

	private final ChatObservationContext context;

	private final Observation observation;

	private final @Nullable Observation parent;

	private final Function<AttemptObservationContext, Observation> attempts;

	private final LongSupplier nanos;

	private final long start;

	private @Nullable Observation attempt;

	private @Nullable AttemptObservationContext attemptContext;

	private @Nullable Retry retry;

	ObservedCall(ChatObservationContext context, Observation observation, @Nullable Observation parent,
			Function<AttemptObservationContext, Observation> attempts, LongSupplier nanos) {
		this.context = context;
		this.observation = observation;
		this.parent = parent;
		this.attempts = attempts;
		this.nanos = nanos;
		this.start = nanos.getAsLong();
	}

	@Override
	public Context context(Context subscriber) {
		Observation current = (this.attempt != null && !this.attempt.isNoop()) ? this.attempt : this.observation;
		return current.isNoop() ? subscriber : subscriber.put(ObservationThreadLocalAccessor.KEY, current);
	}

	@Override
	public void attemptStarted(int number) {
		AttemptObservationContext context = new AttemptObservationContext(this.context, number, this.retry);
		this.attemptContext = context;
		Observation attempt = this.attempts.apply(context);
		// A call that the application does not want observed leaves its attempts to the
		// caller's observation.
		Observation parent = this.observation.isNoop() ? this.parent : this.observation;
		if (parent != null) {
			attempt.parentObservation(parent);
		}
		this.attempt = attempt.start();
	}

	@Override
	public void attemptEnded(AttemptEnd end) {
		if (this.attempt != null && this.attemptContext != null) {
			this.attemptContext.setEnd(end);
			stop(this.attempt, end.error());
			this.attempt = null;
			this.attemptContext = null;
		}
	}

	@Override
	public void retryPlanned(ProviderException reason, Duration delay) {
		this.retry = new Retry(reason, delay);
	}

	@Override
	public void firstEvent() {
		if (this.context.getCall().stream()) {
			this.context.setTimeToFirstChunk(Duration.ofNanos(this.nanos.getAsLong() - this.start));
		}
	}

	@Override
	public void ended(CallEnd end) {
		this.context.setEnd(end);
		stop(this.observation, end.error());
	}

	private static void stop(Observation observation, @Nullable ProviderException error) {
		if (error != null) {
			observation.error(error);
		}
		observation.stop();
	}

}
