package io.nexus3.provider.autoconfigure;

import io.nexus3.provider.actuate.ProviderRefresh;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.ProviderRegistry;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Reads a provider's properties anew and lets the registry begin anew with them. What is
 * wrong with them is refused, and nothing changes then.
 */
final class EnvironmentRefresh implements ProviderRefresh {

	private final ProviderRegistry registry;

	private final ConfigMapping mapping;

	private final Environment environment;

	EnvironmentRefresh(ProviderRegistry registry, ConfigMapping mapping, Environment environment) {
		this.registry = registry;
		this.mapping = mapping;
		this.environment = environment;
	}

	@Override
	public boolean refresh(String provider) {
		if (this.registry.provider(provider) == null) {
			return false;
		}
		Nexus3Properties properties = Binder.get(this.environment).bindOrCreate("nexus3", Nexus3Properties.class);
		ProvidersConfig config = this.mapping.map(properties);
		ProviderConfig changed = config.providers().get(provider);
		if (changed == null) {
			return false;
		}
		this.registry.refresh(changed);
		return true;
	}

}
