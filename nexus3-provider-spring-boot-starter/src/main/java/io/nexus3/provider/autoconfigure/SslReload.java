package io.nexus3.provider.autoconfigure;

import io.nexus3.provider.actuate.ProviderRefresh;
import io.nexus3.provider.registry.ProviderRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ssl.SslBundles;

/**
 * Lets providers begin anew when their SSL bundle is reloaded.
 */
final class SslReload implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(SslReload.class);

	private final @Nullable SslBundles bundles;

	private final Nexus3Properties properties;

	private final ProviderRegistry registry;

	private final ProviderRefresh refresh;

	SslReload(@Nullable SslBundles bundles, Nexus3Properties properties, ProviderRegistry registry,
			ProviderRefresh refresh) {
		this.bundles = bundles;
		this.properties = properties;
		this.registry = registry;
		this.refresh = refresh;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.properties.providers().forEach((name, provider) -> {
			String bundle = provider.ssl().bundle();
			if (this.bundles != null && bundle != null && this.bundles.getBundleNames().contains(bundle)) {
				this.bundles.addBundleUpdateHandler(bundle, (updated) -> reloaded(name, bundle));
			}
		});
	}

	private void reloaded(String provider, String bundle) {
		if (this.registry.provider(provider) == null) {
			return;
		}
		try {
			this.refresh.refresh(provider);
			logger.info("The provider '{}' has taken over the reloaded SSL bundle '{}'", provider, bundle);
		}
		catch (RuntimeException ex) {
			logger.warn("The provider '{}' keeps its connections: the reloaded SSL bundle '{}' cannot be taken over",
					provider, bundle, ex);
		}
	}

}
