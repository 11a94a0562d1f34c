package io.nexus3.provider.config;

/**
 * One mistake in a configuration.
 *
 * @param property the property that is wrong, such as
 * {@code nexus3.providers.openai.base-url}
 * @param description what is wrong
 * @param action what to write instead
 * @since 0.1.0
 */
public record ConfigurationProblem(String property, String description, String action) {

	@Override
	public String toString() {
		return this.property + ": " + this.description + ". " + this.action;
	}

}
