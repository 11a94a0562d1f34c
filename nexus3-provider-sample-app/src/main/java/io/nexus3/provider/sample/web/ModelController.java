package io.nexus3.provider.sample.web;

import java.util.List;

import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.sample.simulation.Simulation;
import io.nexus3.provider.type.ProviderTypes;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says which models there are.
 *
 * @since 0.1.0
 */
@RestController
public class ModelController {

	private final ModelList models;

	ModelController(ProvidersConfig config, Simulation simulation) {
		this.models = list(config, simulation);
	}

	private static ModelList list(ProvidersConfig config, Simulation simulation) {
		List<ModelList.Model> models = config.models().values().stream().map((model) -> {
			ProviderConfig provider = config.providers().get(model.provider());
			if (provider == null) {
				throw new IllegalStateException("No provider '" + model.provider() + "'");
			}
			return model(model, provider, model.alias().equals(config.defaultModel()), simulation.covers(provider));
		}).toList();
		boolean simulated = !models.isEmpty() && models.stream().allMatch(ModelList.Model::simulated);
		return new ModelList(simulated, config.defaultModel(), models);
	}

	private static ModelList.Model model(ModelConfig model, ProviderConfig provider, boolean isDefault,
			boolean simulated) {
		return new ModelList.Model(model.alias(), provider.name(), ProviderTypes.builtIn().typeName(provider),
				model.modelId(), model.traits().guidance(), isDefault, simulated);
	}

	/**
	 * List the models.
	 * @return the models in the order configured
	 */
	@GetMapping("/api/models")
	public ModelList models() {
		return this.models;
	}

}
