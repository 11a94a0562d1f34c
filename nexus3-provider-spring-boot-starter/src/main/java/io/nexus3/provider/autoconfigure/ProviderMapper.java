package io.nexus3.provider.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProviderConfig.Access;
import io.nexus3.provider.config.ProviderConfig.Calls;
import io.nexus3.provider.config.ProviderConfig.Connections;
import io.nexus3.provider.config.ProviderConfig.Endpoint;
import io.nexus3.provider.config.ProxySettings;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.config.UrlSegment;
import org.jspecify.annotations.Nullable;

/**
 * Maps one provider. What is wrong is left out of the result and told.
 */
final class ProviderMapper {

	private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

	private final CallSettings settings;

	private final SslSettings ssl;

	private final @Nullable Duration connectTimeout;

	private final Problems problems;

	/**
	 * A mapper.
	 * @param settings lays properties over defaults
	 * @param ssl where SSL bundles are looked up
	 * @param connectTimeout the connect timeout of providers that say none, or
	 * {@code null} for the default
	 * @param problems takes the mistakes
	 */
	ProviderMapper(CallSettings settings, SslSettings ssl, @Nullable Duration connectTimeout, Problems problems) {
		this.settings = settings;
		this.ssl = ssl;
		this.connectTimeout = connectTimeout;
		this.problems = problems;
	}

	ProviderConfig map(String prefix, String name, ProviderProperties properties) {
		Calls calls = new Calls(timeouts(prefix, properties.timeouts()),
				this.settings.retry(prefix, properties.retry()), this.settings.limits(prefix, properties.limits()),
				this.settings.options(prefix, properties.options(), properties.extraBody(), properties.extraHeaders()),
				(properties.promptCaching() != null) ? properties.promptCaching() : Calls.defaults().promptCaching(),
				Boolean.TRUE.equals(properties.acceptTruncatedStreams()));
		Connections connections = new Connections(this.settings.pool(prefix, properties.pool()),
				this.ssl.tls(prefix, properties.ssl()), proxy(prefix, properties.proxy()));
		Access access = new Access(credential(prefix, properties), properties.authMethod());
		return new ProviderConfig(name, properties.type(), endpoint(prefix, properties), access, calls, connections);
	}

	private Timeouts timeouts(String prefix, TimeoutsProperties properties) {
		Timeouts timeouts = this.settings.timeouts(prefix, properties);
		return (properties.connect() == null && this.connectTimeout != null) ? timeouts.withConnect(this.connectTimeout)
				: timeouts;
	}

	private Endpoint endpoint(String prefix, ProviderProperties properties) {
		String text = properties.baseUrl();
		BaseUrl baseUrl = (text == null) ? null : this.problems.attempt(prefix + ".base-url",
				"Write an address such as https://host/v1", () -> BaseUrl.parse(text));
		String deployment = properties.deployment();
		if (deployment != null) {
			this.problems.attempt(prefix + ".deployment", "Write the name of a deployment",
					() -> UrlSegment.of("deployment", deployment));
		}
		return new Endpoint(baseUrl, properties.apiVersion(), deployment,
				Boolean.TRUE.equals(properties.allowInsecureHttp()), properties.allowPrivateNetwork());
	}

	/**
	 * A blank key is no key: it is what {@code ${KEY:}} gives where the variable is
	 * missing, and must not stop an application that may never use this provider.
	 */
	private @Nullable CredentialSource credential(String prefix, ProviderProperties properties) {
		String key = blankToNull(properties.apiKey());
		String variable = properties.apiKeyEnv();
		String file = blankToNull(properties.apiKeyFile());
		if (key != null && variable != null) {
			this.problems.add(prefix + ".api-key-env", "Both api-key and api-key-env are set", "Keep one of them");
			return null;
		}
		if (file != null && (key != null || variable != null)) {
			this.problems.add(prefix + ".api-key-file", "Both api-key-file and another key are set",
					"Keep one of them");
			return null;
		}
		if (file != null) {
			return this.problems.attempt(prefix + ".api-key-file", "Write the path of a file that holds the key alone",
					() -> CredentialSource.file(Path.of(file)));
		}
		if (variable != null) {
			return environment(prefix, variable);
		}
		return (key != null) ? fixed(prefix, key) : null;
	}

	private static @Nullable String blankToNull(@Nullable String text) {
		return (text != null && !text.isBlank()) ? text : null;
	}

	private @Nullable CredentialSource environment(String prefix, String variable) {
		if (!VARIABLE.matcher(variable).matches()) {
			// What stands there may well be the key itself.
			this.problems.add(prefix + ".api-key-env", "The value is not the name of an environment variable",
					"Write a name such as OPENAI_API_KEY; a key itself belongs into api-key");
			return null;
		}
		return CredentialSource.environment(variable);
	}

	private @Nullable CredentialSource fixed(String prefix, String key) {
		ApiKey parsed = this.problems.attempt(prefix + ".api-key", "Write the key alone, in one line",
				() -> ApiKey.of(key));
		return (parsed != null) ? CredentialSource.of(parsed) : null;
	}

	private @Nullable ProxySettings proxy(String prefix, ProviderProperties.@Nullable Proxy properties) {
		if (properties == null) {
			return null;
		}
		String proxy = prefix + ".proxy";
		String host = properties.host();
		Integer port = properties.port();
		if (host == null || host.isBlank()) {
			this.problems.add(proxy + ".host", "the proxy needs a host", "Write its host, or leave the proxy out");
		}
		if (port == null) {
			this.problems.add(proxy + ".port", "the proxy needs a port", "Write its port, or leave the proxy out");
		}
		ApiKey password = password(proxy, properties.password());
		return (host != null && !host.isBlank() && port != null) ? this.problems.attempt(proxy + ".port",
				"Write the proxy's port", () -> new ProxySettings(host, port, properties.username(), password)) : null;
	}

	private @Nullable ApiKey password(String proxy, @Nullable String password) {
		if (password == null || password.isEmpty()) {
			return null;
		}
		try {
			return ApiKey.of(password);
		}
		catch (IllegalArgumentException ex) {
			this.problems.add(proxy + ".password", "the password has characters that are not visible ASCII",
					"Write a password of visible ASCII characters");
			return null;
		}
	}

}
