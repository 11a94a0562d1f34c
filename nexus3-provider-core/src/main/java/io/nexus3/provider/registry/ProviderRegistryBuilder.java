package io.nexus3.provider.registry;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.transport.HttpTransports;
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

	private HttpTransports transports = new HttpTransports();

	private CallClock clock = CallClock.system();

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
	 * Connect in another way.
	 * @param transports makes the connections of providers
	 * @return this builder
	 */
	public ProviderRegistryBuilder transports(HttpTransports transports) {
		this.transports = transports;
		return this;
	}

	/**
	 * Use another time, for tests.
	 * @param clock the time
	 * @return this builder
	 */
	public ProviderRegistryBuilder clock(CallClock clock) {
		this.clock = clock;
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

	ProviderTypes types() {
		return this.types;
	}

	HttpTransports transports() {
		return this.transports;
	}

	CallClock clock() {
		return this.clock;
	}

	List<ProviderDecorator> decorators() {
		return List.copyOf(this.decorators);
	}

	List<CallListener> listeners() {
		return List.copyOf(this.listeners);
	}

}
