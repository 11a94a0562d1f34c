package io.nexus3.provider.test.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/**
 * The exchanges of a server in the order of arrival: all of a test's, and the latest of a
 * server that runs for long. Safe for use by any thread.
 */
final class ExchangeLog {

	private static final int MOST_KEPT = 10_000;

	private static final int DROPPED_AT_ONCE = 1_000;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition added = this.lock.newCondition();

	private final List<Exchange> exchanges = new ArrayList<>();

	private int arrivals;

	Exchange add(IntFunction<ReceivedRequest> request) {
		this.lock.lock();
		try {
			Exchange exchange = new Exchange(request.apply(this.arrivals++));
			this.exchanges.add(exchange);
			if (this.exchanges.size() > MOST_KEPT) {
				this.exchanges.subList(0, DROPPED_AT_ONCE).clear();
			}
			this.added.signalAll();
			return exchange;
		}
		finally {
			this.lock.unlock();
		}
	}

	void clear() {
		this.lock.lock();
		try {
			this.exchanges.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	List<Exchange> all() {
		this.lock.lock();
		try {
			return List.copyOf(this.exchanges);
		}
		finally {
			this.lock.unlock();
		}
	}

	Exchange await(int index, Duration timeout) throws InterruptedException {
		long left = timeout.toNanos();
		this.lock.lockInterruptibly();
		try {
			while (this.exchanges.size() <= index) {
				if (left <= 0) {
					throw new AssertionError("Request number %d did not come within %s; %d came".formatted(index,
							timeout, this.exchanges.size()));
				}
				left = this.added.awaitNanos(left);
			}
			return this.exchanges.get(index);
		}
		finally {
			this.lock.unlock();
		}
	}

}
