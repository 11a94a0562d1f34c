package io.nexus3.provider.config;

import io.nexus3.provider.RequestOptions;
import org.jspecify.annotations.Nullable;

/**
 * One provider as configured: a type, and what differs from its presets.
 *
 * @param name the provider's name, unique in its {@link ProvidersConfig}
 * @param type the name of its type, or {@code null} for the type named like the provider,
 * else {@code openrouter}
 * @param endpoint where it is
 * @param access how to get in
 * @param calls how calls are made
 * @param connections how connections are made
 * @since 0.1.0
 */
public record ProviderConfig(String name, @Nullable String type, Endpoint endpoint, Access access, Calls calls,
		Connections connections) {

	/**
	 * Check.
	 * @throws IllegalArgumentException when the name is blank
	 */
	public ProviderConfig {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A provider needs a name");
		}
	}

	/**
	 * A provider with the presets of its type.
	 * @param name the provider's name
	 * @param type the name of its type
	 * @return the configuration
	 */
	public static ProviderConfig of(String name, String type) {
		return new ProviderConfig(name, type, Endpoint.defaults(), Access.defaults(), Calls.defaults(),
				Connections.defaults());
	}

	/**
	 * A provider with the presets of the type that is named like it, else of
	 * {@code openrouter}.
	 * @param name the provider's name
	 * @return the configuration
	 */
	public static ProviderConfig of(String name) {
		return new ProviderConfig(name, null, Endpoint.defaults(), Access.defaults(), Calls.defaults(),
				Connections.defaults());
	}

	/**
	 * This provider at another address.
	 * @param baseUrl the base URL
	 * @return a new configuration
	 */
	public ProviderConfig withBaseUrl(String baseUrl) {
		return withEndpoint(new Endpoint(BaseUrl.parse(baseUrl), this.endpoint.apiVersion, this.endpoint.deployment,
				this.endpoint.allowInsecureHttp, this.endpoint.allowPrivateNetwork));
	}

	/**
	 * This provider with a key.
	 * @param key the key
	 * @return a new configuration
	 */
	public ProviderConfig withApiKey(String key) {
		return withAccess(new Access(CredentialSource.of(ApiKey.of(key)), this.access.authMethod));
	}

	/**
	 * This provider at another place.
	 * @param endpoint where it is
	 * @return a new configuration
	 */
	public ProviderConfig withEndpoint(Endpoint endpoint) {
		return new ProviderConfig(this.name, this.type, endpoint, this.access, this.calls, this.connections);
	}

	/**
	 * This provider with another access.
	 * @param access how to get in
	 * @return a new configuration
	 */
	public ProviderConfig withAccess(Access access) {
		return new ProviderConfig(this.name, this.type, this.endpoint, access, this.calls, this.connections);
	}

	/**
	 * This provider with other call settings.
	 * @param calls how calls are made
	 * @return a new configuration
	 */
	public ProviderConfig withCalls(Calls calls) {
		return new ProviderConfig(this.name, this.type, this.endpoint, this.access, calls, this.connections);
	}

	/**
	 * This provider with other clocks.
	 * @param timeouts the clocks
	 * @return a new configuration
	 */
	public ProviderConfig withTimeouts(Timeouts timeouts) {
		return withCalls(new Calls(timeouts, this.calls.retry, this.calls.limits, this.calls.options,
				this.calls.promptCaching, this.calls.acceptTruncatedStreams));
	}

	/**
	 * This provider with other retries.
	 * @param retry how often and how patiently
	 * @return a new configuration
	 */
	public ProviderConfig withRetry(RetrySettings retry) {
		return withCalls(new Calls(this.calls.timeouts, retry, this.calls.limits, this.calls.options,
				this.calls.promptCaching, this.calls.acceptTruncatedStreams));
	}

	/**
	 * This provider with other limits.
	 * @param limits how much of an answer is taken
	 * @return a new configuration
	 */
	public ProviderConfig withLimits(Limits limits) {
		return withCalls(new Calls(this.calls.timeouts, this.calls.retry, limits, this.calls.options,
				this.calls.promptCaching, this.calls.acceptTruncatedStreams));
	}

	/**
	 * This provider with default options for its calls.
	 * @param options what calls set unless model or request say otherwise
	 * @return a new configuration
	 */
	public ProviderConfig withOptions(RequestOptions options) {
		return withCalls(new Calls(this.calls.timeouts, this.calls.retry, this.calls.limits, options,
				this.calls.promptCaching, this.calls.acceptTruncatedStreams));
	}

	/**
	 * This provider, believed or not where a stream does not say that it is done.
	 * @param accept whether such a stream makes a message
	 * @return a new configuration
	 * @see Calls#acceptTruncatedStreams()
	 */
	public ProviderConfig withAcceptTruncatedStreams(boolean accept) {
		return withCalls(new Calls(this.calls.timeouts, this.calls.retry, this.calls.limits, this.calls.options,
				this.calls.promptCaching, accept));
	}

	/**
	 * This provider with other connection settings.
	 * @param connections how connections are made
	 * @return a new configuration
	 */
	public ProviderConfig withConnections(Connections connections) {
		return new ProviderConfig(this.name, this.type, this.endpoint, this.access, this.calls, connections);
	}

	/**
	 * Where a provider is.
	 *
	 * @param baseUrl its base URL, or {@code null} for the type's
	 * @param apiVersion Azure's api-version, or {@code null} for the type's
	 * @param deployment Azure's deployment for models that name none, or {@code null} for
	 * the model id
	 * @param allowInsecureHttp whether plain HTTP to other hosts than this one is allowed
	 * @param allowPrivateNetwork whether private addresses are allowed; {@code null}
	 * follows {@code allowInsecureHttp}
	 */
	public record Endpoint(@Nullable BaseUrl baseUrl, @Nullable String apiVersion, @Nullable String deployment,
			boolean allowInsecureHttp, @Nullable Boolean allowPrivateNetwork) {

		private static final Endpoint DEFAULTS = new Endpoint(null, null, null, false, null);

		/**
		 * All from the type.
		 * @return the settings
		 */
		public static Endpoint defaults() {
			return DEFAULTS;
		}

	}

	/**
	 * How to get in.
	 *
	 * @param credential where the key comes from, or {@code null} for the type's variable
	 * @param authMethod how the key is presented, or {@code null} for the type's way
	 */
	public record Access(@Nullable CredentialSource credential, @Nullable AuthMethod authMethod) {

		private static final Access DEFAULTS = new Access(null, null);

		/**
		 * All from the type.
		 * @return the settings
		 */
		public static Access defaults() {
			return DEFAULTS;
		}

	}

	/**
	 * How calls are made.
	 *
	 * @param timeouts the clocks
	 * @param retry how often and how patiently
	 * @param limits how much of an answer is taken
	 * @param options what calls set unless model or request say otherwise; its extra
	 * headers and extra body are the provider's
	 * @param promptCaching whether to mark prompts for the vendor's cache where it wants
	 * marks; on by default
	 * @param acceptTruncatedStreams whether a stream that ends in good order, but with
	 * neither a terminal marker nor a finish reason, makes a message whose finish reason
	 * is unknown and whose tool calls are invalid; off by default, so that it is an error
	 */
	public record Calls(Timeouts timeouts, RetrySettings retry, Limits limits, RequestOptions options,
			boolean promptCaching, boolean acceptTruncatedStreams) {

		private static final Calls DEFAULTS = new Calls(Timeouts.defaults(), RetrySettings.defaults(),
				Limits.defaults(), RequestOptions.defaults(), true, false);

		/**
		 * Calls that take no truncated stream for an answer.
		 * @param timeouts the clocks
		 * @param retry how often and how patiently
		 * @param limits how much of an answer is taken
		 * @param options what calls set unless model or request say otherwise
		 * @param promptCaching whether to mark prompts for the vendor's cache
		 */
		public Calls(Timeouts timeouts, RetrySettings retry, Limits limits, RequestOptions options,
				boolean promptCaching) {
			this(timeouts, retry, limits, options, promptCaching, false);
		}

		/**
		 * The defaults.
		 * @return the settings
		 */
		public static Calls defaults() {
			return DEFAULTS;
		}

	}

	/**
	 * How connections are made.
	 *
	 * @param pool the connection pool
	 * @param tls how TLS is spoken
	 * @param proxy the proxy, or {@code null} for none
	 */
	public record Connections(PoolSettings pool, TlsSettings tls, @Nullable ProxySettings proxy) {

		private static final Connections DEFAULTS = new Connections(PoolSettings.defaults(), TlsSettings.defaults(),
				null);

		/**
		 * The defaults.
		 * @return the settings
		 */
		public static Connections defaults() {
			return DEFAULTS;
		}

	}

}
