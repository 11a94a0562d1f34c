package io.nexus3.provider;

import java.util.Locale;

/**
 * How much a model shall think before it answers: one setting for all vendors.
 *
 * @since 0.1.0
 */
public sealed interface Reasoning permits Reasoning.Off, Reasoning.Effort, Reasoning.Budget {

	/**
	 * No reasoning, where the model can do without.
	 * @return the setting
	 */
	static Reasoning off() {
		return new Off();
	}

	/**
	 * Reasoning by effort.
	 * @param level how much
	 * @return the setting
	 */
	static Reasoning effort(Level level) {
		return new Effort(level);
	}

	/**
	 * Reasoning by a budget of tokens. Vendors that know effort only get the nearest one.
	 * @param tokens about how many tokens the model may think, at least 1
	 * @return the setting
	 */
	static Reasoning budget(int tokens) {
		return new Budget(tokens);
	}

	/**
	 * No reasoning.
	 */
	record Off() implements Reasoning {

	}

	/**
	 * Reasoning by effort.
	 *
	 * @param level how much
	 */
	record Effort(Level level) implements Reasoning {

	}

	/**
	 * Reasoning by a budget.
	 *
	 * @param tokens about how many tokens the model may think
	 */
	record Budget(int tokens) implements Reasoning {

		/**
		 * Check.
		 * @throws IllegalArgumentException when the budget is below 1
		 */
		public Budget {
			if (tokens < 1) {
				throw new IllegalArgumentException("A reasoning budget must be at least 1 token, not " + tokens);
			}
		}

	}

	/**
	 * Levels of effort, least first.
	 */
	enum Level {

		/** As little as the model can. */
		MINIMAL,

		/** A little. */
		LOW,

		/** The usual. */
		MEDIUM,

		/** Much. */
		HIGH,

		/** More than high, where the model knows it. */
		XHIGH,

		/** All that the model can, where it knows such a level. */
		MAX;

		/**
		 * The level as vendors write it.
		 * @return the name in lower case
		 */
		public String wireName() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
