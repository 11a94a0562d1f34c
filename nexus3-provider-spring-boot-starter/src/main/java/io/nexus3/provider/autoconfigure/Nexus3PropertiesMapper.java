package io.nexus3.provider.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.config.ExtraHeaders;
import io.nexus3.provider.config.InvalidConfigurationException;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.config.UrlSegment;
import io.nexus3.provider.type.ProviderResolver;
import io.nexus3.provider.type.ProviderTypes;
import org.jspecify.annotations.Nullable;

/**
 * Maps {@link Nexus3Properties} to a {@link ProvidersConfig}, or tells every mistake in
 * them at once. One per mapping; not thread-safe.
 */
final class Nexus3PropertiesMapper {

	private static final String PROVIDERS = "nexus3.providers";

	private static final String MODELS = "nexus3.models";

	private final Problems problems;

	private final ProviderTypes types;

	private final ProviderMapper providerMapper;

	private final CallSettings settings;

	/**
	 * A mapper.
	 * @param types the catalogue of types
	 * @param providers maps providers
	 * @param problems takes the mistakes, and may hold some already
	 */
	Nexus3PropertiesMapper(ProviderTypes types, ProviderMapper providers, Problems problems) {
		this.types = types;
		this.problems = problems;
		this.settings = new CallSettings(problems);
		this.providerMapper = providers;
	}

	/**
	 * Map.
	 * @param properties the properties
	 * @param own what the application says in beans
	 * @return the configuration
	 * @throws InvalidConfigurationException naming every mistake
	 */
	ProvidersConfig map(Nexus3Properties properties, OwnBeans own) {
		Map<String, ProviderConfig> providers = new LinkedHashMap<>();
		properties.providers().forEach((name, provider) -> {
			if (named(PROVIDERS, name)) {
				providers.put(name, this.providerMapper.map(propertyOf(PROVIDERS, name), name, provider));
			}
		});
		own.addTo(providers, this.types, this.problems);
		checkPresets(providers);
		Map<String, ModelConfig> models = new LinkedHashMap<>();
		properties.models().forEach((alias, model) -> {
			ModelConfig mapped = named(MODELS, alias) ? model(alias, model, providers) : null;
			if (mapped != null) {
				models.put(alias, mapped);
			}
		});
		String defaultModel = blankToNull(properties.defaultModel());
		if (defaultModel != null && !properties.models().containsKey(defaultModel)) {
			this.problems.add("nexus3.default-model", "Unknown model alias '" + defaultModel + "'",
					"Write one of the configured aliases: " + properties.models().keySet());
		}
		if (properties.shutdownGrace().isNegative()) {
			this.problems.add("nexus3.shutdown-grace", "The shutdown grace must not be negative",
					"Write a duration such as 5s, or 0s to end calls at once");
		}
		this.problems.throwIfAny();
		return new ProvidersConfig(providers, models, defaultModel, properties.shutdownGrace());
	}

	private boolean named(String prefix, String name) {
		if (name.isBlank()) {
			this.problems.add(prefix, "There is an entry without a name", "Give it a name");
			return false;
		}
		return true;
	}

	/**
	 * The registry would do this too, but then after all other mistakes.
	 */
	private void checkPresets(Map<String, ProviderConfig> providers) {
		ProviderResolver resolver = new ProviderResolver(this.types);
		providers.values().forEach((provider) -> {
			try {
				resolver.resolve(provider);
			}
			catch (InvalidConfigurationException ex) {
				this.problems.addAll(ex, PROVIDERS + "." + provider.name(), propertyOf(PROVIDERS, provider.name()));
			}
		});
	}

	private @Nullable ModelConfig model(String alias, ModelProperties model, Map<String, ProviderConfig> providers) {
		String prefix = propertyOf(MODELS, alias);
		String provider = provider(prefix, alias, model, providers);
		String modelId = blankToNull(model.modelId());
		if (modelId == null) {
			this.problems.add(prefix + ".model-id", "Model '" + alias + "' needs a model-id",
					"Write what the vendor calls the model, such as gpt-5 or claude-sonnet-4-5");
		}
		String deployment = model.deployment();
		if (deployment != null) {
			this.problems.attempt(prefix + ".deployment", "Write the name of a deployment",
					() -> UrlSegment.of("deployment", deployment));
		}
		this.problems.attempt(prefix + ".extra-headers", "Leave the header out, or use the setting made for it",
				() -> new ExtraHeaders(model.extraHeaders()));
		ModelConfig.Traits traits = this.problems.over(prefix, ModelConfig.Traits.defaults())
			.set("context-window", model.contextWindow(),
					(known, window) -> new ModelConfig.Traits(window, known.guidance()))
			.set("guidance", model.guidance(),
					(known, guidance) -> new ModelConfig.Traits(known.contextWindow(), guidance))
			.value();
		ModelConfig.Calls calls = calls(prefix, model);
		return (provider != null && modelId != null)
				? new ModelConfig(alias, provider, modelId, deployment, traits, calls) : null;
	}

	private @Nullable String provider(String prefix, String alias, ModelProperties model,
			Map<String, ProviderConfig> providers) {
		String property = prefix + ".provider";
		String provider = blankToNull(model.provider());
		if (provider != null && providers.containsKey(provider)) {
			return provider;
		}
		if (provider != null) {
			this.problems.add(property,
					"Model '" + alias + "' names the provider '" + provider + "', which is not configured",
					"Write one of the configured providers: " + providers.keySet() + ", or configure it");
			return null;
		}
		if (providers.size() != 1) {
			this.problems.add(property,
					"Model '" + alias + "' names no provider, and there is not exactly one to choose",
					"Write one of the configured providers: " + providers.keySet());
			return null;
		}
		return providers.keySet().iterator().next();
	}

	private ModelConfig.Calls calls(String prefix, ModelProperties model) {
		RequestOptions options = this.settings.options(prefix, model.options(), model.extraBody(), model.extraHeaders())
			.withTimeouts(this.settings.callTimeouts(prefix, model.timeouts()));
		var reasoning = this.settings.reasoning(prefix, model.reasoning());
		return new ModelConfig.Calls((reasoning != null) ? options.withReasoning(reasoning) : options);
	}

	/**
	 * The name of an entry's property as it must be written.
	 */
	private static String propertyOf(String prefix, String name) {
		boolean plain = name.chars().allMatch((c) -> Character.isLetterOrDigit(c) || c == '-' || c == '_');
		return plain ? prefix + "." + name : prefix + "[" + name + "]";
	}

	private static @Nullable String blankToNull(@Nullable String text) {
		return (text != null && !text.isBlank()) ? text.strip() : null;
	}

}
