package io.nexus3.provider.autoconfigure;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.nexus3.provider.config.ConfigurationProblem;
import io.nexus3.provider.config.InvalidConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Tells every mistake in a configuration, where it stands, and what to write instead.
 */
final class InvalidConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationException>
		implements Ordered {

	private final @Nullable Environment environment;

	InvalidConfigurationFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	/**
	 * Before Boot's analyzers, which would show values.
	 */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationException cause) {
		List<ConfigurationProblem> problems = cause.problems();
		return new FailureAnalysis(
				"The configuration of the provider layer is invalid:"
						+ lines(problems, (problem) -> problem.description() + origin(problem.property())),
				"Change these properties:" + lines(problems, ConfigurationProblem::action), cause);
	}

	private static String lines(List<ConfigurationProblem> problems, Function<ConfigurationProblem, String> text) {
		String separator = "%n    - ".formatted();
		return problems.stream()
			.map((problem) -> problem.property() + ": " + text.apply(problem))
			.collect(Collectors.joining(separator, "%n".formatted() + separator, ""));
	}

	private String origin(String property) {
		if (this.environment == null) {
			return "";
		}
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return (found.getOrigin() != null) ? " (" + found.getOrigin() + ")" : "";
			}
		}
		return "";
	}

}
