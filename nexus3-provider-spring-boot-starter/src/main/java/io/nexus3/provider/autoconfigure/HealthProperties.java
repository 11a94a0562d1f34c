package io.nexus3.provider.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of health.
 *
 * @param missingKeyStatus Status of a provider whose API key is missing, such as UNKNOWN,
 * DOWN or UP.
 * @param failuresInARow How many calls must fail in a row, through the provider's fault,
 * for it to be down. A refused key or a used-up quota counts at once.
 * @param window How long the end of a call says something about the provider's health.
 * @param probe Free requests that ask whether a provider answers.
 * @since 0.1.0
 */
public record HealthProperties(@DefaultValue("UNKNOWN") String missingKeyStatus, @DefaultValue("3") int failuresInARow,
		@DefaultValue("10m") Duration window, @DefaultValue Probe probe) {

	/**
	 * Check.
	 * @throws io.nexus3.provider.config.InvalidConfigurationException when a value is out
	 * of its range
	 */
	public HealthProperties {
		Range.check("nexus3.health.missing-key-status", !missingKeyStatus.isBlank(), "The status must not be blank",
				"Write UNKNOWN, DOWN or UP, or leave the property out");
		Range.check("nexus3.health.failures-in-a-row", failuresInARow >= 1,
				"One call at least must fail, not " + failuresInARow, "Write 1 or more");
		Range.longerThanZero("nexus3.health.window", window);
	}

	/**
	 * Properties of free requests, such as for the list of models.
	 *
	 * @param enabled Whether health sends free requests, in place of looking at calls
	 * alone.
	 * @param timeout Longest time for the answer.
	 * @param cache How long an answer is taken for true.
	 */
	public record Probe(@DefaultValue("false") boolean enabled, @DefaultValue("5s") Duration timeout,
			@DefaultValue("1m") Duration cache) {

		/**
		 * Check.
		 * @throws io.nexus3.provider.config.InvalidConfigurationException when a value is
		 * out of its range
		 */
		public Probe {
			Range.longerThanZero("nexus3.health.probe.timeout", timeout);
			Range.longerThanZero("nexus3.health.probe.cache", cache);
		}

	}

}
