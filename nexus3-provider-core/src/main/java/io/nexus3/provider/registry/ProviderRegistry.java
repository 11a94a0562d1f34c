package io.nexus3.provider.registry;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.wire.RawLogListener;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Hands out providers by alias. A provider is made when it is first asked for, and kept;
 * models of one provider share its connections.
 * <p>
 * Safe for use by many threads. Close it when done; with Spring, the container does.
 *
 * @since 0.1.0
 */
public final class ProviderRegistry implements AutoCloseable {

	private final ProvidersConfig config;

	ProviderRegistry(ProviderRegistryBuilder builder) {
		this.config = builder.config();
	}

	/**
	 * Begin a registry.
	 * @param config the providers and models
	 * @return the builder
	 */
	public static ProviderRegistryBuilder builder(ProvidersConfig config) {
		return new ProviderRegistryBuilder(config);
	}

	/**
	 * What this registry was made of.
	 * @return the configuration
	 */
	public ProvidersConfig config() {
		return this.config;
	}

	/**
	 * The provider of the default model.
	 * @return the provider
	 * @throws io.nexus3.provider.ProviderException when there is no default model
	 */
	public AsyncProvider getForModel() {
		return getForModel(null);
	}

	/**
	 * The provider of a model.
	 * @param alias an alias, {@code provider/alias}, or {@code null} for the default
	 * model
	 * @return the provider
	 * @throws io.nexus3.provider.ProviderException when there is no such alias
	 */
	public AsyncProvider getForModel(@Nullable String alias) {
		throw new UnsupportedOperationException();
	}

	/**
	 * A provider by its name and a raw model id.
	 * @param provider the configured name of the provider
	 * @param modelId what the vendor calls the model
	 * @return the provider
	 * @throws io.nexus3.provider.ProviderException when there is no such provider
	 */
	public AsyncProvider get(String provider, String modelId) {
		throw new UnsupportedOperationException();
	}

	/**
	 * What an alias stands for.
	 * @param alias an alias, {@code provider/alias}, or {@code null} for the default
	 * model
	 * @return the model
	 * @throws io.nexus3.provider.ProviderException when there is no such alias
	 */
	public ResolvedModel resolve(@Nullable String alias) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Set, replace or clear the listener that sees the raw traffic of all providers.
	 * @param listener the listener, or {@code null} for none
	 */
	public void setRawLog(@Nullable RawLogListener listener) {
	}

	/**
	 * Close all connections and refuse further calls. A second time does nothing.
	 */
	@Override
	public void close() {
	}

	/**
	 * Close without blocking.
	 * @return completes when all connections are closed
	 */
	public Mono<Void> closeAsync() {
		return Mono.empty();
	}

}
