package io.nexus3.provider.autoconfigure;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the provider layer. What is unset has the default of the value type that
 * it is mapped to, and unknown keys are refused.
 *
 * @param enabled Whether the provider layer is set up.
 * @param defaultModel Alias of the model that is used when none is asked for.
 * @param providers Providers by name. One that is named like a type needs no settings.
 * @param models Models by alias. An alias with a dot or a slash is written in quotes and
 * brackets, such as "[gpt-4.1]".
 * @param shutdownGrace Time that calls under way have to end by themselves when the
 * application is closed. Zero ends them at once.
 * @param health When a provider counts as healthy.
 * @param observations What is measured and traced.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "nexus3", ignoreUnknownFields = false)
public record Nexus3Properties(@DefaultValue("true") boolean enabled, @Nullable String defaultModel,
		@DefaultValue Map<String, ProviderProperties> providers, @DefaultValue Map<String, ModelProperties> models,
		@DefaultValue("5s") Duration shutdownGrace, @NestedConfigurationProperty @DefaultValue HealthProperties health,
		@NestedConfigurationProperty @DefaultValue ObservationsProperties observations) {

	/**
	 * Copy.
	 */
	public Nexus3Properties {
		providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
		models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
	}

}
