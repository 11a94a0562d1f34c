package io.nexus3.provider.actuate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.actuate.RecentCalls.Call;
import io.nexus3.provider.actuate.RecentCalls.Snapshot;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.type.EffectiveProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of one provider, read from its configuration and from how its last calls ended.
 * It sends nothing and costs no token.
 * <ul>
 * <li>{@code UP}: the last call that says something about the provider was answered;</li>
 * <li>{@code DOWN}: its key was refused or its quota is used up, or as many calls in a
 * row failed as the threshold says;</li>
 * <li>{@code UNKNOWN}: there was no call lately, or the key is missing.</li>
 * </ul>
 * A rate limit is a detail and no failure: the provider answers.
 *
 * @since 0.1.0
 */
public final class ProviderHealthIndicator implements ReactiveHealthIndicator {

	private static final Duration KEY_TIMEOUT = Duration.ofSeconds(2);

	private final ProviderRegistry registry;

	private final String name;

	private final RecentCalls recentCalls;

	private final Settings settings;

	private final InstantSource clock;

	/**
	 * Health of a provider.
	 * @param registry knows the provider
	 * @param name the configured name of the provider
	 * @param recentCalls knows how its calls ended
	 * @param settings when it is what
	 * @param clock tells how long ago
	 */
	public ProviderHealthIndicator(ProviderRegistry registry, String name, RecentCalls recentCalls, Settings settings,
			InstantSource clock) {
		this.registry = registry;
		this.name = name;
		this.recentCalls = recentCalls;
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public Mono<Health> health() {
		EffectiveProvider provider = this.registry.provider(this.name);
		if (provider == null) {
			return Mono.just(Health.unknown().withDetail("provider", "is not configured").build());
		}
		CredentialSource credential = provider.credential();
		if (credential == null) {
			return Mono.fromSupplier(() -> judge(provider).withDetail("key", "none needed").build());
		}
		return credential.get()
			.timeout(KEY_TIMEOUT)
			.map((key) -> withKey(provider, credential, key))
			.switchIfEmpty(Mono.fromSupplier(() -> withoutKey(provider, "not found: set " + credential.description())))
			.onErrorResume((ex) -> Mono
				.fromSupplier(() -> withoutKey(provider, "not usable from the " + credential.description())));
	}

	private Health withKey(EffectiveProvider provider, CredentialSource credential, ApiKey key) {
		return judge(provider).withDetail("key", "from the " + credential.description()).build();
	}

	private Health withoutKey(EffectiveProvider provider, String problem) {
		return judge(provider).status(this.settings.missingKey()).withDetail("key", problem).build();
	}

	private Health.Builder judge(EffectiveProvider provider) {
		Snapshot calls = this.recentCalls.of(this.name);
		Instant now = this.clock.instant();
		Health.Builder health = new Health.Builder(status(calls, now)).withDetail("type", provider.type().name());
		if (calls.lastSuccess() != null) {
			health.withDetail("lastSuccess", calls.lastSuccess().at().toString());
		}
		Call failure = calls.lastFailure();
		if (failure != null) {
			health.withDetail("lastFailure", failure.at().toString())
				.withDetail("lastError", failure.error() + ": " + failure.message())
				.withDetail("failuresInARow", calls.failuresInARow());
			Instant until = (failure.retryAfter() != null) ? failure.at().plus(failure.retryAfter()) : null;
			if (failure.error() == ErrorKind.RATE_LIMIT && until != null && until.isAfter(now)) {
				health.withDetail("rateLimitedUntil", until.toString());
			}
		}
		return health;
	}

	private Status status(Snapshot calls, Instant now) {
		Call failure = recent(calls.lastFailure(), now);
		if (failure != null && calls.failuresInARow() > 0 && grave(calls, failure)) {
			return Status.DOWN;
		}
		return (recent(calls.lastSuccess(), now) != null) ? Status.UP : Status.UNKNOWN;
	}

	private boolean grave(Snapshot calls, Call failure) {
		return failure.error() == ErrorKind.AUTHENTICATION || failure.error() == ErrorKind.QUOTA_EXHAUSTED
				|| (failure.error() != ErrorKind.RATE_LIMIT
						&& calls.failuresInARow() >= this.settings.failuresInARow());
	}

	private @Nullable Call recent(@Nullable Call call, Instant now) {
		return (call != null && call.at().plus(this.settings.window()).isAfter(now)) ? call : null;
	}

	/**
	 * When a provider is what.
	 *
	 * @param missingKey the status of a provider whose key is missing
	 * @param failuresInARow how many calls must fail in a row, at least 1
	 * @param window how long a call says something about now
	 */
	public record Settings(Status missingKey, int failuresInARow, Duration window) {

		/**
		 * Check.
		 * @throws IllegalArgumentException when a value is out of its range
		 */
		public Settings {
			if (failuresInARow < 1 || window.isNegative() || window.isZero()) {
				throw new IllegalArgumentException("failures-in-a-row must be at least 1 and window longer than 0, not "
						+ failuresInARow + " and " + window);
			}
		}

	}

}
