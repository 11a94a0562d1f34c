package io.nexus3.provider.type;

import java.util.Map;

import io.nexus3.provider.config.AuthMethod;
import io.nexus3.provider.protocol.WireProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A type of provider, as data: what holds where a configuration is silent, where requests
 * go, and how they are written.
 *
 * @param name what configurations call it
 * @param defaults what holds where a configuration is silent
 * @param routing where requests go
 * @param protocol how requests and answers are written
 * @param probing what may be asked for free, or {@code null} for nothing
 * @since 0.1.0
 */
public record ProviderType(String name, Defaults defaults, Routing routing, ProtocolChoice protocol,
		@Nullable Probing probing) {

	/**
	 * A type of which nothing can be asked for free.
	 * @param name what configurations call it
	 * @param defaults what holds where a configuration is silent
	 * @param routing where requests go
	 * @param protocol how requests and answers are written
	 */
	public ProviderType(String name, Defaults defaults, Routing routing, ProtocolChoice protocol) {
		this(name, defaults, routing, protocol, null);
	}

	/**
	 * What holds where a configuration is silent.
	 *
	 * @param baseUrl the base URL, or {@code null} where the configuration must give one
	 * @param apiKeyEnv the environment variable of the key, or {@code null} where none is
	 * needed
	 * @param authMethod how the key is presented
	 * @param apiVersion the api-version, or {@code null} where there is none
	 */
	public record Defaults(@Nullable String baseUrl, @Nullable String apiKeyEnv, AuthMethod authMethod,
			@Nullable String apiVersion) {

	}

	/**
	 * Where requests for a model go.
	 */
	@FunctionalInterface
	public interface Routing {

		/**
		 * Route a model.
		 * @param endpoint where the provider is
		 * @param model the model
		 * @return the route
		 */
		Route route(ProviderEndpoint endpoint, ModelName model);

	}

	/**
	 * How requests to a provider are written.
	 */
	@FunctionalInterface
	public interface ProtocolChoice {

		/**
		 * Choose the protocol.
		 * @param endpoint where the provider is
		 * @return the protocol
		 */
		WireProtocol protocol(ProviderEndpoint endpoint);

	}

	/**
	 * What may be asked of a provider for free, to see whether it answers.
	 */
	@FunctionalInterface
	public interface Probing {

		/**
		 * Choose what is asked.
		 * @param endpoint where the provider is
		 * @return what is asked
		 */
		Probe probe(ProviderEndpoint endpoint);

	}

	/**
	 * A request that costs nothing.
	 *
	 * @param pathAndQuery what follows the base URL, with a slash at its start
	 * @param headers headers that the vendor asks for; no credentials
	 */
	public record Probe(String pathAndQuery, Map<String, String> headers) {

		/**
		 * Copy.
		 */
		public Probe {
			headers = Map.copyOf(headers);
		}

	}

	/**
	 * A model by its names.
	 *
	 * @param id what the vendor calls it
	 * @param deployment the deployment that runs it, or {@code null}
	 */
	public record ModelName(String id, @Nullable String deployment) {

		String deploymentOrId() {
			return (this.deployment != null) ? this.deployment : this.id;
		}

	}

	/**
	 * Where requests for a model go.
	 *
	 * @param pathAndQuery what follows the base URL, with a slash at its start
	 * @param model what the request body calls the model
	 */
	public record Route(String pathAndQuery, String model) {

	}

}
