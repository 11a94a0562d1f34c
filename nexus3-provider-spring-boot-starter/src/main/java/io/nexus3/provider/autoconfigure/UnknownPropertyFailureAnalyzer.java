package io.nexus3.provider.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/**
 * Tells what was probably meant by keys below {@code nexus3} that are unknown. Values are
 * not shown: behind a misspelt key there may be a secret.
 */
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException>
		implements Ordered {

	/**
	 * Before Boot's analyzers, which would show values.
	 */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		List<ConfigurationProperty> properties = List.copyOf(cause.getUnboundProperties());
		if (properties.stream().noneMatch((property) -> KnownProperties.ROOT.isAncestorOf(property.getName()))) {
			return null;
		}
		String separator = "%n    - ".formatted();
		String first = "%n".formatted() + separator;
		String description = properties.stream()
			.map((property) -> KnownProperties.written(property)
					+ ((property.getOrigin() != null) ? " (" + property.getOrigin() + ")" : ""))
			.collect(Collectors.joining(separator, "These properties are unknown:" + first, ""));
		String action = properties.stream()
			.map((property) -> KnownProperties.written(property) + ": " + KnownProperties.suggest(property))
			.collect(Collectors.joining(separator, "Change or remove them:" + first, ""));
		return new FailureAnalysis(description, action, cause);
	}

}
