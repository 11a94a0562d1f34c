package io.nexus3.provider.config;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A key that is good for some time, such as an access token of an identity provider.
 *
 * @param key the key
 * @param expiresAt when it ends, or {@code null} when nobody knows
 * @since 0.1.0
 */
public record ExpiringKey(ApiKey key, @Nullable Instant expiresAt) {

}
