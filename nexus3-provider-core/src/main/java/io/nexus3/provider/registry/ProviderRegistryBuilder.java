package io.nexus3.provider.registry;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.type.ProviderType;
import io.nexus3.provider.type.ProviderTypes;

/**
 * Builds a {@link ProviderRegistry}. One per registry; not thread-safe.
 *
 * @since 0.1.0
 */
public final class ProviderRegistryBuilder {

	private final ProvidersConfig config;

	private final List<ProviderDecorator> decorators = new ArrayList<>();

	private final List<CallListener> listeners = new ArrayList<>();

	private ProviderTypes types = ProviderTypes.builtIn();

	ProviderRegistryBuilder(ProvidersConfig config) {
		this.config = config;
	}

	/**
	 * Know further types of providers.
	 * @param further the types; one of a name that exists takes its place
	 * @return this builder
	 */
	public ProviderRegistryBuilder types(List<ProviderType> further) {
		this.types = this.types.with(further);
		return this;
	}

	/**
	 * Wrap every provider.
	 * @param decorators the wrappers, the innermost first
	 * @return this builder
	 */
	public ProviderRegistryBuilder decorators(List<? extends ProviderDecorator> decorators) {
		this.decorators.addAll(decorators);
		return this;
	}

	/**
	 * Tell what happens to calls.
	 * @param listeners the listeners
	 * @return this builder
	 */
	public ProviderRegistryBuilder listeners(List<? extends CallListener> listeners) {
		this.listeners.addAll(listeners);
		return this;
	}

	/**
	 * Build the registry. No connection is made.
	 * @return the registry
	 * @throws io.nexus3.provider.config.InvalidConfigurationException naming every
	 * mistake in the configuration
	 */
	public ProviderRegistry build() {
		return new ProviderRegistry(this);
	}

	ProvidersConfig config() {
		return this.config;
	}

}
