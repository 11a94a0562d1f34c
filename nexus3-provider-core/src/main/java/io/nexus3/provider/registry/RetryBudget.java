package io.nexus3.provider.registry;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider's tokens for retries, so that a storm of failures is not amplified: when
 * they are used up, calls fail after their first attempt. Safe for use by many threads.
 */
final class RetryBudget {

	private final AtomicInteger tokens;

	private final int capacity;

	RetryBudget(int capacity) {
		this.capacity = capacity;
		this.tokens = new AtomicInteger(capacity);
	}

	boolean take(int cost) {
		int left = this.tokens.getAndUpdate((tokens) -> (tokens >= cost) ? tokens - cost : tokens);
		return left >= cost;
	}

	void give(int amount) {
		this.tokens.updateAndGet((tokens) -> Math.min(this.capacity, tokens + amount));
	}

	int tokens() {
		return this.tokens.get();
	}

}
