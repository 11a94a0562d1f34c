package io.nexus3.provider;

/**
 * Which of the tools on offer the model may or must call.
 *
 * @since 0.1.0
 */
public sealed interface ToolChoice permits ToolChoice.Any, ToolChoice.Named {

	/**
	 * The model decides.
	 * @return the choice
	 */
	static ToolChoice auto() {
		return Any.AUTO;
	}

	/**
	 * No tool may be called.
	 * @return the choice
	 */
	static ToolChoice none() {
		return Any.NONE;
	}

	/**
	 * Some tool must be called.
	 * @return the choice
	 */
	static ToolChoice required() {
		return Any.REQUIRED;
	}

	/**
	 * This tool must be called.
	 * @param name the tool's name
	 * @return the choice
	 */
	static ToolChoice named(String name) {
		return new Named(name);
	}

	/**
	 * A choice that names no tool.
	 */
	enum Any implements ToolChoice {

		/** The model decides. */
		AUTO,

		/** No tool may be called. */
		NONE,

		/** Some tool must be called. */
		REQUIRED

	}

	/**
	 * A choice of one tool.
	 *
	 * @param name the tool's name
	 */
	record Named(String name) implements ToolChoice {

	}

}
