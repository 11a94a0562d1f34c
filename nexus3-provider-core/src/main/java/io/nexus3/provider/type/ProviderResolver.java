package io.nexus3.provider.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import io.nexus3.provider.config.AddressPolicy;
import io.nexus3.provider.config.AuthMethod;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.ConfigurationProblem;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.ExtraHeaders;
import io.nexus3.provider.config.InvalidConfigurationException;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.UrlSegment;
import org.jspecify.annotations.Nullable;

/**
 * Applies presets: makes of a provider as configured one about which nothing is open, or
 * says everything that is wrong with it.
 *
 * @since 0.1.0
 */
public final class ProviderResolver {

	private final ProviderTypes types;

	/**
	 * A resolver.
	 * @param types the catalogue
	 */
	public ProviderResolver(ProviderTypes types) {
		this.types = types;
	}

	/**
	 * Apply presets.
	 * @param config the provider as configured
	 * @return the provider with everything decided
	 * @throws InvalidConfigurationException naming every mistake in it
	 */
	public EffectiveProvider resolve(ProviderConfig config) {
		Problems problems = new Problems("nexus3.providers." + config.name());
		String typeName = this.types.typeName(config);
		ProviderType type = this.types.find(typeName);
		if (type == null) {
			problems.add("type", "Unknown provider type '" + typeName + "'",
					"Write one of " + this.types.all().stream().map(ProviderType::name).toList());
			throw problems.exception();
		}
		BaseUrl baseUrl = baseUrl(config, type, problems);
		String apiVersion = (config.endpoint().apiVersion() != null) ? config.endpoint().apiVersion()
				: type.defaults().apiVersion();
		problems.check("api-version", "Write a version such as 2024-10-21",
				() -> (apiVersion != null) ? UrlSegment.of("api-version", apiVersion) : null);
		problems.check("extra-headers", "Leave the header out, or use the setting made for it",
				() -> new ExtraHeaders(config.calls().options().extraHeaders()));
		AuthMethod authMethod = (config.access().authMethod() != null) ? config.access().authMethod()
				: type.defaults().authMethod();
		if (baseUrl == null || !problems.isEmpty()) {
			throw problems.exception();
		}
		return new EffectiveProvider(config, type, new ProviderEndpoint(baseUrl, apiVersion), authMethod,
				(authMethod != AuthMethod.NONE) ? credential(config, type, baseUrl) : null);
	}

	private static @Nullable BaseUrl baseUrl(ProviderConfig config, ProviderType type, Problems problems) {
		String preset = type.defaults().baseUrl();
		BaseUrl baseUrl = config.endpoint().baseUrl();
		if (baseUrl == null && preset != null) {
			baseUrl = BaseUrl.parse(preset);
		}
		if (baseUrl == null) {
			problems.add("base-url", "A provider of type '" + type.name() + "' needs a base URL",
					"Write the server's address, such as https://host/v1, or https://NAME.openai.azure.com for Azure");
			return null;
		}
		BaseUrl effective = baseUrl;
		problems.check("base-url", "Write a public https address, or the setting where the message names one", () -> {
			AddressPolicy.of(config.endpoint()).check(effective);
			return null;
		});
		return effective;
	}

	/**
	 * The preset variable holds a key for the type's own service. It is used where the
	 * type was chosen on purpose or the host is the service's own, and never at the
	 * default host of another type.
	 */
	private @Nullable CredentialSource credential(ProviderConfig config, ProviderType type, BaseUrl baseUrl) {
		if (config.access().credential() != null) {
			return config.access().credential();
		}
		String variable = type.defaults().apiKeyEnv();
		if (variable == null) {
			return null;
		}
		boolean chosen = config.type() != null || type.name().equals(config.name());
		boolean own = isDefaultHost(type, baseUrl);
		boolean another = this.types.all().stream().anyMatch((other) -> other != type && isHostOf(other, baseUrl));
		if (own || (chosen && !another)) {
			return CredentialSource.environment(variable);
		}
		return new NoCredential("api-key or api-key-env of the provider: the key of " + variable + " is for the type '"
				+ type.name() + "' and is not sent to " + baseUrl.host().toLowerCase(Locale.ROOT));
	}

	/**
	 * On a host of its own, every port is the other type's; a loopback host is shared.
	 */
	private static boolean isHostOf(ProviderType other, BaseUrl baseUrl) {
		String preset = other.defaults().baseUrl();
		if (preset == null || BaseUrl.parse(preset).scheme().equals("http")) {
			return isDefaultHost(other, baseUrl);
		}
		return BaseUrl.parse(preset).host().equals(baseUrl.host());
	}

	private static boolean isDefaultHost(ProviderType type, BaseUrl baseUrl) {
		String preset = type.defaults().baseUrl();
		if (preset == null) {
			return false;
		}
		BaseUrl defaults = BaseUrl.parse(preset);
		return defaults.host().equals(baseUrl.host()) && defaults.port() == baseUrl.port();
	}

	private static final class Problems {

		private final String prefix;

		private final List<ConfigurationProblem> problems = new ArrayList<>();

		Problems(String prefix) {
			this.prefix = prefix;
		}

		void add(String property, String description, String action) {
			this.problems.add(new ConfigurationProblem(this.prefix + "." + property, description, action));
		}

		void check(String property, String action, Supplier<?> check) {
			try {
				check.get();
			}
			catch (IllegalArgumentException ex) {
				add(property, String.valueOf(ex.getMessage()), action);
			}
		}

		boolean isEmpty() {
			return this.problems.isEmpty();
		}

		InvalidConfigurationException exception() {
			return new InvalidConfigurationException(this.problems);
		}

	}

}
