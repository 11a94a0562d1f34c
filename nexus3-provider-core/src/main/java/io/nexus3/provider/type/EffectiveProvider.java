package io.nexus3.provider.type;

import io.nexus3.provider.config.AuthMethod;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.ProviderConfig;
import org.jspecify.annotations.Nullable;

/**
 * A provider with the presets of its type applied: nothing about it is open any more.
 *
 * @param config the provider as configured
 * @param type its type
 * @param endpoint where it is
 * @param authMethod how the key is presented
 * @param credential where the key comes from, or {@code null} when none is needed
 * @since 0.1.0
 */
public record EffectiveProvider(ProviderConfig config, ProviderType type, ProviderEndpoint endpoint,
		AuthMethod authMethod, @Nullable CredentialSource credential) {

	/**
	 * The provider's configured name.
	 * @return the name
	 */
	public String name() {
		return this.config.name();
	}

}
