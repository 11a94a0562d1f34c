package io.nexus3.provider.registry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls under way, so that closing the registry ends them. Safe for use by many
 * threads.
 */
final class ActiveCalls {

	private static final Logger logger = LoggerFactory.getLogger(ActiveCalls.class);

	private final Set<CallSubscription> calls = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/** Add a call, unless the registry is closed. */
	boolean add(CallSubscription call) {
		if (this.closed) {
			return false;
		}
		this.calls.add(call);
		if (this.closed) {
			this.calls.remove(call);
			return false;
		}
		return true;
	}

	void remove(CallSubscription call) {
		this.calls.remove(call);
	}

	void close() {
		this.closed = true;
		this.calls.forEach(ActiveCalls::close);
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
