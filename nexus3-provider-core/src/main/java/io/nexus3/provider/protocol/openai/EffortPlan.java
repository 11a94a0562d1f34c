package io.nexus3.provider.protocol.openai;

import io.nexus3.provider.Reasoning;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.protocol.LeftOut;
import io.nexus3.provider.protocol.ReasoningLevels;
import io.nexus3.provider.protocol.openai.ModelGeneration.Efforts;
import io.nexus3.provider.protocol.openai.ModelGeneration.WithTools;
import org.jspecify.annotations.Nullable;

/**
 * How one request to a model of OpenAI's asks for reasoning.
 * <ul>
 * <li>An effort that the model does not know becomes the nearest one, a budget an
 * effort.</li>
 * <li>Who cannot be told not to reason is asked for the least effort.</li>
 * <li>Where tools and an effort exclude each other, the tools win.</li>
 * <li>A model without the field gets none.</li>
 * </ul>
 *
 * @param effort what stands in {@code reasoning_effort}, or {@code null} for nothing
 * @param reasons whether the model will reason
 */
record EffortPlan(@Nullable String effort, boolean reasons) {

	private static final String FIELD = "reasoning_effort";

	private static final String NONE = "none";

	/**
	 * Plan.
	 * @param tools whether there are tools on offer
	 * @param leftOut takes what cannot be as it was asked for
	 */
	static EffortPlan of(Efforts efforts, RequestOptions options, boolean tools, LeftOut leftOut) {
		if (options.extraBody().containsKey(FIELD)) {
			Object own = options.extraBody().get(FIELD);
			return new EffortPlan(null, (own != null) ? !NONE.equals(own) : efforts.byDefault());
		}
		Reasoning reasoning = options.reasoning();
		if (tools && efforts.withTools() != WithTools.EFFORT) {
			leftOut.addIf(FIELD, reasoning != null && !(reasoning instanceof Reasoning.Off));
			return new EffortPlan((efforts.withTools() == WithTools.NONE) ? NONE : null, false);
		}
		if (reasoning == null) {
			return new EffortPlan(null, efforts.byDefault());
		}
		if (efforts.levels().isEmpty()) {
			leftOut.addIf(FIELD, !(reasoning instanceof Reasoning.Off));
			return new EffortPlan(null, efforts.byDefault());
		}
		if (reasoning instanceof Reasoning.Off) {
			leftOut.addIf(FIELD, !efforts.none());
			return efforts.none() ? new EffortPlan(NONE, false)
					: new EffortPlan(efforts.levels().get(0).wireName(), true);
		}
		return new EffortPlan(ReasoningLevels.level(reasoning, efforts.levels()).wireName(), true);
	}

}
