package io.nexus3.provider.registry;

import io.nexus3.provider.config.ModelConfig;

/**
 * What an alias stands for.
 *
 * @param alias the alias, or the raw model id where no alias was used
 * @param provider the configured name of the provider
 * @param modelId what the vendor calls the model
 * @param config the model as configured; of raw model ids, one with defaults
 * @since 0.1.0
 */
public record ResolvedModel(String alias, String provider, String modelId, ModelConfig config) {

}
