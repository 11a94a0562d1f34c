package io.nexus3.provider.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.nexus3.provider.config.ConfigurationProblem;
import io.nexus3.provider.config.InvalidConfigurationException;

/**
 * Checks of values that core never sees, told like all other mistakes.
 */
final class Range {

	private Range() {
	}

	static void check(String property, boolean valid, String description, String action) {
		if (!valid) {
			throw new InvalidConfigurationException(List.of(new ConfigurationProblem(property, description, action)));
		}
	}

	static void longerThanZero(String property, Duration value) {
		check(property, !value.isNegative() && !value.isZero(), "The time must be longer than 0, not " + value,
				"Write a duration such as 10s");
	}

}
