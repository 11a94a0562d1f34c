package io.nexus3.provider.config;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A key that somebody issues for some time. It is fetched when it is first needed, shared
 * by all calls, and fetched anew shortly before it ends or after it was refused. Calls
 * that come meanwhile wait for the one fetch. Safe for use by many threads.
 */
final class TokenCredential implements CredentialSource {

	/** A key must outlive the request that carries it. */
	private static final Duration MARGIN = Duration.ofMinutes(2);

	private final String description;

	private final InstantSource clock;

	private final Mono<ExpiringKey> current;

	private volatile @Nullable ApiKey refused;

	TokenCredential(String description, Mono<ExpiringKey> fetch, InstantSource clock) {
		this.description = description;
		this.clock = clock;
		this.current = fetch.cacheInvalidateIf(this::spent);
	}

	private boolean spent(ExpiringKey token) {
		Instant end = token.expiresAt();
		return Objects.equals(this.refused, token.key())
				|| (end != null && !this.clock.instant().isBefore(end.minus(MARGIN)));
	}

	@Override
	public Mono<ApiKey> get() {
		return this.current.map(ExpiringKey::key);
	}

	@Override
	public void refused(ApiKey key) {
		this.refused = key;
	}

	@Override
	public boolean refreshable() {
		return true;
	}

	@Override
	public String description() {
		return this.description;
	}

}
