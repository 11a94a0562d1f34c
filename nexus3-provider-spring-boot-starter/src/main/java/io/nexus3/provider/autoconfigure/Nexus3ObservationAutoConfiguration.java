package io.nexus3.provider.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.nexus3.provider.observation.AttemptObservationConvention;
import io.nexus3.provider.observation.ChatObservationConvention;
import io.nexus3.provider.observation.MeterCallListener;
import io.nexus3.provider.observation.ModelLabels;
import io.nexus3.provider.observation.ObservationCallListener;
import io.nexus3.provider.observation.ObservationSettings;
import io.nexus3.provider.observation.PoolMeters;
import io.nexus3.provider.observation.ProviderBuckets;
import io.nexus3.provider.registry.ProviderRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of metrics and traces, where the application has an
 * {@link ObservationRegistry} or a {@link MeterRegistry}. Beans of type
 * {@link ChatObservationConvention} and {@link AttemptObservationConvention} name
 * observations in place of the defaults.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = Nexus3AutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration" })
@ConditionalOnClass({ ProviderRegistry.class, ObservationRegistry.class })
@ConditionalOnBooleanProperty(name = { "nexus3.enabled", "nexus3.observations.enabled" }, matchIfMissing = true)
@EnableConfigurationProperties(Nexus3Properties.class)
public final class Nexus3ObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ModelLabels nexus3ModelLabels(Nexus3Properties properties) {
		return new ModelLabels(properties.observations().maxModels());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(ObservationRegistry.class)
	ObservationCallListener nexus3ObservationCallListener(ObservationRegistry registry, Nexus3Properties properties,
			ModelLabels labels, ObjectProvider<ChatObservationConvention> chat,
			ObjectProvider<AttemptObservationConvention> attempt) {
		ObservationSettings settings = new ObservationSettings(properties.observations().includeContent(), labels);
		return new ObservationCallListener(registry, settings, chat.getIfAvailable(), attempt.getIfAvailable());
	}

	/** Meters, for which another library must be there. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class Meters {

		@Bean
		@ConditionalOnMissingBean
		static ProviderBuckets nexus3ProviderBuckets() {
			return new ProviderBuckets();
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnBean(MeterRegistry.class)
		MeterCallListener nexus3MeterCallListener(MeterRegistry registry, ModelLabels labels) {
			return new MeterCallListener(registry, labels);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnBean(MeterRegistry.class)
		PoolMeters nexus3PoolMeters(MeterRegistry registry) {
			return new PoolMeters(registry);
		}

	}

}
