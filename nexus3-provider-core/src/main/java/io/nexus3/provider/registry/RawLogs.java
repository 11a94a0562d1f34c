package io.nexus3.provider.registry;

import java.util.List;

import io.nexus3.provider.transport.RawLog;
import io.nexus3.provider.wire.RawLogListener;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Who sees raw traffic: one listener for the whole registry, and one that a subscriber
 * brings in its context. Nothing is prepared when nobody looks.
 */
final class RawLogs {

	private final ListenerFailures failures;

	private volatile @Nullable RawLogListener listener;

	RawLogs(ListenerFailures failures) {
		this.failures = failures;
	}

	void set(@Nullable RawLogListener listener) {
		this.listener = listener;
	}

	@Nullable RawLog log(ContextView context, RawLogListener.Attempt attempt) {
		RawLogListener all = this.listener;
		RawLogListener own = context.getOrDefault(RawLogListener.class, null);
		if (all == null && own == null) {
			return null;
		}
		if (all != null && own != null) {
			return new RawLog(List.of(all, own), attempt, this.failures::failed);
		}
		return new RawLog(List.of((all != null) ? all : own), attempt, this.failures::failed);
	}

}
