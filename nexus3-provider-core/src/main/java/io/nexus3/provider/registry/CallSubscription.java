package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.registry.CallTrace.CallEnd;
import io.nexus3.provider.registry.CallTrace.Outcome;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;

/**
 * One call: attempts one after the other until the commit point, which is the first event
 * handed to the subscriber; from there on failure is final. Events, failures, timers,
 * demand and cancellation all pass through one loop that only one thread runs at a time,
 * so that nothing here needs a lock.
 */
final class CallSubscription implements Subscription {

	/** How long the rest of an answer is read after its end, to keep the connection. */
	private static final Duration REST = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(CallSubscription.class);

	private final CoreSubscriber<? super StreamEvent> subscriber;

	private final CallAttempts attempts;

	private final CallPlan plan;

	private final CallReport report;

	private final boolean stream;

	private final AtomicInteger work = new AtomicInteger();

	private final AtomicLong requested = new AtomicLong();

	private final AtomicReference<@Nullable ProviderException> stop = new AtomicReference<>();

	private final Disposable.Composite timers = Disposables.composite();

	private volatile boolean cancelled;

	private volatile boolean retryDue;

	private @Nullable Attempt attempt;

	private long handedOver;

	private boolean committed;

	private boolean ended;

	CallSubscription(CoreSubscriber<? super StreamEvent> subscriber, CallPlan plan, CallAttempts attempts,
			CallTraces trace, boolean stream) {
		this.subscriber = subscriber;
		this.plan = plan;
		this.attempts = attempts;
		this.report = new CallReport(trace);
		this.stream = stream;
	}

	void start() {
		if (!this.plan.shared().activeCalls().add(this)) {
			stopWith(ActiveCalls.closedError());
			return;
		}
		Duration total = this.attempts.timeouts().total();
		if (total != null) {
			after(total, () -> stopWith(ProviderException.of(ErrorKind.TIMEOUT,
					"The total timeout ran out: the call was not done after " + total)));
		}
		this.retryDue = true;
		drain();
		if (this.cancelled) {
			// The subscriber may have gone before the call was added.
			this.plan.shared().activeCalls().remove(this);
		}
	}

	private void after(Duration delay, Runnable action) {
		this.timers.add(this.plan.shared().clock().scheduler().schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS));
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			this.requested.getAndUpdate((current) -> Operators.addCap(current, n));
			drain();
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		drain();
	}

	/** The registry is closed. */
	void close() {
		stopWith(ActiveCalls.closedError());
	}

	private void stopWith(ProviderException error) {
		this.stop.compareAndSet(null, error);
		drain();
	}

	void drain() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		do {
			step();
			missed = this.work.addAndGet(-missed);
		}
		while (missed != 0);
	}

	private void step() {
		if (this.ended) {
			return;
		}
		ProviderException stop = this.stop.get();
		if (this.cancelled) {
			end(Outcome.CANCELLED, abandon(null), null);
			this.plan.shared().activeCalls().remove(this);
		}
		else if (stop != null) {
			fail(stop);
		}
		else if (this.retryDue) {
			this.retryDue = false;
			begin();
		}
		else if (this.attempt != null) {
			advance(this.attempt);
		}
	}

	private void begin() {
		Attempt attempt = this.attempts.next(this, this.report.traces());
		this.attempt = attempt;
		this.attempts.subscribe(attempt);
	}

	private void advance(Attempt attempt) {
		// Asked before the last look at the events, which may arrive together with the
		// end.
		boolean done = attempt.done();
		StreamEvent event = attempt.peek();
		while (event != null && !this.cancelled) {
			boolean last = event instanceof StreamComplete;
			boolean wanted = last || this.stream;
			if (wanted && this.handedOver == this.requested.get()) {
				attempt.clocks.pause();
				return;
			}
			this.report.arrived();
			attempt.take();
			if (last) {
				complete(attempt, (StreamComplete) event);
				return;
			}
			if (wanted) {
				this.report.handingOver();
				handOver(event);
			}
			done = attempt.done();
			event = attempt.peek();
		}
		if (event == null && !this.cancelled) {
			awaitEvents(attempt, done);
		}
	}

	/** All that has come is handed over: go on waiting, unless nothing can come. */
	private void awaitEvents(Attempt attempt, boolean done) {
		ProviderException expired = attempt.clocks.ranOut();
		if (done) {
			attemptEnded(attempt, attempt.error());
		}
		else if (expired != null) {
			attemptEnded(attempt, expired);
		}
		else {
			attempt.clocks.resume();
		}
	}

	private void handOver(StreamEvent event) {
		this.committed = true;
		this.handedOver++;
		try {
			this.subscriber.onNext(event);
		}
		catch (Throwable ex) {
			// Rule 2.13 of Reactive Streams: a subscriber that throws has cancelled.
			logger.warn("A subscriber threw at an event, which ends its call", ex);
			cancel();
		}
	}

	private void complete(Attempt attempt, StreamComplete event) {
		attempt.drainRest();
		if (!attempt.reader.bodyRead()) {
			// Its own timer: the call's timers end with the call.
			Disposable rest = this.plan.shared()
				.clock()
				.scheduler()
				.schedule(attempt::cancel, REST.toNanos(), TimeUnit.NANOSECONDS);
			attempt.whenDone(rest::dispose);
		}
		this.attempts.succeeded(attempt);
		this.report.completed(attempt, event.message());
		end(Outcome.COMPLETED, event.message(), null);
		handOver(event);
		tell(() -> {
			if (!this.cancelled) {
				this.subscriber.onComplete();
			}
		});
	}

	private void attemptEnded(Attempt attempt, @Nullable Throwable cause) {
		attempt.cancel();
		ArrayList<StreamEvent> rest = new ArrayList<>();
		ProviderException error = this.attempts.error(attempt, cause);
		if (this.attempts.lossOnly(error) && attempt.reader.completeAfterLoss(rest)) {
			attempt.offer(rest);
			advance(attempt);
			return;
		}
		this.report.brokenOff(attempt, error);
		this.attempts.failed(attempt, error);
		RetryPolicy.Decision decision = this.committed ? RetryPolicy.Decision.stop(null)
				: this.attempts.decide(attempt, error);
		if (!decision.retry()) {
			finish(this.attempts.last(attempt, error, this.committed, decision.hint()));
			return;
		}
		this.attempt = null;
		this.report.retryPlanned(error, decision.delay());
		if (decision.delay().isZero()) {
			begin();
		}
		else {
			after(decision.delay(), () -> {
				this.retryDue = true;
				drain();
			});
		}
	}

	/** Something from outside ends the call. */
	private void fail(ProviderException error) {
		Attempt attempt = this.attempt;
		abandon(error);
		finish(this.attempts.last(attempt, error, this.committed, null));
	}

	/** End the attempt under way, if there is one, and say what it had brought. */
	private @Nullable AssistantMessage abandon(@Nullable ProviderException error) {
		Attempt attempt = this.attempt;
		if (attempt == null) {
			return null;
		}
		attempt.cancel();
		this.attempts.abandoned(attempt, error);
		return this.report.brokenOff(attempt, error);
	}

	private void finish(ProviderException error) {
		end(Outcome.FAILED, error.partialMessage(), error);
		tell(() -> this.subscriber.onError(error));
	}

	/**
	 * The last word. Only then is the call over for a registry that closes. What a
	 * subscriber throws at it must not reach the connection, which others use.
	 */
	private void tell(Runnable lastWord) {
		try {
			lastWord.run();
		}
		catch (Throwable ex) {
			logger.warn("A subscriber threw at the end of its call", ex);
		}
		finally {
			this.plan.shared().activeCalls().remove(this);
		}
	}

	private void end(Outcome outcome, @Nullable AssistantMessage message, @Nullable ProviderException error) {
		this.ended = true;
		this.attempt = null;
		this.timers.dispose();
		this.plan.shared().use().leave();
		this.report.ended(new CallEnd(outcome, this.attempts.count(), message, error));
	}

}
