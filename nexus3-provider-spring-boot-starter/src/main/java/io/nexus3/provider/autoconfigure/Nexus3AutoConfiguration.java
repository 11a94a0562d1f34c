package io.nexus3.provider.autoconfigure;

import java.time.InstantSource;

import io.nexus3.provider.actuate.ProviderRefresh;
import io.nexus3.provider.actuate.RecentCalls;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.CallListener;
import io.nexus3.provider.registry.ProviderDecorator;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.transport.HttpTransports;
import io.nexus3.provider.type.ProviderType;
import io.nexus3.provider.wire.PoolListener;
import io.nexus3.provider.wire.RawLogListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of the provider layer: a {@link ProvidersConfig} from
 * {@link Nexus3Properties}, to which beans of type {@link ProviderConfig} are added, and
 * the {@link ProviderRegistry} made of it. Beans of type {@link ProviderType},
 * {@link ProviderDecorator}, {@link CallListener}, {@link PoolListener} and
 * {@link RawLogListener} take part, and so do the customizers of {@link WebClient}, but
 * for its connector.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { SslAutoConfiguration.class, WebClientAutoConfiguration.class })
@ConditionalOnClass({ WebClient.class, ProviderRegistry.class })
@ConditionalOnBooleanProperty(name = "nexus3.enabled", matchIfMissing = true)
@EnableConfigurationProperties(Nexus3Properties.class)
public final class Nexus3AutoConfiguration {

	@Bean
	ConfigMapping nexus3ConfigMapping(ObjectProvider<ProviderConfig> providers, ObjectProvider<ProviderType> types,
			ObjectProvider<SslBundles> sslBundles, Environment environment) {
		return new ConfigMapping(providers, types, sslBundles, environment);
	}

	@Bean
	@ConditionalOnMissingBean
	ProvidersConfig providersConfig(Nexus3Properties properties, ConfigMapping mapping) {
		return mapping.map(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	ProviderRefresh nexus3ProviderRefresh(ProviderRegistry registry, ConfigMapping mapping, Environment environment) {
		return new EnvironmentRefresh(registry, mapping, environment);
	}

	@Bean
	@ConditionalOnMissingBean
	RecentCalls recentCalls() {
		return new RecentCalls(InstantSource.system());
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	ProviderRegistry providerRegistry(ProvidersConfig config, ObjectProvider<ProviderType> types,
			ObjectProvider<ProviderDecorator> decorators, ObjectProvider<CallListener> listeners,
			ObjectProvider<RawLogListener> rawLog, ObjectProvider<PoolListener> pools,
			ObjectProvider<WebClient.Builder> webClients) {
		ProviderRegistry registry = ProviderRegistry.builder(config)
			.types(types.orderedStream().toList())
			.decorators(decorators.orderedStream().toList())
			.listeners(listeners.orderedStream().toList())
			.transports(new HttpTransports((provider) -> webClients.getIfAvailable(WebClient::builder).clone())
				.withPoolListeners(pools.orderedStream().toList()))
			.build();
		rawLog.ifUnique(registry::setRawLog);
		return registry;
	}

}
