package io.nexus3.provider.type;

import io.nexus3.provider.config.BaseUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider is, presets applied.
 *
 * @param baseUrl the base URL, allowed by the address policy
 * @param apiVersion the api-version, or {@code null} where there is none
 * @since 0.1.0
 */
public record ProviderEndpoint(BaseUrl baseUrl, @Nullable String apiVersion) {

}
