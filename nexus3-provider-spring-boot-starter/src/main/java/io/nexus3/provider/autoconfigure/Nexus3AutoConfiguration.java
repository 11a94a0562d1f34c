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

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of the provider layer: a {@link ProvidersConfig} from
 * {@link Nexus3Properties}, to which beans of type {@link ProviderConfig} are added, and
 * the {@link ProviderRegistry} made of it. Beans of type {@link ProviderType},
 * {@link ProviderCredential}, {@link ProviderDecorator}, {@link CallListener},
 * {@link PoolListener} and {@link RawLogListener} take part; so do
 * {@link ProviderWebClientCustomizer}s and Boot's customizers of {@link WebClient}, but
 * for its connector, and an {@link InetAddressFilter}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { SslAutoConfiguration.class, HttpClientAutoConfiguration.class, WebClientAutoConfiguration.class })
@ConditionalOnClass({ WebClient.class, ProviderRegistry.class })
@ConditionalOnBooleanProperty(name = "nexus3.enabled", matchIfMissing = true)
@EnableConfigurationProperties(Nexus3Properties.class)
@ImportRuntimeHints(Nexus3RuntimeHints.class)
public final class Nexus3AutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConfigMapping nexus3ConfigMapping(BeanFactory beans, Environment environment) {
		return new ConfigMapping(beans, environment);
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

	@Bean
	@ConditionalOnMissingBean
	SslReload nexus3SslReload(ObjectProvider<SslBundles> bundles, Nexus3Properties properties,
			ProviderRegistry registry, ProviderRefresh refresh) {
		return new SslReload(bundles.getIfAvailable(), properties, registry, refresh);
	}

	@Bean
	@ConditionalOnMissingBean
	HttpTransports nexus3HttpTransports(ObjectProvider<WebClient.Builder> webClients,
			ObjectProvider<ProviderWebClientCustomizer> customizers, ObjectProvider<PoolListener> pools,
			ObjectProvider<InetAddressFilter> addressFilters) {
		HttpTransports transports = new HttpTransports((provider) -> {
			WebClient.Builder builder = webClients.getIfAvailable(WebClient::builder).clone();
			customizers.orderedStream().forEach((customizer) -> customizer.customize(provider, builder));
			return builder;
		}).withPoolListeners(pools.orderedStream().toList());
		InetAddressFilter filter = addressFilters.getIfUnique();
		return (filter != null) ? transports.withAddressFilter(filter::matches) : transports;
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	ProviderRegistry providerRegistry(ProvidersConfig config, HttpTransports transports,
			ObjectProvider<ProviderType> types, ObjectProvider<ProviderDecorator> decorators,
			ObjectProvider<CallListener> listeners, ObjectProvider<RawLogListener> rawLog) {
		ProviderRegistry registry = ProviderRegistry.builder(config)
			.types(types.orderedStream().toList())
			.decorators(decorators.orderedStream().toList())
			.listeners(listeners.orderedStream().toList())
			.transports(transports)
			.build();
		rawLog.ifUnique(registry::setRawLog);
		return registry;
	}

	@Bean
	@ConditionalOnSingleCandidate(ProviderRegistry.class)
	RegistryLifecycle nexus3RegistryLifecycle(ProviderRegistry registry, ApplicationContext context) {
		return new RegistryLifecycle(registry, context);
	}

}
