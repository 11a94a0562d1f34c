package io.nexus3.provider.registry;

import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what listeners throw. One that fails at every piece of every stream must not
 * fill the log, so only the first failure and every thousandth are warned of. Safe for
 * use by many threads.
 */
final class ListenerFailures {

	private static final Logger logger = LoggerFactory.getLogger(ListenerFailures.class);

	private static final int WARN_EVERY = 1000;

	private final AtomicLong count = new AtomicLong();

	/** Pass over a failure, unless the machine itself is failing. */
	void failed(Throwable ex) {
		if (ex instanceof VirtualMachineError fatal) {
			throw fatal;
		}
		long number = this.count.incrementAndGet();
		if (number % WARN_EVERY == 1) {
			logger.warn("A listener failed and was passed over; failures so far: {}", number, ex);
		}
		else {
			logger.debug("A listener failed and was passed over", ex);
		}
	}

	long count() {
		return this.count.get();
	}

}
