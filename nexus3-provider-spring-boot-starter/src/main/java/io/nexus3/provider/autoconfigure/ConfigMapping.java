package io.nexus3.provider.autoconfigure;

import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.type.ProviderType;
import io.nexus3.provider.type.ProviderTypes;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/**
 * Maps the properties together with the application's own beans, as often as they are
 * read.
 */
final class ConfigMapping {

	private final ObjectProvider<ProviderConfig> providers;

	private final ObjectProvider<ProviderType> types;

	private final ObjectProvider<SslBundles> sslBundles;

	private final Environment environment;

	ConfigMapping(ObjectProvider<ProviderConfig> providers, ObjectProvider<ProviderType> types,
			ObjectProvider<SslBundles> sslBundles, Environment environment) {
		this.providers = providers;
		this.types = types;
		this.sslBundles = sslBundles;
		this.environment = environment;
	}

	ProvidersConfig map(Nexus3Properties properties) {
		Problems problems = new Problems();
		new EntryNames(problems).check(this.environment);
		SslSettings ssl = new SslSettings(this.sslBundles.getIfAvailable(), problems);
		ProviderTypes catalogue = ProviderTypes.builtIn().with(this.types.orderedStream().toList());
		return new Nexus3PropertiesMapper(catalogue, ssl, problems).map(properties,
				this.providers.orderedStream().toList());
	}

}
