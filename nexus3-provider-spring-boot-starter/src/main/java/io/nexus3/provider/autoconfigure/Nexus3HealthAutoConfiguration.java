package io.nexus3.provider.autoconfigure;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import io.nexus3.provider.actuate.ProviderHealthIndicator;
import io.nexus3.provider.actuate.ProviderHealthIndicator.Settings;
import io.nexus3.provider.actuate.ProviderProbe;
import io.nexus3.provider.actuate.RecentCalls;
import io.nexus3.provider.registry.ProviderRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of health: one contributor {@code nexus3} with an entry for each
 * provider. {@code management.health.nexus3.enabled=false} turns it off.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = Nexus3AutoConfiguration.class)
@ConditionalOnClass(ReactiveHealthIndicator.class)
@ConditionalOnBean({ ProviderRegistry.class, RecentCalls.class })
@ConditionalOnEnabledHealthIndicator("nexus3")
public final class Nexus3HealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "nexus3HealthContributor")
	ReactiveHealthContributor nexus3HealthContributor(ProviderRegistry registry, RecentCalls recentCalls,
			Nexus3Properties properties) {
		HealthProperties health = properties.health();
		Settings settings = new Settings(new Status(health.missingKeyStatus()), health.failuresInARow(),
				health.window());
		Map<String, ReactiveHealthIndicator> indicators = new LinkedHashMap<>();
		registry.config()
			.providers()
			.keySet()
			.forEach((name) -> indicators.put(name, new ProviderHealthIndicator(registry, name, recentCalls,
					probe(registry, name, health.probe()), settings, InstantSource.system())));
		return CompositeReactiveHealthContributor.fromMap(indicators);
	}

	private static ProviderProbe probe(ProviderRegistry registry, String provider, HealthProperties.Probe probe) {
		return probe.enabled() ? ProviderProbe.of(registry, provider, probe.timeout(), probe.cache())
				: ProviderProbe.none();
	}

}
