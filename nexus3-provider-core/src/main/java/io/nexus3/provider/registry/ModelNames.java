package io.nexus3.provider.registry;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProvidersConfig;
import org.jspecify.annotations.Nullable;

/**
 * Finds models by the names that callers use.
 *
 * @param config what is configured
 */
record ModelNames(ProvidersConfig config) {

	ResolvedModel resolve(@Nullable String alias) {
		String name = (alias != null) ? alias : defaultAlias();
		ModelConfig model = this.config.models().get(name);
		if (model != null) {
			return resolved(model);
		}
		int slash = name.indexOf('/');
		if (slash > 0) {
			return qualified(name, name.substring(0, slash), name.substring(slash + 1));
		}
		throw unknown(name);
	}

	private String defaultAlias() {
		if (this.config.defaultModel() != null) {
			return this.config.defaultModel();
		}
		if (this.config.models().size() == 1) {
			return this.config.models().keySet().iterator().next();
		}
		throw ProviderException.of(ErrorKind.CONFIGURATION,
				"No model was asked for and there is no default: set nexus3.default-model to one of "
						+ this.config.models().keySet());
	}

	private ResolvedModel qualified(String name, String provider, String alias) {
		if (!this.config.providers().containsKey(provider)) {
			throw unknown(name);
		}
		ModelConfig model = this.config.models().get(alias);
		if (model == null || !model.provider().equals(provider)) {
			throw unknown(name);
		}
		return resolved(model);
	}

	ResolvedModel raw(String provider, String modelId) {
		if (!this.config.providers().containsKey(provider)) {
			throw ProviderException.of(ErrorKind.CONFIGURATION,
					"Unknown provider '" + provider + "'. Configured providers: " + this.config.providers().keySet());
		}
		return resolved(ModelConfig.of(modelId, provider, modelId));
	}

	private static ResolvedModel resolved(ModelConfig model) {
		return new ResolvedModel(model.alias(), model.provider(), model.modelId(), model);
	}

	private ProviderException unknown(String name) {
		return ProviderException.of(ErrorKind.CONFIGURATION,
				"Unknown model alias '" + name + "'. Configured aliases: " + this.config.models().keySet()
						+ "; for a model id that has no alias,"
						+ " ask for provider and model id. Configured providers: " + this.config.providers().keySet());
	}

}
