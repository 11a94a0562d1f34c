package io.nexus3.provider.autoconfigure;

import io.nexus3.provider.actuate.Nexus3Endpoint;
import io.nexus3.provider.actuate.ProviderRefresh;
import io.nexus3.provider.actuate.RecentCalls;
import io.nexus3.provider.actuate.SettingOrigins;
import io.nexus3.provider.registry.ProviderRegistry;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the actuator endpoint {@code nexus3}, and of what keeps keys out
 * of the others.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = Nexus3AutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean({ ProviderRegistry.class, RecentCalls.class })
public final class Nexus3EndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	Nexus3Endpoint nexus3Endpoint(ProviderRegistry registry, RecentCalls recentCalls, Environment environment,
			ProviderRefresh refresh) {
		return new Nexus3Endpoint(registry, recentCalls, new SettingOrigins(environment), refresh);
	}

	/** Keys, and what may hold keys, even where all values are shown. */
	@Bean
	@ConditionalOnMissingBean(name = "nexus3SanitizingFunction")
	SanitizingFunction nexus3SanitizingFunction(ConfigMapping mapping) {
		SecretSettings secrets = mapping.secrets();
		return (data) -> secrets.isSecret(data.getKey(), data.getValue()) ? data.withSanitizedValue() : data;
	}

}
