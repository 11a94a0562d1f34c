package io.nexus3.provider.protocol.anthropic;

import io.nexus3.provider.Reasoning;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.protocol.ReasoningLevels;
import io.nexus3.provider.protocol.anthropic.ModelGeneration.Thinking;
import org.jspecify.annotations.Nullable;

/**
 * How one request asks for thinking: what its model takes, and what the vendor refuses
 * together.
 * <ul>
 * <li>A budget is at least 1,024 tokens and below the limit on the answer, a fifth of
 * which is left for the answer itself; where the limit leaves no room, there is no
 * thinking.</li>
 * <li>A forced tool call and thinking exclude each other: the tool call wins.</li>
 * <li>A round of tool calls that began without this vendor's thinking goes on without it,
 * where thinking goes by budget.</li>
 * <li>Who cannot be told not to think is asked for the least effort.</li>
 * </ul>
 *
 * @param mode what stands in {@code thinking}
 * @param budget the tokens to think where the mode is a budget, else 0
 * @param effort the effort by the vendor's name, or {@code null}
 * @param maxTokens the limit on the answer
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/extended-thinking">Anthropic,
 * extended thinking</a>
 */
record ThinkingPlan(Mode mode, int budget, @Nullable String effort, int maxTokens) {

	private static final int LEAST_BUDGET = 1024;

	private static final int ROOM_FOR_ANSWER = 8192;

	/**
	 * Plan.
	 * @param possible whether tools and conversation allow it to think
	 */
	static ThinkingPlan of(ModelGeneration generation, RequestOptions options, boolean possible) {
		Reasoning reasoning = options.reasoning();
		Integer limit = options.sampling().maxOutputTokens();
		int maxTokens = (limit != null) ? limit : generation.maxTokens();
		if (reasoning == null || generation.thinking() == Thinking.NONE) {
			boolean off = !possible && generation.always() && generation.optional();
			return new ThinkingPlan(off ? Mode.DISABLED : Mode.UNSAID, 0, null, maxTokens);
		}
		if (reasoning instanceof Reasoning.Off) {
			return off(generation, maxTokens);
		}
		if (generation.thinking() == Thinking.BUDGET) {
			return possible ? budget(generation, reasoning, limit) : new ThinkingPlan(Mode.UNSAID, 0, null, maxTokens);
		}
		String effort = ReasoningLevels.level(reasoning, generation.efforts()).wireName();
		if (!possible && generation.optional()) {
			return new ThinkingPlan(generation.always() ? Mode.DISABLED : Mode.UNSAID, 0, effort, maxTokens);
		}
		return new ThinkingPlan(Mode.ADAPTIVE, 0, effort, maxTokens);
	}

	private static ThinkingPlan off(ModelGeneration generation, int maxTokens) {
		if (!generation.always()) {
			return new ThinkingPlan(Mode.UNSAID, 0, null, maxTokens);
		}
		return generation.optional() ? new ThinkingPlan(Mode.DISABLED, 0, null, maxTokens)
				: new ThinkingPlan(Mode.UNSAID, 0, generation.efforts().get(0).wireName(), maxTokens);
	}

	private static ThinkingPlan budget(ModelGeneration generation, Reasoning reasoning, @Nullable Integer limit) {
		int wanted = Math.max(LEAST_BUDGET, ReasoningLevels.budget(reasoning));
		int maxTokens = (limit != null) ? limit : withRoom(generation, wanted);
		if (maxTokens <= LEAST_BUDGET) {
			return new ThinkingPlan(Mode.UNSAID, 0, null, maxTokens);
		}
		int most = Math.max(LEAST_BUDGET, (int) (maxTokens * 4L / 5));
		return new ThinkingPlan(Mode.BUDGET, Math.min(wanted, most), null, maxTokens);
	}

	private static int withRoom(ModelGeneration generation, int budget) {
		long answer = Math.max(ROOM_FOR_ANSWER, (budget + 3L) / 4);
		return (int) Math.min(generation.mostTokens(), Math.max(generation.maxTokens(), budget + answer));
	}

	/** Whether the request turns thinking on. */
	boolean thinks() {
		return this.mode == Mode.BUDGET || this.mode == Mode.ADAPTIVE;
	}

	/**
	 * What stands in {@code thinking}.
	 */
	enum Mode {

		/** Nothing. */
		UNSAID,

		/** Told not to. */
		DISABLED,

		/** A budget. */
		BUDGET,

		/** The model decides. */
		ADAPTIVE

	}

}
