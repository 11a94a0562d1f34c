package io.nexus3.provider.load;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.registry.ProviderRegistry;

/**
 * A registry with a provider of each format, both at one address, and what is to be known
 * of its inside.
 */
final class LoadScene implements AutoCloseable {

	/** Far beyond what any of this takes on a busy machine: only what hangs meets it. */
	static final Duration WATCHDOG = Duration.ofSeconds(120);

	final ProviderRegistry registry;

	final CallTally tally = new CallTally();

	LoadScene(String baseUrl, UnaryOperator<ProviderConfig> settings) {
		ProvidersConfig config = ProvidersConfig.of(
				List.of(settings.apply(provider("open", "openai", baseUrl + "/v1")),
						settings.apply(provider("claude", "anthropic", baseUrl))),
				List.of(ModelConfig.of("open", "open", "gpt"), ModelConfig.of("claude", "claude", "claude-x")), null);
		this.registry = ProviderRegistry.builder(config).listeners(List.of(this.tally)).build();
	}

	private static ProviderConfig provider(String name, String type, String baseUrl) {
		return ProviderConfig.of(name, type)
			.withBaseUrl(baseUrl)
			.withApiKey("sk-load-0123456789")
			.withRetry(retries(3));
	}

	/** Retries that wait a millisecond. */
	static RetrySettings retries(int max) {
		return new RetrySettings(max, 1, Duration.ofMillis(1), Duration.ofSeconds(60), 500, true);
	}

	AsyncProvider open() {
		return this.registry.getForModel("open");
	}

	AsyncProvider claude() {
		return this.registry.getForModel("claude");
	}

	/** How many connections are in use. */
	int acquired() {
		return PoolProbe.sum(this.registry, (pool) -> pool.acquiredSize());
	}

	/** How many calls wait for a connection. */
	int pending() {
		return PoolProbe.sum(this.registry, (pool) -> pool.pendingAcquireSize());
	}

	/**
	 * Wait for what gives no signal.
	 * @return how long it took
	 */
	static Duration await(String what, BooleanSupplier condition) throws InterruptedException {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > WATCHDOG.toNanos()) {
				throw new AssertionError("It did not come to it that " + what);
			}
			Thread.sleep(2);
		}
		return Duration.ofNanos(System.nanoTime() - start);
	}

	@Override
	public void close() {
		this.registry.close();
	}

}
