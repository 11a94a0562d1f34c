package io.nexus3.provider.protocol.anthropic;

import java.util.List;
import java.util.Locale;

import io.nexus3.provider.Reasoning.Level;

/**
 * What a generation of models takes, as data. A model belongs to the first generation
 * that names it; a Claude model that nobody names is taken for one of the newest, and any
 * other model, which some gateway offers in this format, for a plain one with budgets.
 *
 * @param thinking how thinking is turned on
 * @param always whether the model thinks where nothing is said about it
 * @param optional whether it can be told not to think
 * @param efforts the levels of effort that it knows, least first; none where it knows no
 * effort
 * @param sampling what it takes of temperature and top-p while it does not think
 * @param maxTokens the limit on an answer where nobody sets one
 * @param mostTokens the longest answer, thinking included
 * @param names the starts of its models' names
 * @see <a href=
 * "https://platform.claude.com/docs/en/about-claude/models/overview">Anthropic, models
 * overview</a>
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking">Anthropic,
 * adaptive thinking</a>
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/effort">Anthropic,
 * effort</a>
 * @see <a href=
 * "https://platform.claude.com/docs/en/models/sonnet-5-5/migration-guide">Anthropic,
 * migration guide</a>
 */
record ModelGeneration(Thinking thinking, boolean always, boolean optional, List<Level> efforts, Sampling sampling,
		int maxTokens, int mostTokens, List<String> names) {

	private static final List<Level> NO_EFFORT = List.of();

	private static final List<Level> LOW_TO_MAX = List.of(Level.LOW, Level.MEDIUM, Level.HIGH, Level.MAX);

	private static final List<Level> LOW_TO_MAX_AND_XHIGH = List.of(Level.LOW, Level.MEDIUM, Level.HIGH, Level.XHIGH,
			Level.MAX);

	/** Thinks always, and cannot be told not to. */
	private static final ModelGeneration NEWEST = new ModelGeneration(Thinking.ADAPTIVE, true, false,
			LOW_TO_MAX_AND_XHIGH, Sampling.NONE, 32_000, 128_000,
			List.of("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5", "claude-fable", "claude-mythos"));

	private static final ModelGeneration OTHER = new ModelGeneration(Thinking.BUDGET, false, true, NO_EFFORT,
			Sampling.BOTH, 8_192, 32_000, List.of());

	private static final List<ModelGeneration> ALL = List.of(NEWEST,
			new ModelGeneration(Thinking.ADAPTIVE, true, true, LOW_TO_MAX_AND_XHIGH, Sampling.NONE, 32_000, 128_000,
					List.of("claude-opus-5", "claude-sonnet-5")),
			new ModelGeneration(Thinking.ADAPTIVE, false, true, LOW_TO_MAX_AND_XHIGH, Sampling.NONE, 32_000, 128_000,
					List.of("claude-opus-4-7", "claude-opus-4-8")),
			new ModelGeneration(Thinking.ADAPTIVE, false, true, LOW_TO_MAX, Sampling.ONE, 32_000, 128_000,
					List.of("claude-opus-4-6", "claude-sonnet-4-6")),
			new ModelGeneration(Thinking.BUDGET, false, true, NO_EFFORT, Sampling.ONE, 32_000, 64_000,
					List.of("claude-opus-4-5", "claude-sonnet-4", "claude-haiku-4", "claude-4", "claude-3-7")),
			new ModelGeneration(Thinking.BUDGET, false, true, NO_EFFORT, Sampling.ONE, 32_000, 32_000,
					List.of("claude-opus-4")),
			new ModelGeneration(Thinking.NONE, false, true, NO_EFFORT, Sampling.BOTH, 8_192, 8_192,
					List.of("claude-3-5")),
			new ModelGeneration(Thinking.NONE, false, true, NO_EFFORT, Sampling.BOTH, 4_096, 4_096,
					List.of("claude-3", "claude-2", "claude-instant")));

	/**
	 * The generation of a model.
	 * @param modelId the model, however a gateway writes it: with a vendor before it,
	 * with dots in its version
	 */
	static ModelGeneration of(String modelId) {
		String id = modelId.toLowerCase(Locale.ROOT).replace('.', '-');
		int start = id.indexOf("claude-");
		if (start < 0) {
			return OTHER;
		}
		String name = id.substring(start);
		return ALL.stream()
			.filter((generation) -> generation.names().stream().anyMatch((known) -> names(known, name)))
			.findFirst()
			.orElse(NEWEST);
	}

	/**
	 * Whether it shows no thinking unless it is asked to; this came with the models that
	 * take no sampling.
	 */
	boolean hidesThinking() {
		return this.sampling == Sampling.NONE;
	}

	/** The name, or the name and something after it that begins with a separator. */
	private static boolean names(String known, String name) {
		return name.startsWith(known)
				&& (name.length() == known.length() || !Character.isLetterOrDigit(name.charAt(known.length())));
	}

	/**
	 * How thinking is turned on.
	 */
	enum Thinking {

		/** Not at all. */
		NONE,

		/** By a budget of at least 1,024 tokens, below the limit on the answer. */
		BUDGET,

		/** The model decides, guided by an effort. */
		ADAPTIVE

	}

	/**
	 * What a model takes of temperature and top-p.
	 */
	enum Sampling {

		/** Both. */
		BOTH,

		/** One of the two at a time. */
		ONE,

		/** Neither. */
		NONE

	}

}
