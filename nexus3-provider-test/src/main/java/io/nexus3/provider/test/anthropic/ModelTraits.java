package io.nexus3.provider.test.anthropic;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a generation of models takes, read off the vendor's pages. A model belongs to the
 * first generation that one of its names stands in; one that nobody names takes
 * everything.
 *
 * @param thinking the forms of {@code thinking} that are taken
 * @param thinksUnasked whether it thinks where nothing is said about it
 * @param efforts the values of {@code output_config.effort}
 * @param sampling how many of temperature and top-p are taken at once
 * @param prefill whether the conversation may end with the assistant
 * @param names parts of the names of its models
 * @see <a href=
 * "https://platform.claude.com/docs/en/about-claude/models/overview">Anthropic, models
 * overview</a>
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking">Anthropic,
 * adaptive thinking</a>
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/effort">Anthropic,
 * effort</a>
 */
record ModelTraits(Set<String> thinking, boolean thinksUnasked, Set<String> efforts, int sampling, boolean prefill,
		List<String> names) {

	static final Set<String> FORMS = Set.of("enabled", "adaptive", "disabled");

	static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");

	private static final Set<String> BUDGET = Set.of("enabled", "disabled");

	private static final List<ModelTraits> ALL = List.of(
			new ModelTraits(Set.of("adaptive"), true, EFFORTS, 0, false,
					List.of("fable", "mythos", "opus-5-5", "sonnet-5-5", "haiku-5")),
			new ModelTraits(Set.of("adaptive", "disabled"), true, EFFORTS, 0, false, List.of("opus-5", "sonnet-5")),
			new ModelTraits(Set.of("adaptive", "disabled"), false, EFFORTS, 0, false, List.of("opus-4-7", "opus-4-8")),
			new ModelTraits(FORMS, false, Set.of("low", "medium", "high", "max"), 1, false,
					List.of("opus-4-6", "sonnet-4-6")),
			new ModelTraits(BUDGET, false, Set.of("low", "medium", "high"), 1, true, List.of("opus-4-5")),
			new ModelTraits(BUDGET, false, Set.of(), 1, true,
					List.of("opus-4", "sonnet-4", "haiku-4", "claude-4", "3-7-sonnet")),
			new ModelTraits(Set.of("disabled"), false, Set.of(), 2, true,
					List.of("claude-3", "claude-2", "claude-instant")));

	private static final ModelTraits UNKNOWN = new ModelTraits(FORMS, false, EFFORTS, 2, true, List.of());

	static ModelTraits of(String model) {
		String name = model.toLowerCase(Locale.ROOT).replace('.', '-');
		return ALL.stream()
			.filter((traits) -> traits.names().stream().anyMatch(name::contains))
			.findFirst()
			.orElse(UNKNOWN);
	}

	/** Whether it takes a budget; where not, it shows its thinking only if told to. */
	boolean takesBudget() {
		return this.thinking.contains("enabled");
	}

}
