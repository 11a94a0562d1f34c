package io.nexus3.provider.autoconfigure;

import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.type.ProviderType;
import io.nexus3.provider.type.ProviderTypes;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/**
 * Maps the properties together with the application's own beans, as often as they are
 * read.
 */
final class ConfigMapping {

	private final BeanFactory beans;

	private final Environment environment;

	private final SecretSettings secrets = new SecretSettings();

	ConfigMapping(BeanFactory beans, Environment environment) {
		this.beans = beans;
		this.environment = environment;
	}

	SecretSettings secrets() {
		return this.secrets;
	}

	ProvidersConfig map(Nexus3Properties properties) {
		Problems problems = new Problems();
		new EntryNames(problems).check(this.environment);
		ProviderTypes types = ProviderTypes.builtIn()
			.with(this.beans.getBeanProvider(ProviderType.class).orderedStream().toList());
		this.secrets.learn(properties, types);
		HttpDefaults http = HttpDefaults.of(this.beans.getBeanProvider(HttpClientSettings.class).getIfUnique());
		SslSettings ssl = new SslSettings(this.beans.getBeanProvider(SslBundles.class).getIfAvailable(),
				http.sslBundle(), problems);
		OwnBeans own = new OwnBeans(this.beans.getBeanProvider(ProviderConfig.class).orderedStream().toList(),
				this.beans.getBeanProvider(ProviderCredential.class).orderedStream().toList(),
				this.beans.getBeanProvider(OllamaConnectionDetails.class).getIfUnique());
		ProviderMapper providers = new ProviderMapper(new CallSettings(problems), ssl, http.connectTimeout(), problems);
		return new Nexus3PropertiesMapper(types, providers, problems).map(properties, own);
	}

}
