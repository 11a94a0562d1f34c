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
 * @since 0.1.0
 */
public record HealthProperties(@DefaultValue("UNKNOWN") String missingKeyStatus, @DefaultValue("3") int failuresInARow,
		@DefaultValue("10m") Duration window) {

}
