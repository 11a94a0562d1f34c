package io.nexus3.provider.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All providers and models of an application.
 *
 * @param providers the providers by name, in the order configured
 * @param models the models by alias, in the order configured
 * @param defaultModel the alias used when none is asked for, or {@code null}
 * @param shutdownGrace how long calls under way may go on when the registry is closed; 0
 * ends them at once; 5 s by default
 * @since 0.1.0
 */
public record ProvidersConfig(Map<String, ProviderConfig> providers, Map<String, ModelConfig> models,
		@Nullable String defaultModel, Duration shutdownGrace) {

	/** The grace of a configuration that says nothing. */
	public static final Duration DEFAULT_SHUTDOWN_GRACE = Duration.ofSeconds(5);

	/**
	 * Copy and check that names match and exist.
	 * @throws InvalidConfigurationException naming every mistake
	 */
	public ProvidersConfig {
		providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
		models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
		List<ConfigurationProblem> problems = new ArrayList<>();
		providers.forEach((name, provider) -> matches("nexus3.providers.", name, provider.name(), problems));
		models.forEach((alias, model) -> matches("nexus3.models.", alias, model.alias(), problems));
		for (ModelConfig model : models.values()) {
			if (!providers.containsKey(model.provider())) {
				problems.add(new ConfigurationProblem("nexus3.models." + model.alias() + ".provider",
						"Model '" + model.alias() + "' names the provider '" + model.provider()
								+ "', which is not configured",
						"Write one of the configured providers: " + providers.keySet()));
			}
		}
		if (defaultModel != null && !models.containsKey(defaultModel)) {
			problems.add(new ConfigurationProblem("nexus3.default-model", "Unknown model alias '" + defaultModel + "'",
					"Write one of the configured aliases: " + models.keySet()));
		}
		if (shutdownGrace.isNegative()) {
			problems.add(new ConfigurationProblem("nexus3.shutdown-grace",
					"The shutdown grace must not be negative, but is " + shutdownGrace,
					"Write a duration such as 5s, or 0 to end calls at once"));
		}
		if (!problems.isEmpty()) {
			throw new InvalidConfigurationException(problems);
		}
	}

	private static void matches(String prefix, String key, String name, List<ConfigurationProblem> problems) {
		if (!key.equals(name)) {
			problems.add(new ConfigurationProblem(prefix + key,
					"'" + key + "' is the name of what calls itself '" + name + "'",
					"Write the same name in both places"));
		}
	}

	/**
	 * A configuration from its parts.
	 * @param providers the providers
	 * @param models the models
	 * @param defaultModel the alias used when none is asked for, or {@code null}
	 * @return the configuration
	 */
	public static ProvidersConfig of(List<ProviderConfig> providers, List<ModelConfig> models,
			@Nullable String defaultModel) {
		Map<String, ProviderConfig> byName = new LinkedHashMap<>();
		providers.forEach((provider) -> byName.put(provider.name(), provider));
		Map<String, ModelConfig> byAlias = new LinkedHashMap<>();
		models.forEach((model) -> byAlias.put(model.alias(), model));
		return new ProvidersConfig(byName, byAlias, defaultModel, DEFAULT_SHUTDOWN_GRACE);
	}

	/**
	 * This configuration with further providers; one of a name that exists takes its
	 * place.
	 * @param further the providers to add
	 * @return a new configuration
	 */
	public ProvidersConfig withProviders(List<ProviderConfig> further) {
		Map<String, ProviderConfig> all = new LinkedHashMap<>(this.providers);
		further.forEach((provider) -> all.put(provider.name(), provider));
		return new ProvidersConfig(all, this.models, this.defaultModel, this.shutdownGrace);
	}

	/**
	 * This configuration with another grace at shutdown.
	 * @param shutdownGrace how long calls under way may go on when the registry is
	 * closed; 0 ends them at once
	 * @return a new configuration
	 */
	public ProvidersConfig withShutdownGrace(Duration shutdownGrace) {
		return new ProvidersConfig(this.providers, this.models, this.defaultModel, shutdownGrace);
	}

	/**
	 * This configuration with a provider changed or added.
	 * @param provider the provider, which takes the place of one of its name
	 * @return a new configuration
	 */
	public ProvidersConfig with(ProviderConfig provider) {
		Map<String, ProviderConfig> changed = new LinkedHashMap<>(this.providers);
		changed.put(provider.name(), provider);
		return new ProvidersConfig(changed, this.models, this.defaultModel, this.shutdownGrace);
	}

}
