package io.nexus3.provider.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.type.EffectiveProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The connections of each provider, made when first used, and those that others have
 * taken the place of while calls still run on them. Safe for use by many threads.
 */
final class LiveConnections {

	private final Map<String, EffectiveProvider> providers;

	private final Function<EffectiveProvider, ProviderConnections> maker;

	private final Map<String, ProviderConnections> current = new ConcurrentHashMap<>();

	private final Set<ProviderConnections> retired = ConcurrentHashMap.newKeySet();

	LiveConnections(Map<String, EffectiveProvider> providers, Function<EffectiveProvider, ProviderConnections> maker) {
		this.providers = Collections.synchronizedMap(new LinkedHashMap<>(providers));
		this.maker = maker;
	}

	@Nullable EffectiveProvider provider(String name) {
		return this.providers.get(name);
	}

	/** The connections that calls take from now on. */
	ProviderConnections of(String name) {
		return this.current.computeIfAbsent(name, (key) -> this.maker.apply(known(key)));
	}

	EffectiveProvider known(String name) {
		EffectiveProvider provider = this.providers.get(name);
		if (provider == null) {
			throw ProviderException.of(ErrorKind.CONFIGURATION,
					"Unknown provider '" + name + "'. Configured providers: " + List.copyOf(this.providers.keySet()));
		}
		return provider;
	}

	/**
	 * Begin a call, which keeps the connections that it begins on until it leaves them.
	 */
	CallPlan enter(ResolvedModel model) {
		ProviderConnections connections = enter(model.provider());
		try {
			return connections.plan(model);
		}
		catch (RuntimeException ex) {
			connections.use().leave();
			throw ex;
		}
	}

	private ProviderConnections enter(String name) {
		ProviderConnections connections = of(name);
		while (!connections.use().enter()) {
			connections = of(name);
		}
		return connections;
	}

	/** Ask for something that costs nothing. */
	Mono<Integer> probe(String name) {
		return Mono.using(() -> enter(name), ProviderConnections::probe, (connections) -> connections.use().leave());
	}

	/** From now on calls take new connections; the old ones end with their last call. */
	void replace(EffectiveProvider provider) {
		// In this order: what is made after the removal is made of the new provider.
		this.providers.put(provider.name(), provider);
		ProviderConnections old = this.current.remove(provider.name());
		if (old != null) {
			this.retired.add(old);
			old.use().retire(() -> {
				this.retired.remove(old);
				old.close();
			});
		}
	}

	/** All connections, to be closed. */
	List<ProviderConnections> takeAll() {
		List<ProviderConnections> all = new ArrayList<>(this.current.values());
		all.addAll(this.retired);
		this.current.clear();
		this.retired.clear();
		return all;
	}

}
