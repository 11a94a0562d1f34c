package io.nexus3.provider.actuate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.actuate.RecentCalls.Call;
import io.nexus3.provider.actuate.RecentCalls.Snapshot;
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
 * It costs no token, and sends nothing unless it has a probe.
 * <ul>
 * <li>{@code DOWN}: the key was refused or the quota is used up, as many calls in a row
 * failed as the threshold says, or the probe failed;</li>
 * <li>{@code UP}: otherwise, where a call was answered lately or the probe was;</li>
 * <li>{@code UNKNOWN}: otherwise, and where the key is missing.</li>
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

	private final ProviderProbe probe;

	private final Settings settings;

	private final InstantSource clock;

	/**
	 * Health of a provider.
	 * @param registry knows the provider
	 * @param name the configured name of the provider
	 * @param recentCalls knows how its calls ended
	 * @param probe asks it
	 * @param settings when it is what
	 * @param clock tells how long ago
	 */
	public ProviderHealthIndicator(ProviderRegistry registry, String name, RecentCalls recentCalls, ProviderProbe probe,
			Settings settings, InstantSource clock) {
		this.registry = registry;
		this.name = name;
		this.recentCalls = recentCalls;
		this.probe = probe;
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public Mono<Health> health() {
		return Mono.defer(() -> {
			EffectiveProvider provider = this.registry.provider(this.name);
			if (provider == null) {
				return Mono.just(Health.unknown().withDetail("provider", "is not configured").build());
			}
			return Mono.zip(key(provider.credential()), this.probe.result(),
					(key, probed) -> health(provider, key, probed));
		});
	}

	private static Mono<Key> key(@Nullable CredentialSource credential) {
		if (credential == null) {
			return Mono.just(new Key(true, "none needed"));
		}
		String source = credential.description();
		return credential.get()
			.timeout(KEY_TIMEOUT)
			.map((key) -> new Key(true, "from the " + source))
			.defaultIfEmpty(new Key(false, "not found: set " + source))
			.onErrorReturn(new Key(false, "not usable from the " + source));
	}

	private Health health(EffectiveProvider provider, Key key, ProviderProbe.Result probed) {
		Snapshot calls = this.recentCalls.of(this.name);
		Instant now = this.clock.instant();
		Health.Builder health = new Health.Builder(
				key.usable() ? status(calls, probed.answers(), now) : this.settings.missingKey());
		health.withDetail("type", provider.type().name()).withDetail("key", key.text());
		if (probed.text() != null) {
			health.withDetail("probe", probed.text());
		}
		calls(health, calls, now);
		return health.build();
	}

	private static void calls(Health.Builder health, Snapshot calls, Instant now) {
		if (calls.lastSuccess() != null) {
			health.withDetail("lastSuccess", calls.lastSuccess().at().toString());
		}
		Call failure = calls.lastFailure();
		if (failure != null) {
			health.withDetail("lastFailure", failure.at().toString())
				.withDetail("lastError", failure.error() + ": " + failure.message())
				.withDetail("failuresInARow", calls.failuresInARow());
		}
		Call limited = calls.lastRateLimit();
		if (limited != null) {
			health.withDetail("lastRateLimit", limited.at().toString());
			Instant until = (limited.retryAfter() != null) ? limited.at().plus(limited.retryAfter()) : null;
			if (until != null && until.isAfter(now)) {
				health.withDetail("rateLimitedUntil", until.toString());
			}
		}
	}

	private Status status(Snapshot calls, @Nullable Boolean probed, Instant now) {
		if (isDown(calls, now) || Boolean.FALSE.equals(probed)) {
			return Status.DOWN;
		}
		boolean up = isRecent(calls.lastSuccess(), now) || Boolean.TRUE.equals(probed);
		return up ? Status.UP : Status.UNKNOWN;
	}

	private boolean isDown(Snapshot calls, Instant now) {
		Call failure = calls.lastFailure();
		if (failure == null || calls.failuresInARow() == 0 || !isRecent(failure, now)) {
			return false;
		}
		return failure.error() == ErrorKind.AUTHENTICATION || failure.error() == ErrorKind.QUOTA_EXHAUSTED
				|| calls.failuresInARow() >= this.settings.failuresInARow();
	}

	private boolean isRecent(@Nullable Call call, Instant now) {
		return call != null && call.at().plus(this.settings.window()).isAfter(now);
	}

	private record Key(boolean usable, String text) {

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
