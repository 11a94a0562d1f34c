package io.nexus3.provider.load;

import java.util.concurrent.atomic.AtomicInteger;

import io.nexus3.provider.registry.CallListener;
import io.nexus3.provider.registry.CallTrace;
import reactor.util.context.ContextView;

/**
 * Counts calls and their attempts. Safe for use by many threads.
 */
final class CallTally implements CallListener {

	final AtomicInteger started = new AtomicInteger();

	final AtomicInteger ended = new AtomicInteger();

	final AtomicInteger attempts = new AtomicInteger();

	final AtomicInteger mostAttempts = new AtomicInteger();

	@Override
	public CallTrace callStarted(CallInfo call, ContextView context) {
		this.started.incrementAndGet();
		return new CallTrace() {
			@Override
			public void attemptStarted(int number) {
				CallTally.this.attempts.incrementAndGet();
				CallTally.this.mostAttempts.accumulateAndGet(number, Math::max);
			}

			@Override
			public void ended(CallEnd end) {
				CallTally.this.ended.incrementAndGet();
			}
		};
	}

	int active() {
		return this.started.get() - this.ended.get();
	}

}
