package io.nexus3.provider.config;

import io.nexus3.provider.RequestOptions;
import org.jspecify.annotations.Nullable;

/**
 * One model as configured: an alias for a model at a provider.
 *
 * @param alias what the application calls it
 * @param provider the configured name of its provider
 * @param modelId what the vendor calls it
 * @param deployment Azure's deployment, or {@code null} for the provider's, else the
 * model id
 * @param traits what is known about it
 * @param calls what its calls set
 * @since 0.1.0
 */
public record ModelConfig(String alias, String provider, String modelId, @Nullable String deployment, Traits traits,
		Calls calls) {

	/**
	 * Check.
	 * @throws IllegalArgumentException when a name is blank
	 */
	public ModelConfig {
		if (alias.isBlank()) {
			throw new IllegalArgumentException("A model needs an alias");
		}
		if (modelId.isBlank()) {
			throw new IllegalArgumentException("The model '" + alias + "' needs a model-id");
		}
	}

	/**
	 * A model with defaults.
	 * @param alias what the application calls it
	 * @param provider the configured name of its provider
	 * @param modelId what the vendor calls it
	 * @return the configuration
	 */
	public static ModelConfig of(String alias, String provider, String modelId) {
		return new ModelConfig(alias, provider, modelId, null, Traits.defaults(), Calls.defaults());
	}

	/**
	 * This model with options for its calls.
	 * @param options what calls set unless the request says otherwise
	 * @return a new configuration
	 */
	public ModelConfig withOptions(RequestOptions options) {
		return new ModelConfig(this.alias, this.provider, this.modelId, this.deployment, this.traits,
				new Calls(options));
	}

	/**
	 * What is known about a model.
	 *
	 * @param contextWindow how many tokens prompt and answer may have together, at least
	 * 1; 131,072 by default
	 * @param guidance when to use the model, in a sentence for agents that choose, or
	 * {@code null}
	 */
	public record Traits(int contextWindow, @Nullable String guidance) {

		/** The context window of a model of which nothing is said. */
		public static final int DEFAULT_CONTEXT_WINDOW = 131_072;

		private static final Traits DEFAULTS = new Traits(DEFAULT_CONTEXT_WINDOW, null);

		/**
		 * Check.
		 * @throws IllegalArgumentException when the window is below 1
		 */
		public Traits {
			if (contextWindow < 1) {
				throw new IllegalArgumentException("context-window must be at least 1, not " + contextWindow);
			}
		}

		/**
		 * The defaults.
		 * @return the traits
		 */
		public static Traits defaults() {
			return DEFAULTS;
		}

	}

	/**
	 * What a model's calls set.
	 *
	 * @param options what calls set unless the request says otherwise, its clocks
	 * included
	 */
	public record Calls(RequestOptions options) {

		private static final Calls DEFAULTS = new Calls(RequestOptions.defaults());

		/**
		 * The defaults.
		 * @return the settings
		 */
		public static Calls defaults() {
			return DEFAULTS;
		}

	}

}
