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

	private final Function<AttemptObservationContext, Observation> attempts;

	private final LongSupplier nanos;

	private final long start;

	private @Nullable Observation attempt;

	private @Nullable AttemptObservationContext attemptContext;

	private @Nullable Retry retry;

	ObservedCall(ChatObservationContext context, Observation observation,
			Function<AttemptObservationContext, Observation> attempts, LongSupplier nanos) {
		this.context = context;
		this.observation = observation;
		this.attempts = attempts;
		this.nanos = nanos;
		this.start = nanos.getAsLong();
	}

	@Override
	public Context context(Context subscriber) {
		return subscriber.put(ObservationThreadLocalAccessor.KEY,
				(this.attempt != null) ? this.attempt : this.observation);
	}

	@Override
	public void attemptStarted(int number) {
		AttemptObservationContext context = new AttemptObservationContext(this.context, number, this.retry);
		this.attemptContext = context;
		this.attempt = this.attempts.apply(context).parentObservation(this.observation).start();
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
