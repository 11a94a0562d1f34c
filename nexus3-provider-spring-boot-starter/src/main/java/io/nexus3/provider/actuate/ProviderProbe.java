package io.nexus3.provider.actuate;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.nexus3.provider.ProviderException;
import io.nexus3.provider.registry.ProviderRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Asks a provider for something that costs nothing, and takes the answer for true for a
 * while, however often health is asked for. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ProviderProbe {

	private final Mono<Result> result;

	private ProviderProbe(Mono<Result> result) {
		this.result = result;
	}

	/**
	 * No probe: nothing is sent.
	 * @return the probe
	 */
	public static ProviderProbe none() {
		return new ProviderProbe(Mono.just(Result.NOTHING));
	}

	/**
	 * A probe.
	 * @param registry whose connections are used
	 * @param provider the configured name of the provider
	 * @param timeout longest time for the answer
	 * @param cache how long an answer is taken for true
	 * @return the probe
	 */
	public static ProviderProbe of(ProviderRegistry registry, String provider, Duration timeout, Duration cache) {
		return new ProviderProbe(registry.probe(provider)
			.map(Result::of)
			.defaultIfEmpty(Result.NOTHING)
			.timeout(timeout)
			.onErrorResume((ex) -> Mono.just(Result.of(ex, timeout)))
			.cache(cache));
	}

	/**
	 * What the probe says.
	 * @return the result; never empty, never an error
	 */
	Mono<Result> result() {
		return this.result;
	}

	/**
	 * What a probe says.
	 *
	 * @param answers whether the provider answers and takes the key, or {@code null} when
	 * that is not known
	 * @param text the same in words, or {@code null} for nothing
	 */
	record Result(@Nullable Boolean answers, @Nullable String text) {

		private static final Result NOTHING = new Result(null, null);

		/**
		 * A server without the list of models answers too; only it may have no such page.
		 */
		private static Result of(int status) {
			boolean refused = status == 401 || status == 403 || status >= 500;
			return new Result(!refused, "answered with status " + status);
		}

		private static Result of(Throwable error, Duration timeout) {
			if (error instanceof TimeoutException) {
				return new Result(false, "no answer for " + timeout);
			}
			return new Result(false,
					(error instanceof ProviderException typed) ? typed.kind() + ": " + typed.summary() : "failed");
		}

	}

}
