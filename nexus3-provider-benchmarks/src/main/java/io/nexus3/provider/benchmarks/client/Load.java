package io.nexus3.provider.benchmarks.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a number of calls going until all are made.
 */
final class Load {

	private static final long PATIENCE_SECONDS = 300;

	private final BenchmarkClient client;

	private final boolean stream;

	private final boolean timed;

	private final Tally tally;

	private final AtomicInteger left;

	private final CountDownLatch ended;

	Load(BenchmarkClient client, Order order) {
		this.client = client;
		this.stream = order.stream();
		this.timed = order.timed();
		this.tally = new Tally(order.timed());
		this.left = new AtomicInteger(order.calls());
		this.ended = new CountDownLatch(order.calls());
	}

	Tally tally() {
		return this.tally;
	}

	void start(int concurrency) {
		for (int i = 0; i < concurrency; i++) {
			next();
		}
	}

	boolean await() throws InterruptedException {
		return this.ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
	}

	private void next() {
		if (this.left.getAndDecrement() <= 0) {
			return;
		}
		OneAnswer answer = new OneAnswer();
		try {
			if (this.stream) {
				this.client.stream(answer);
			}
			else {
				this.client.complete(answer);
			}
		}
		catch (RuntimeException ex) {
			answer.failed(ex);
		}
	}

	/** One answer; told by one thread at a time. */
	private final class OneAnswer implements BenchmarkClient.Answer {

		private long events;

		private long characters;

		@Override
		public void text(String text) {
			this.events++;
			this.characters += text.length();
			if (Load.this.timed && text.length() > 1 && text.charAt(0) == '@') {
				Load.this.tally.delay(text, this.events == 1);
			}
		}

		@Override
		public void done() {
			Load.this.tally.add(this.events, this.characters);
			next();
			Load.this.ended.countDown();
		}

		@Override
		public void failed(Throwable error) {
			Load.this.tally.failed(error);
			done();
		}

	}

}
