package io.nexus3.provider.test;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.model.SimulatedModel;

/**
 * One server on loopback that simulates every provider, each below a path of its own: for
 * demonstrations and for tests that need several. Safe for use by any thread.
 *
 * @since 0.1.0
 */
public final class SimulatedProviders implements AutoCloseable {

	private final Map<Dialect, SimulatedProvider> providers = new EnumMap<>(Dialect.class);

	private final ScriptedServer server;

	private SimulatedProviders(int port, Pace pace) {
		Map<Dialect, ChatEndpoint> endpoints = new EnumMap<>(Dialect.class);
		for (Dialect dialect : Dialect.values()) {
			endpoints.put(dialect,
					new ChatEndpoint(new ChatEndpoint.Settings(dialect, pace, null, Set.of(), new SimulatedModel())));
		}
		this.server = ScriptedServer.start(port, (request) -> route(request, endpoints));
		endpoints.forEach((dialect, endpoint) -> this.providers.put(dialect,
				new SimulatedProvider(this.server, endpoint, dialect.mount(), false)));
	}

	/**
	 * Starts all providers on a free port, answering at once.
	 * @return the running providers, to be closed by the caller
	 */
	public static SimulatedProviders start() {
		return start(0, Pace.immediate());
	}

	/**
	 * Starts all providers.
	 * @param port the port, or 0 for a free one
	 * @param pace how fast they answer
	 * @return the running providers, to be closed by the caller
	 */
	public static SimulatedProviders start(int port, Pace pace) {
		return new SimulatedProviders(port, pace);
	}

	private static ScriptedResponse route(ReceivedRequest request, Map<Dialect, ChatEndpoint> endpoints) {
		for (Map.Entry<Dialect, ChatEndpoint> entry : endpoints.entrySet()) {
			String mount = entry.getKey().mount();
			if (request.path().startsWith(mount + "/")) {
				return entry.getValue().handle(request, request.path().substring(mount.length()));
			}
		}
		return ScriptedResponse.status(404);
	}

	/**
	 * Returns one of the providers, to script it or to see its requests.
	 * @param dialect which
	 * @return the provider; closing it has no effect
	 */
	public SimulatedProvider provider(Dialect dialect) {
		SimulatedProvider provider = this.providers.get(dialect);
		if (provider == null) {
			throw new IllegalStateException("No provider speaks " + dialect);
		}
		return provider;
	}

	/**
	 * Returns what a client of one of the providers is configured with.
	 * @param dialect which
	 * @return its base URL, without a slash at the end
	 */
	public String baseUrl(Dialect dialect) {
		return provider(dialect).baseUrl();
	}

	/**
	 * Returns the port.
	 * @return the port that all providers share
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Stops all providers. Closing twice has no effect.
	 */
	@Override
	public void close() {
		this.server.close();
	}

}
