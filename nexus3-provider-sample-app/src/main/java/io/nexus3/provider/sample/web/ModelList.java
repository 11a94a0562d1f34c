package io.nexus3.provider.sample.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The models that can be chosen.
 *
 * @param simulated whether all answers are simulated
 * @param defaultModel the alias used when none is asked for, or {@code null}
 * @param models the models in the order configured
 * @since 0.1.0
 */
public record ModelList(boolean simulated, @Nullable String defaultModel, List<Model> models) {

	/**
	 * Copy.
	 */
	public ModelList {
		models = List.copyOf(models);
	}

	/**
	 * One model.
	 *
	 * @param alias what requests call it
	 * @param provider the configured name of its provider
	 * @param type the type of its provider
	 * @param modelId what the vendor calls it
	 * @param guidance when to use it, or {@code null}
	 * @param isDefault whether it is used when none is asked for
	 * @param simulated whether its answers are simulated
	 */
	public record Model(String alias, String provider, String type, String modelId, @Nullable String guidance,
			boolean isDefault, boolean simulated) {

	}

}
