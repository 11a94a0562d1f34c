package io.nexus3.provider.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration with mistakes: all of them together, so that they can be mended in one
 * go.
 *
 * @since 0.1.0
 */
public final class InvalidConfigurationException extends IllegalArgumentException {

	private final transient List<ConfigurationProblem> problems;

	/**
	 * A new exception.
	 * @param problems the mistakes, at least one
	 */
	public InvalidConfigurationException(List<ConfigurationProblem> problems) {
		super(problems.stream()
			.map(ConfigurationProblem::toString)
			.collect(Collectors.joining(System.lineSeparator() + "- ",
					"Invalid configuration:" + System.lineSeparator() + "- ", "")));
		this.problems = List.copyOf(problems);
	}

	/**
	 * The mistakes.
	 * @return at least one
	 */
	public List<ConfigurationProblem> problems() {
		return this.problems;
	}

}
