package io.nexus3.provider.test.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.nexus3.provider.test.model.Prompt.Tool;
import tools.jackson.databind.JsonNode;

/**
 * Decides which tools a user's text asks for: those whose name or description has a word
 * in common with it.
 */
final class ToolPicker {

	private static final int STEM = 5;

	private static final Set<String> COMMON_WORDS = Set.of("the", "and", "for", "with", "that", "this", "what", "which",
			"when", "where", "who", "how", "are", "can", "could", "would", "you", "your", "please", "tell", "give",
			"show", "about", "from", "into", "get", "gets", "set", "use", "uses", "using", "used", "tool", "tools",
			"call", "return", "returns", "given", "current", "currently", "has", "have", "not", "all", "any", "one",
			"its", "was", "will", "does", "did", "like", "user", "answer", "question");

	private ToolPicker() {
	}

	/**
	 * Returns the tools to call in order of fitness; empty if none fits and none must be
	 * called.
	 */
	static List<Tool> pick(Prompt prompt) {
		String text = prompt.turn().userText();
		Set<String> asked = stems(text);
		boolean sum = new TextHints(text).expression() != null;
		List<Candidate> candidates = new ArrayList<>(prompt.tools()
			.stream()
			.map((tool) -> Candidate.of(tool, asked, sum))
			.filter((candidate) -> candidate.score() > 0)
			.sorted(Comparator.comparingInt(Candidate::score).reversed())
			.toList());
		if (candidates.isEmpty()) {
			return prompt.mustCall() ? prompt.tools().subList(0, Math.min(1, prompt.tools().size())) : List.of();
		}
		return prompt.parallelCalls() ? distinct(candidates) : List.of(candidates.get(0).tool());
	}

	/**
	 * The best tool, and others that are named by words of the text that no better tool
	 * was named by.
	 */
	private static List<Tool> distinct(List<Candidate> candidates) {
		List<Tool> picked = new ArrayList<>();
		Set<String> covered = new HashSet<>();
		for (Candidate candidate : candidates) {
			if (covered.addAll(candidate.named()) || picked.isEmpty()) {
				picked.add(candidate.tool());
			}
		}
		return picked;
	}

	private static Set<String> stems(String text) {
		Set<String> stems = new HashSet<>();
		String words = text.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2").toLowerCase(Locale.ROOT);
		for (String word : words.split("[^\\p{L}]+")) {
			if (word.length() > 2 && !COMMON_WORDS.contains(word)) {
				stems.add(word.substring(0, Math.min(STEM, word.length())));
			}
		}
		return stems;
	}

	private record Candidate(Tool tool, Set<String> named, int score) {

		static Candidate of(Tool tool, Set<String> asked, boolean sum) {
			Set<String> named = stems(tool.name());
			named.retainAll(asked);
			Set<String> described = stems(tool.description());
			described.retainAll(asked);
			boolean calculates = sum && takesExpression(tool.schema());
			return new Candidate(tool, named, 3 * named.size() + described.size() + (calculates ? 3 : 0));
		}

		private static boolean takesExpression(JsonNode schema) {
			return schema.path("properties").has("expression");
		}

	}

}
