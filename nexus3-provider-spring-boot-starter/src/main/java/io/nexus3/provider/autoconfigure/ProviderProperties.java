package io.nexus3.provider.autoconfigure;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.nexus3.provider.config.AuthMethod;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of one provider.
 *
 * @param type Type of the provider, such as openai. Unset, it is the provider's own name
 * if that is a type, else openrouter.
 * @param baseUrl Address of the server, such as https://host/v1. Unset, it is that of the
 * type.
 * @param apiKey API key. Unset or blank, it is read from the type's environment variable.
 * @param apiKeyEnv Name of the environment variable that holds the API key, in place of
 * the key itself.
 * @param apiKeyFile File that holds the API key, such as a mounted secret, in place of
 * the key itself. It is read before every attempt.
 * @param authMethod How the API key is presented. Unset, it is the way of the type.
 * @param extraHeaders Further request headers. They cannot replace credentials.
 * @param extraBody Further fields of the request body by the vendor's name. Numbers and
 * booleans keep their type in YAML and are text in a properties file.
 * @param apiVersion Version of Azure's API, such as 2024-10-21.
 * @param deployment Azure's deployment for models that name none.
 * @param timeouts Clocks of a call.
 * @param retry How often and how patiently a call is tried again.
 * @param limits How much of an answer is taken.
 * @param pool Connections, shared by the provider's models.
 * @param ssl How TLS is spoken.
 * @param proxy HTTP proxy. Unset, there is none, whatever the environment says.
 * @param allowInsecureHttp Whether plain HTTP to other hosts than this one is allowed.
 * @param allowPrivateNetwork Whether private addresses are allowed. Unset, it follows
 * allow-insecure-http.
 * @param promptCaching Whether prompts are marked for the vendor's cache where it wants
 * marks.
 * @param acceptTruncatedStreams Whether a stream that ends without saying that it is done
 * makes a message of unknown finish reason, rather than an error.
 * @param options What calls set, unless the model or the request says otherwise.
 * @since 0.1.0
 */
public record ProviderProperties(@Nullable String type, @Nullable String baseUrl, @Nullable String apiKey,
		@Nullable String apiKeyEnv, @Nullable String apiKeyFile, @Nullable AuthMethod authMethod,
		@DefaultValue Map<String, String> extraHeaders, @DefaultValue Map<String, Object> extraBody,
		@Nullable String apiVersion, @Nullable String deployment, @DefaultValue TimeoutsProperties timeouts,
		@DefaultValue Retry retry, @DefaultValue Limits limits, @DefaultValue Pool pool, @DefaultValue Ssl ssl,
		@Nullable Proxy proxy, @Nullable Boolean allowInsecureHttp, @Nullable Boolean allowPrivateNetwork,
		@Nullable Boolean promptCaching, @Nullable Boolean acceptTruncatedStreams,
		@DefaultValue OptionsProperties options) {

	/**
	 * Copy.
	 */
	public ProviderProperties {
		extraHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(extraHeaders));
		extraBody = Collections.unmodifiableMap(new LinkedHashMap<>(extraBody));
	}

	/**
	 * The type alone: key, headers, body and address may all hold secrets.
	 * @return the type
	 */
	@Override
	public String toString() {
		return "ProviderProperties[type=" + this.type + "]";
	}

	/**
	 * Properties of retries.
	 *
	 * @param maxRetries How many attempts may follow the first, 0 to 10.
	 * @param backoff Base of the growing delay, 1 to 5.
	 * @param maxDelay Longest delay that is not asked for by the server.
	 * @param maxRetryAfter Longest wait that a server may ask for. Above it, the call
	 * fails at once.
	 * @param budget Tokens of the provider for retries, of which one costs 5, or 10 after
	 * a timeout.
	 * @param retryAmbiguous Whether to retry when the connection was lost after the
	 * request was sent, so that the vendor may have worked, and charged, twice.
	 */
	public record Retry(@Nullable Integer maxRetries, @Nullable Double backoff, @Nullable Duration maxDelay,
			@Nullable Duration maxRetryAfter, @Nullable Integer budget, @Nullable Boolean retryAmbiguous) {

	}

	/**
	 * Properties of limits.
	 *
	 * @param errorBody How much of an error body is read.
	 * @param responseBody Size of a whole answer.
	 * @param sseEvent Size of one event of a stream.
	 * @param toolArguments Size of the arguments of one tool call.
	 * @param events Number of events of one stream.
	 * @param responseHeaders Size of the answer's head.
	 */
	public record Limits(@Nullable DataSize errorBody, @Nullable DataSize responseBody, @Nullable DataSize sseEvent,
			@Nullable DataSize toolArguments, @Nullable Integer events, @Nullable DataSize responseHeaders) {

	}

	/**
	 * Properties of the connection pool.
	 *
	 * @param maxConnections How many connections may be open at once.
	 * @param pendingAcquireTimeout How long a call waits for a free connection.
	 * @param maxIdleTime How long an unused connection is kept.
	 * @param maxLifeTime How long a connection is used at all.
	 */
	public record Pool(@Nullable Integer maxConnections, @Nullable Duration pendingAcquireTimeout,
			@Nullable Duration maxIdleTime, @Nullable Duration maxLifeTime) {

	}

	/**
	 * Properties of TLS.
	 *
	 * @param bundle Name of the SSL bundle whose certificates are trusted besides the
	 * system's, and whose key identifies this application.
	 * @param verify Whether certificates are verified. Turning it off is for tests only,
	 * because whoever sits between can then read the key.
	 */
	public record Ssl(@Nullable String bundle, @Nullable Boolean verify) {

	}

	/**
	 * Properties of the proxy.
	 *
	 * @param host Host of the proxy.
	 * @param port Port of the proxy.
	 * @param username Name to log in with at the proxy.
	 * @param password Password to log in with at the proxy.
	 */
	public record Proxy(@Nullable String host, @Nullable Integer port, @Nullable String username,
			@Nullable String password) {

		/**
		 * Without the password.
		 * @return host and port
		 */
		@Override
		public String toString() {
			return "Proxy[host=" + this.host + ", port=" + this.port + "]";
		}

	}

}
