package io.nexus3.provider.registry;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.StreamEvent;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One attempt as its call sees it: a place for one batch of events at a time, which is
 * asked for only when the last one is used up, so that backpressure reaches the network.
 */
final class Attempt implements CoreSubscriber<List<StreamEvent>> {

	private final CallSubscription call;

	private final Context context;

	private volatile @Nullable Subscription upstream;

	private volatile @Nullable List<StreamEvent> batch;

	private volatile @Nullable Throwable error;

	private volatile boolean done;

	private volatile boolean draining;

	private volatile @Nullable Runnable whenDone;

	private int position;

	final AttemptReader reader;

	final AttemptClocks clocks;

	final int number;

	final long start;

	Attempt(CallSubscription call, Context context, AttemptReader reader, AttemptClocks clocks, int number,
			long start) {
		this.call = call;
		this.context = context;
		this.reader = reader;
		this.clocks = clocks;
		this.number = number;
		this.start = start;
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (this.upstream == Operators.cancelledSubscription()) {
			subscription.cancel();
			return;
		}
		this.upstream = subscription;
		subscription.request(1);
	}

	@Override
	public void onNext(List<StreamEvent> events) {
		if (this.draining) {
			return;
		}
		if (events.isEmpty()) {
			this.clocks.bytes();
			Subscription upstream = this.upstream;
			if (upstream != null) {
				upstream.request(1);
			}
			return;
		}
		this.batch = events;
		this.call.drain();
	}

	@Override
	public void onError(Throwable error) {
		this.error = error;
		finished();
	}

	@Override
	public void onComplete() {
		finished();
	}

	private void finished() {
		this.done = true;
		Runnable then = this.whenDone;
		if (then != null) {
			then.run();
		}
		this.call.drain();
	}

	/** Run something when the attempt is over, at once if it is. */
	void whenDone(Runnable then) {
		this.whenDone = then;
		if (this.done) {
			then.run();
		}
	}

	/** The next event without taking it, or null when there is none at the moment. */
	@Nullable StreamEvent peek() {
		List<StreamEvent> batch = this.batch;
		return (batch != null) ? batch.get(this.position) : null;
	}

	/** Take the event that was peeked at; ask for more when it was the last. */
	void take() {
		List<StreamEvent> batch = this.batch;
		if (batch == null) {
			return;
		}
		if (++this.position >= batch.size()) {
			this.position = 0;
			this.batch = null;
			Subscription upstream = this.upstream;
			if (upstream != null && !this.done) {
				this.clocks.resume();
				upstream.request(1);
			}
		}
	}

	/** Put what the end made sure in the place of the next batch. */
	void offer(ArrayList<StreamEvent> events) {
		this.batch = events;
		this.position = 0;
	}

	boolean done() {
		return this.done;
	}

	@Nullable Throwable error() {
		return this.error;
	}

	/** Nobody waits for the rest: read it, so that the connection can be used again. */
	void drainRest() {
		this.clocks.stop();
		this.draining = true;
		Subscription upstream = this.upstream;
		if (upstream != null && !this.done) {
			upstream.request(Long.MAX_VALUE);
		}
	}

	void cancel() {
		this.clocks.stop();
		Subscription upstream = this.upstream;
		this.upstream = Operators.cancelledSubscription();
		if (upstream != null) {
			upstream.cancel();
		}
	}

}
