package io.nexus3.provider.config;

import java.time.Duration;

/**
 * The connections of one provider, shared by its models.
 *
 * @param maxConnections how many connections may be open at once, at least 1; 4,096 by
 * default
 * @param pendingAcquireTimeout how long a call waits for a free connection; 45 s by
 * default
 * @param maxIdleTime how long an unused connection is kept; below what gateways keep, so
 * that a stale one is rare; 30 s by default
 * @param maxLifeTime how long a connection is used at all; 10 min by default
 * @since 0.1.0
 */
public record PoolSettings(int maxConnections, Duration pendingAcquireTimeout, Duration maxIdleTime,
		Duration maxLifeTime) {

	private static final PoolSettings DEFAULTS = new PoolSettings(4096, Duration.ofSeconds(45), Duration.ofSeconds(30),
			Duration.ofMinutes(10));

	/**
	 * Check.
	 * @throws IllegalArgumentException when a value is out of its range
	 */
	public PoolSettings {
		if (maxConnections < 1) {
			throw new IllegalArgumentException("max-connections must be at least 1, not " + maxConnections);
		}
		positive("pending-acquire-timeout", pendingAcquireTimeout);
		positive("max-idle-time", maxIdleTime);
		positive("max-life-time", maxLifeTime);
	}

	/**
	 * The defaults.
	 * @return the settings
	 */
	public static PoolSettings defaults() {
		return DEFAULTS;
	}

	private static void positive(String name, Duration value) {
		if (value.isZero() || value.isNegative()) {
			throw new IllegalArgumentException(name + " must be longer than 0, not " + value);
		}
	}

}
