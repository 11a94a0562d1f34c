package io.nexus3.provider.sample.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.nexus3.provider.ProviderException;
import io.nexus3.provider.registry.CallListener.CallInfo;
import io.nexus3.provider.registry.CallTrace;
import io.nexus3.provider.wire.RawLogListener;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Watches the calls of one answer: it travels to them in the Reactor context, where
 * {@link CallWatchListener} finds it, so that a browser hears of its own calls only. One
 * per answer; may be told by any thread.
 */
final class CallWatch {

	private final Sinks.Many<CallEvent> events = Sinks.many().unicast().onBackpressureBuffer();

	private final AtomicInteger rounds = new AtomicInteger();

	private final boolean wire;

	private final LongSupplier nanos;

	/**
	 * A watch.
	 * @param wire whether raw traffic is wanted too
	 * @param nanos a clock in nanoseconds
	 */
	CallWatch(boolean wire, LongSupplier nanos) {
		this.wire = wire;
		this.nanos = nanos;
	}

	/**
	 * The watch of a call.
	 * @param context the subscriber's context
	 * @return the watch, or {@code null} when nobody watches
	 */
	static @Nullable CallWatch from(ContextView context) {
		return context.getOrDefault(CallWatch.class, null);
	}

	/**
	 * Put this watch into the context of calls.
	 */
	Context into(Context context) {
		Context watched = context.put(CallWatch.class, this);
		return this.wire ? watched.put(RawLogListener.class, new WireRecorder(this::tell, this.rounds::get)) : watched;
	}

	/**
	 * What happens; ends when the watch is closed. For one subscriber.
	 */
	Flux<CallEvent> events() {
		return this.events.asFlux();
	}

	/**
	 * Nothing more happens.
	 */
	void close() {
		this.events.emitComplete(CallWatch::again);
	}

	/**
	 * Begin to watch another call.
	 */
	CallTrace call(CallInfo call) {
		return new Trace(this.rounds.incrementAndGet(), call);
	}

	private void tell(CallEvent event) {
		Sinks.EmitResult result;
		do {
			result = this.events.tryEmitNext(event);
		}
		while (again(result));
	}

	/** Another thread is telling something at this very moment: it takes no longer. */
	private static boolean again(Sinks.EmitResult result) {
		return result == Sinks.EmitResult.FAIL_NON_SERIALIZED;
	}

	private static boolean again(Object signal, Sinks.EmitResult result) {
		return again(result);
	}

	/** Of one call, whose events come one after another. */
	private final class Trace implements CallTrace {

		private final int round;

		private final CallInfo call;

		private int attempt;

		private long started;

		Trace(int round, CallInfo call) {
			this.round = round;
			this.call = call;
		}

		@Override
		public void attemptStarted(int number) {
			this.attempt = number;
			this.started = CallWatch.this.nanos.getAsLong();
			tell(new CallEvent.AttemptStarted(this.round, number, this.call.provider(), this.call.model().modelId()));
		}

		@Override
		public void attemptEnded(AttemptEnd end) {
			ProviderException error = end.error();
			Duration elapsed = Duration.ofNanos(CallWatch.this.nanos.getAsLong() - this.started);
			tell(new CallEvent.AttemptEnded(this.round, end.number(), Names.of(end.outcome()), end.status(),
					end.requestId(), (error != null) ? Names.of(error.kind()) : null,
					(error != null) ? error.summary() : null, elapsed.toMillis()));
		}

		@Override
		public void retryPlanned(ProviderException reason, Duration delay) {
			tell(new CallEvent.RetryPlanned(this.round, this.attempt + 1, delay.toMillis(), Names.of(reason.kind())));
		}

	}

}
