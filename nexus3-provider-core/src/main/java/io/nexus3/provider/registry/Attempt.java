package io.nexus3.provider.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.nexus3.provider.StreamEvent;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * One attempt as its call sees it: places for a few batches of events, each of which is
 * what one buffer of the network meant. More are asked for only as these are used up, so
 * that backpressure reaches the network; a few at once, because asking goes through every
 * operator down to the connection.
 */
final class Attempt implements CoreSubscriber<List<StreamEvent>> {

	/** How many buffers are read ahead of the subscriber of a stream. */
	private static final int AHEAD = 16;

	private static final int ENOUGH = AHEAD - AHEAD / 4;

	private final CallSubscription call;

	private final Context context;

	private final Queue<List<StreamEvent>> arrived = Queues.<List<StreamEvent>>get(AHEAD).get();

	private volatile @Nullable Subscription upstream;

	private volatile @Nullable Throwable error;

	private volatile boolean done;

	private volatile boolean draining;

	private volatile @Nullable Runnable whenDone;

	private @Nullable List<StreamEvent> batch;

	private int position;

	private int used;

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
		subscription.request(AHEAD);
	}

	@Override
	public void onNext(List<StreamEvent> events) {
		if (this.draining) {
			return;
		}
		if (events.isEmpty()) {
			this.clocks.bytes();
			request(1);
			return;
		}
		if (!this.arrived.offer(events)) {
			throw new IllegalStateException("The network gave more buffers than were asked for");
		}
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
		if (this.batch == null) {
			this.batch = this.arrived.poll();
		}
		return (this.batch != null) ? this.batch.get(this.position) : null;
	}

	/** Take the event that was peeked at; ask for more when enough are used up. */
	void take() {
		List<StreamEvent> batch = this.batch;
		if (batch == null || ++this.position < batch.size()) {
			return;
		}
		this.position = 0;
		this.batch = null;
		if (!this.done) {
			this.clocks.resume();
			if (++this.used == ENOUGH) {
				this.used = 0;
				request(ENOUGH);
			}
		}
	}

	private void request(long n) {
		Subscription upstream = this.upstream;
		if (upstream != null) {
			upstream.request(n);
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
		if (!this.done) {
			request(Long.MAX_VALUE);
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
