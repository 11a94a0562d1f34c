package io.nexus3.provider.test.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The exchanges of a server in the order of arrival: all of a test's, and the latest of a
 * server that runs for long. Safe for use by any thread; event loops hold the monitor
 * only for as long as it takes to add to a list.
 */
final class ExchangeLog {

	private static final int MOST_KEPT = 10_000;

	private static final int DROPPED_AT_ONCE = 1_000;

	private final List<Exchange> exchanges = new ArrayList<>();

	private int arrivals;

	synchronized Exchange add(IntFunction<ReceivedRequest> request) {
		Exchange exchange = new Exchange(request.apply(this.arrivals++));
		this.exchanges.add(exchange);
		if (this.exchanges.size() > MOST_KEPT) {
			this.exchanges.subList(0, DROPPED_AT_ONCE).clear();
		}
		notifyAll();
		return exchange;
	}

	synchronized void clear() {
		this.exchanges.clear();
	}

	synchronized List<Exchange> all() {
		return List.copyOf(this.exchanges);
	}

	synchronized Exchange await(int index, Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (this.exchanges.size() <= index) {
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				throw new AssertionError("Request number %d did not come within %s; %d came".formatted(index, timeout,
						this.exchanges.size()));
			}
			// Rounded up, so that it is never 0, which is for ever.
			wait(left / 1_000_000 + 1);
		}
		return this.exchanges.get(index);
	}

}
