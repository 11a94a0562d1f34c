package io.nexus3.provider.protocol.openai;

import java.util.List;

import io.nexus3.provider.Reasoning;
import io.nexus3.provider.Reasoning.Level;
import tools.jackson.core.JsonGenerator;

/**
 * How a server of the chat-completions format takes the portable reasoning setting.
 * <p>
 * An effort that the server does not know becomes the nearest one that it knows. A budget
 * becomes an effort where the server knows no budgets: below 1,024 tokens minimal, below
 * 4,096 low, below 16,384 medium, below 32,768 high, else xhigh. Which levels a single
 * model takes is not known here; servers say so.
 *
 * @param style the field that takes the setting
 * @param levels the levels that the server knows, least first
 * @see <a href="https://platform.openai.com/docs/guides/reasoning">OpenAI, reasoning</a>
 * @see <a href="https://openrouter.ai/docs/use-cases/reasoning-tokens">OpenRouter,
 * reasoning tokens</a>
 * @since 0.1.0
 */
public record ReasoningForm(Style style, List<Level> levels) {

	/** {@code reasoning_effort}, minimal to xhigh. */
	public static final ReasoningForm EFFORT_MINIMAL_TO_XHIGH = new ReasoningForm(Style.EFFORT,
			List.of(Level.MINIMAL, Level.LOW, Level.MEDIUM, Level.HIGH, Level.XHIGH));

	/** {@code reasoning_effort}, low to high: what every server with the field knows. */
	public static final ReasoningForm EFFORT_LOW_TO_HIGH = new ReasoningForm(Style.EFFORT,
			List.of(Level.LOW, Level.MEDIUM, Level.HIGH));

	/** The server takes no setting. */
	public static final ReasoningForm NONE = new ReasoningForm(Style.NONE, List.of());

	/**
	 * Check and copy.
	 * @throws IllegalArgumentException when the server takes a setting and knows no level
	 */
	public ReasoningForm {
		levels = levels.stream().distinct().sorted().toList();
		if (levels.isEmpty() && style != Style.NONE) {
			throw new IllegalArgumentException("A reasoning setting needs at least one level");
		}
	}

	/** The top-level field that takes the setting, where one does. */
	String field() {
		return (this.style == Style.OBJECT) ? "reasoning" : "reasoning_effort";
	}

	void write(JsonGenerator json, Reasoning reasoning) {
		if (this.style == Style.OBJECT) {
			writeObject(json, reasoning);
		}
		else {
			json.writeString((reasoning instanceof Reasoning.Off) ? "none" : effort(reasoning).wireName());
		}
	}

	private void writeObject(JsonGenerator json, Reasoning reasoning) {
		json.writeStartObject();
		if (reasoning instanceof Reasoning.Off) {
			json.writeBooleanProperty("enabled", false);
		}
		else if (reasoning instanceof Reasoning.Budget budget) {
			json.writeNumberProperty("max_tokens", budget.tokens());
		}
		else {
			json.writeStringProperty("effort", effort(reasoning).wireName());
		}
		json.writeEndObject();
	}

	private Level effort(Reasoning reasoning) {
		if (reasoning instanceof Reasoning.Effort effort) {
			return nearest(effort.level());
		}
		if (reasoning instanceof Reasoning.Budget budget) {
			return nearest(levelFor(budget.tokens()));
		}
		throw new IllegalStateException("Unknown reasoning setting " + reasoning.getClass().getName());
	}

	/** The nearest level that the server knows; the lesser of two that are as near. */
	private Level nearest(Level wanted) {
		Level nearest = this.levels.get(0);
		for (Level level : this.levels) {
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

	/**
	 * The field that takes the setting.
	 */
	public enum Style {

		/**
		 * An object {@code reasoning} of {@code enabled}, {@code effort} or
		 * {@code max_tokens}.
		 */
		OBJECT,

		/** A text {@code reasoning_effort}; {@code none} turns reasoning off. */
		EFFORT,

		/** None: the setting is left out. */
		NONE

	}

}
