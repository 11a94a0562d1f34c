package io.nexus3.provider.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.ConfigurationProblem;
import io.nexus3.provider.config.InvalidConfigurationException;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.type.EffectiveProvider;
import io.nexus3.provider.type.ProviderResolver;
import io.nexus3.provider.wire.RawLogListener;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Hands out providers by alias. A provider is made when it is first asked for, and kept;
 * models of one provider share its connections.
 * <p>
 * Safe for use by many threads. Close it when done; with Spring, the container does.
 *
 * @since 0.1.0
 */
public final class ProviderRegistry implements AutoCloseable {

	private final ProviderRegistryBuilder builder;

	private final ModelNames names;

	private final LiveConnections connections;

	private final Map<ResolvedModel, AsyncProvider> providers = new ConcurrentHashMap<>();

	private final ListenerFailures listenerFailures = new ListenerFailures();

	private final RawLogs rawLogs = new RawLogs(this.listenerFailures);

	private final ActiveCalls activeCalls = new ActiveCalls();

	private final Mono<Void> closing = Mono.defer(this::shutDown).cache();

	private volatile ProvidersConfig config;

	private volatile boolean closed;

	ProviderRegistry(ProviderRegistryBuilder builder) {
		this.builder = builder;
		this.names = new ModelNames(builder.config());
		this.config = builder.config();
		this.connections = new LiveConnections(resolve(builder), this::connect);
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
	 * A registry of one provider, for applications that need no more.
	 * @param provider the provider
	 * @param modelId what the vendor calls the model, which becomes the default
	 * @return the registry
	 */
	public static ProviderRegistry of(ProviderConfig provider, String modelId) {
		ModelConfig model = ModelConfig.of(modelId, provider.name(), modelId);
		return builder(ProvidersConfig.of(List.of(provider), List.of(model), modelId)).build();
	}

	private static Map<String, EffectiveProvider> resolve(ProviderRegistryBuilder builder) {
		ProviderResolver resolver = new ProviderResolver(builder.types());
		Map<String, EffectiveProvider> effective = new LinkedHashMap<>();
		List<ConfigurationProblem> problems = new ArrayList<>();
		for (ProviderConfig config : builder.config().providers().values()) {
			try {
				effective.put(config.name(), resolver.resolve(config));
			}
			catch (InvalidConfigurationException ex) {
				problems.addAll(ex.problems());
			}
		}
		if (!problems.isEmpty()) {
			throw new InvalidConfigurationException(problems);
		}
		return effective;
	}

	/**
	 * What this registry was made of, with what has been refreshed since.
	 * @return the configuration
	 */
	public ProvidersConfig config() {
		return this.config;
	}

	/**
	 * A provider with the presets of its type applied.
	 * @param name the configured name of the provider
	 * @return the provider, or {@code null} when there is none of that name
	 */
	public @Nullable EffectiveProvider provider(String name) {
		return this.connections.provider(name);
	}

	/**
	 * The provider of the default model.
	 * @return the provider
	 * @throws ProviderException when there is no default model
	 */
	public AsyncProvider getForModel() {
		return getForModel(null);
	}

	/**
	 * The provider of a model.
	 * @param alias an alias, {@code provider/alias}, or {@code null} for the default
	 * model
	 * @return the provider, the same for the same model as long as the registry is open
	 * @throws ProviderException when there is no such alias, or the registry is closed
	 */
	public AsyncProvider getForModel(@Nullable String alias) {
		return provider(this.names.resolve(alias));
	}

	/**
	 * A provider by its name and a raw model id.
	 * @param provider the configured name of the provider
	 * @param modelId what the vendor calls the model
	 * @return the provider
	 * @throws ProviderException when there is no such provider, or the registry is closed
	 */
	public AsyncProvider get(String provider, String modelId) {
		return provider(this.names.raw(provider, modelId));
	}

	/**
	 * What an alias stands for.
	 * @param alias an alias, {@code provider/alias}, or {@code null} for the default
	 * model
	 * @return the model
	 * @throws ProviderException when there is no such alias
	 */
	public ResolvedModel resolve(@Nullable String alias) {
		return this.names.resolve(alias);
	}

	/**
	 * Set, replace or clear the listener that sees the raw traffic of all providers. A
	 * subscriber that wants to see its own calls only puts a {@link RawLogListener} into
	 * its Reactor context under that class.
	 * @param listener the listener, or {@code null} for none
	 */
	public void setRawLog(@Nullable RawLogListener listener) {
		this.rawLogs.set(listener);
	}

	/**
	 * How often a listener has thrown: raw-log listeners and call listeners. What they
	 * throw breaks nothing; this tells that they are broken.
	 * @return a count since the registry was built
	 */
	public long listenerFailures() {
		return this.listenerFailures.count();
	}

	/**
	 * Ask a provider for something that costs nothing, such as the list of its models,
	 * over the connections that its calls take. Nothing is tried again, and there is no
	 * clock but that of connecting.
	 * @param provider the configured name of the provider
	 * @return the HTTP status of the answer; empty where nothing is free to ask, or the
	 * key is missing; errors are {@link ProviderException}s
	 */
	public Mono<Integer> probe(String provider) {
		return Mono.defer(() -> {
			checkOpen();
			return this.connections.probe(provider);
		});
	}

	private AsyncProvider provider(ResolvedModel model) {
		checkOpen();
		AsyncProvider provider = this.providers.computeIfAbsent(model, this::make);
		checkOpen();
		return provider;
	}

	private void checkOpen() {
		if (this.closed) {
			throw ActiveCalls.closedError();
		}
	}

	private AsyncProvider make(ResolvedModel model) {
		this.connections.of(model.provider()).plan(model);
		AsyncProvider provider = new ModelProvider(model, this.connections);
		for (ProviderDecorator decorator : this.builder.decorators()) {
			provider = decorator.decorate(provider, model);
		}
		return provider;
	}

	private ProviderConnections connect(EffectiveProvider provider) {
		ProviderConnections made = new ProviderConnections(provider, this.builder.transports(),
				new CallTraces.Factory(this.builder.listeners(), this.listenerFailures), this.rawLogs, this.activeCalls,
				this.builder.clock());
		if (this.closed) {
			// What is made while the registry closes, closing may not see any more.
			made.close();
		}
		return made;
	}

	/**
	 * Let a provider begin anew: with another address, key, settings, or only with fresh
	 * connections. Providers that were handed out follow with their next call; calls
	 * under way, and their retries, end on the old connections, which are closed then.
	 * Models keep their settings.
	 * @param provider the provider as it shall be, of a name that is configured
	 * @throws io.nexus3.provider.config.InvalidConfigurationException naming every
	 * mistake in it; nothing changes then
	 * @throws ProviderException when there is no such provider, or the registry is closed
	 */
	public void refresh(ProviderConfig provider) {
		checkOpen();
		this.connections.known(provider.name());
		EffectiveProvider effective = new ProviderResolver(this.builder.types()).resolve(provider);
		synchronized (this.connections) {
			this.config = this.config.with(provider);
			this.connections.replace(effective);
		}
	}

	/**
	 * Refuse further calls, let those under way go on for the grace of
	 * {@link ProvidersConfig#shutdownGrace()}, end the rest with an error that carries
	 * what has arrived, and close all connections. A second time does nothing new.
	 * <p>
	 * Waits until all that is done, yet never on a thread that must not block, such as an
	 * event loop, and no longer than a little more than the grace: {@link #closeAsync()}
	 * tells without waiting.
	 */
	@Override
	public void close() {
		CompletableFuture<?> done = this.closing.toFuture();
		if (!Schedulers.isInNonBlockingThread()) {
			Shutdown.await(done, config().shutdownGrace());
		}
	}

	/**
	 * Close without blocking, as {@link #close()} does.
	 * @return completes when all connections are closed, and never fails; cancelling does
	 * not stop the closing
	 */
	public Mono<Void> closeAsync() {
		return this.closing;
	}

	private Mono<Void> shutDown() {
		return Mono.fromRunnable(() -> this.closed = true)
			.then(this.activeCalls.end(config().shutdownGrace(), this.builder.clock().scheduler()))
			.then(Mono.defer(this::closeConnections));
	}

	private Mono<Void> closeConnections() {
		List<ProviderConnections> open = this.connections.takeAll();
		this.providers.clear();
		return Flux.fromIterable(open).flatMap(Shutdown::close).then();
	}

}
