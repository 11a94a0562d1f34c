package io.nexus3.provider.autoconfigure;

import java.util.List;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Finds names of providers and models that the binder would change: without brackets,
 * {@code anthropic/claude} is read as {@code anthropicclaude}, and nothing says so.
 */
final class EntryNames {

	private static final List<String> PREFIXES = List.of("nexus3.providers.", "nexus3.models.");

	private final Problems problems;

	EntryNames(Problems problems) {
		this.problems = problems;
	}

	void check(Environment environment) {
		if (environment instanceof ConfigurableEnvironment configurable) {
			for (PropertySource<?> source : configurable.getPropertySources()) {
				if (source instanceof EnumerablePropertySource<?> enumerable) {
					check(enumerable.getPropertyNames());
				}
			}
		}
	}

	private void check(String[] properties) {
		for (String property : properties) {
			for (String prefix : PREFIXES) {
				if (property.startsWith(prefix)) {
					check(prefix, entry(property.substring(prefix.length())));
				}
			}
		}
	}

	private void check(String prefix, String name) {
		String read = name.replaceAll("[^A-Za-z0-9_-]", "");
		if (!read.equals(name)) {
			this.problems.add(prefix + name, "The name '" + name + "' would be read as '" + read + "'",
					"Write it in brackets, and in quotes too in YAML: \"[" + name + "]\"");
		}
	}

	private static String entry(String rest) {
		int end = 0;
		while (end < rest.length() && rest.charAt(end) != '.' && rest.charAt(end) != '[') {
			end++;
		}
		return rest.substring(0, end);
	}

}
