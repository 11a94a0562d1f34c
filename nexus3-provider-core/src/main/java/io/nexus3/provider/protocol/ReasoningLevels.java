package io.nexus3.provider.protocol;

import java.util.List;
import java.util.Map;

import io.nexus3.provider.Reasoning;
import io.nexus3.provider.Reasoning.Level;

/**
 * Makes an effort of a budget and a budget of an effort, for servers that know only one
 * of the two.
 * <p>
 * A budget below 1,024 tokens is minimal, below 4,096 low, below 16,384 medium, below
 * 32,768 high, else xhigh.
 *
 * @since 0.1.0
 */
public final class ReasoningLevels {

	private static final Map<Level, Integer> BUDGETS = Map.of(Level.MINIMAL, 1024, Level.LOW, 2048, Level.MEDIUM, 8192,
			Level.HIGH, 16384, Level.XHIGH, 32768, Level.MAX, 49152);

	private ReasoningLevels() {
	}

	/**
	 * The level of a setting among those that a server knows: the nearest one, and the
	 * lesser of two that are as near.
	 * @param reasoning an effort or a budget
	 * @param known the levels that the server knows, at least one
	 * @return one of the known levels
	 */
	public static Level level(Reasoning reasoning, List<Level> known) {
		if (reasoning instanceof Reasoning.Effort effort) {
			return nearest(effort.level(), known);
		}
		if (reasoning instanceof Reasoning.Budget budget) {
			return nearest(levelFor(budget.tokens()), known);
		}
		throw new IllegalStateException("Unknown reasoning setting " + reasoning.getClass().getName());
	}

	/**
	 * The budget of a setting.
	 * @param reasoning an effort or a budget
	 * @return a number of tokens
	 */
	public static int budget(Reasoning reasoning) {
		if (reasoning instanceof Reasoning.Budget budget) {
			return budget.tokens();
		}
		if (reasoning instanceof Reasoning.Effort effort) {
			return BUDGETS.getOrDefault(effort.level(), 1024);
		}
		throw new IllegalStateException("Unknown reasoning setting " + reasoning.getClass().getName());
	}

	private static Level nearest(Level wanted, List<Level> known) {
		Level nearest = known.get(0);
		for (Level level : known) {
			if (distance(level, wanted) < distance(nearest, wanted)) {
				nearest = level;
			}
		}
		return nearest;
	}

	private static int distance(Level one, Level other) {
		return Math.abs(one.ordinal() - other.ordinal());
	}

	private static Level levelFor(int tokens) {
		if (tokens < 1024) {
			return Level.MINIMAL;
		}
		if (tokens < 4096) {
			return Level.LOW;
		}
		if (tokens < 16384) {
			return Level.MEDIUM;
		}
		return (tokens < 32768) ? Level.HIGH : Level.XHIGH;
	}

}
