package io.nexus3.provider.registry;

import org.jspecify.annotations.Nullable;

/**
 * Counts the calls on the connections of one provider, so that connections which are put
 * out of service are closed when their last call has ended. Safe for use by many threads.
 */
final class ConnectionUse {

	private int calls;

	private @Nullable Runnable whenUnused;

	/** A call begins, unless the connections are out of service. */
	synchronized boolean enter() {
		if (this.whenUnused != null) {
			return false;
		}
		this.calls++;
		return true;
	}

	/** A call that has entered ends. */
	void leave() {
		run(left());
	}

	private synchronized @Nullable Runnable left() {
		this.calls--;
		return (this.calls == 0) ? this.whenUnused : null;
	}

	/**
	 * Put the connections out of service.
	 * @param whenUnused run once, when no call is under way any more
	 */
	void retire(Runnable whenUnused) {
		run(retired(whenUnused));
	}

	private synchronized @Nullable Runnable retired(Runnable whenUnused) {
		this.whenUnused = whenUnused;
		return (this.calls == 0) ? whenUnused : null;
	}

	private static void run(@Nullable Runnable action) {
		if (action != null) {
			action.run();
		}
	}

}
