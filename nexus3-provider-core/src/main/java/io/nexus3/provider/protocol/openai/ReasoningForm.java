package io.nexus3.provider.protocol.openai;

import java.util.List;

import io.nexus3.provider.Reasoning;
import io.nexus3.provider.Reasoning.Level;
import io.nexus3.provider.protocol.ReasoningLevels;
import tools.jackson.core.JsonGenerator;

/**
 * How a server of the chat-completions format takes the portable reasoning setting.
 * <p>
 * An effort that the server does not know becomes the nearest one that it knows. A budget
 * becomes an effort where the server knows no budgets, by {@link ReasoningLevels}. Which
 * levels a single model of OpenAI's takes is a matter of its generation; other servers
 * say so themselves.
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

	/** The top-level field that takes this setting. */
	String field(Reasoning reasoning) {
		return (this.style == Style.EFFORT_OR_THINKING && reasoning instanceof Reasoning.Off) ? "thinking" : field();
	}

	void write(JsonGenerator json, Reasoning reasoning) {
		if (this.style == Style.OBJECT) {
			writeObject(json, reasoning);
		}
		else if (this.style == Style.EFFORT_OR_THINKING && reasoning instanceof Reasoning.Off) {
			json.writeStartObject();
			json.writeStringProperty("type", "disabled");
			json.writeEndObject();
		}
		else {
			json.writeString((reasoning instanceof Reasoning.Off) ? "none"
					: ReasoningLevels.level(reasoning, this.levels).wireName());
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
			json.writeStringProperty("effort", ReasoningLevels.level(reasoning, this.levels).wireName());
		}
		json.writeEndObject();
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

		/**
		 * A text {@code reasoning_effort}; an object {@code thinking} of type
		 * {@code disabled} turns reasoning off.
		 */
		EFFORT_OR_THINKING,

		/** None: the setting is left out. */
		NONE

	}

}
