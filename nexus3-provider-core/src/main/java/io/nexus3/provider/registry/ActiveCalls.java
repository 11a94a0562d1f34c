package io.nexus3.provider.registry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;

/**
 * The calls under way, so that closing the registry ends them. Safe for use by many
 * threads.
 */
final class ActiveCalls {

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
		this.calls.forEach(CallSubscription::close);
	}

	static ProviderException closedError() {
		return ProviderException.of(ErrorKind.CLOSED, "The registry is closed");
	}

}
