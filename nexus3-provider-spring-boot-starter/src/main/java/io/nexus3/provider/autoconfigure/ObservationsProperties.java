package io.nexus3.provider.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of metrics and traces.
 *
 * @param enabled Whether calls are measured and traced.
 * @param includeContent Whether prompts and answers are recorded on spans. They hold what
 * users wrote: whoever reads traces can read it.
 * @param maxModels How many names of models are kept apart in metrics. Further ones are
 * counted together as "other".
 * @since 0.1.0
 */
public record ObservationsProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("false") boolean includeContent, @DefaultValue("100") int maxModels) {

	/**
	 * Check.
	 * @throws io.nexus3.provider.config.InvalidConfigurationException when there is no
	 * room for a model
	 */
	public ObservationsProperties {
		Range.check("nexus3.observations.max-models", maxModels >= 1,
				"There must be room for one model, not " + maxModels, "Write 1 or more");
	}

}
