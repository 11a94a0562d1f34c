package io.nexus3.provider.transport;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * A body as what its buffers mean, one list for each, and a last one for its end, which
 * waits for demand as any other. One operator, because it is passed once for each event.
 */
final class BodyFlux<T> extends FluxOperator<DataBuffer, List<T>> {

	private final BodyReader<T> reader;

	BodyFlux(Flux<? extends DataBuffer> body, BodyReader<T> reader) {
		super(body);
		this.reader = reader;
	}

	@Override
	public void subscribe(CoreSubscriber<? super List<T>> actual) {
		this.source.subscribe(new Reading<>(actual, this.reader));
	}

	/** Buffers come one at a time; demand may come from any thread. */
	private static final class Reading<T> implements CoreSubscriber<DataBuffer>, Subscription {

		private final CoreSubscriber<? super List<T>> actual;

		private final BodyReader<T> reader;

		private final AtomicLong requested = new AtomicLong();

		private final AtomicBoolean closing = new AtomicBoolean();

		private @Nullable Subscription upstream;

		private long produced;

		private List<T> last = List.of();

		private boolean failed;

		private volatile boolean cancelled;

		private volatile boolean ended;

		Reading(CoreSubscriber<? super List<T>> actual, BodyReader<T> reader) {
			this.actual = actual;
			this.reader = reader;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription upstream) {
			this.upstream = upstream;
			this.actual.onSubscribe(this);
		}

		@Override
		public void onNext(DataBuffer buffer) {
			if (this.failed || this.cancelled) {
				DataBufferUtils.release(buffer);
				return;
			}
			this.produced++;
			List<T> events = this.reader.read(buffer);
			RuntimeException failure = this.reader.failure();
			if (failure == null) {
				this.actual.onNext(events);
				return;
			}
			this.failed = true;
			cancelUpstream();
			this.actual.onNext(events);
			if (!this.cancelled) {
				this.actual.onError(failure);
			}
		}

		@Override
		public void onError(Throwable error) {
			if (this.failed) {
				Operators.onErrorDropped(error, currentContext());
				return;
			}
			this.actual.onError(error);
		}

		@Override
		public void onComplete() {
			if (!this.failed) {
				this.last = this.reader.end();
				this.ended = true;
				closeOnDemand();
			}
		}

		@Override
		public void request(long n) {
			if (!Operators.validate(n)) {
				return;
			}
			this.requested.getAndUpdate((current) -> Operators.addCap(current, n));
			if (this.ended) {
				closeOnDemand();
			}
			else if (this.upstream != null) {
				this.upstream.request(n);
			}
		}

		/** Demand and the end may come at the same time: each looks after the other. */
		private void closeOnDemand() {
			if (this.requested.get() == this.produced || this.cancelled || !this.closing.compareAndSet(false, true)) {
				return;
			}
			this.actual.onNext(this.last);
			RuntimeException failure = this.reader.failure();
			if (failure != null) {
				this.actual.onError(failure);
			}
			else {
				this.actual.onComplete();
			}
		}

		@Override
		public void cancel() {
			this.cancelled = true;
			cancelUpstream();
		}

		private void cancelUpstream() {
			if (this.upstream != null) {
				this.upstream.cancel();
			}
		}

	}

}
