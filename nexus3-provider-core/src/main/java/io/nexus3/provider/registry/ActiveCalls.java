package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The calls under way, so that closing the registry waits for them and ends them. Safe
 * for use by many threads.
 */
final class ActiveCalls {

	private static final Logger logger = LoggerFactory.getLogger(ActiveCalls.class);

	private final Set<CallSubscription> calls = ConcurrentHashMap.newKeySet();

	private final Sinks.Empty<Void> none = Sinks.empty();

	private volatile boolean closed;

	/** Add a call, unless the registry is closed. */
	boolean add(CallSubscription call) {
		if (this.closed) {
			return false;
		}
		this.calls.add(call);
		if (this.closed) {
			remove(call);
			return false;
		}
		return true;
	}

	void remove(CallSubscription call) {
		this.calls.remove(call);
		tellWhenNoneIsLeft();
	}

	private void tellWhenNoneIsLeft() {
		if (this.closed && this.calls.isEmpty()) {
			this.none.tryEmitEmpty();
		}
	}

	/** Refuse further calls. */
	void refuse() {
		this.closed = true;
	}

	/**
	 * Let the calls under way end by themselves, and end those that have not after a
	 * while.
	 * @param grace how long they may take
	 * @param scheduler where the time is taken
	 * @return completes when all have ended or been told to
	 */
	Mono<Void> end(Duration grace, Scheduler scheduler) {
		return Mono.defer(() -> {
			refuse();
			tellWhenNoneIsLeft();
			return grace.isZero() ? Mono.<Void>empty() : this.none.asMono().take(grace, scheduler);
		}).then(Mono.fromRunnable(() -> this.calls.forEach(ActiveCalls::close)));
	}

	/** A subscriber that throws must not keep the others from their end. */
	private static void close(CallSubscription call) {
		try {
			call.close();
		}
		catch (RuntimeException ex) {
			logger.warn("A subscriber failed when its call was closed", ex);
		}
	}

	static ProviderException closedError() {
		return ProviderException.of(ErrorKind.CLOSED, "The registry is closed");
	}

}
