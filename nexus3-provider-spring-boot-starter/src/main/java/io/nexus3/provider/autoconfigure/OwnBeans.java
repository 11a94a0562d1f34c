package io.nexus3.provider.autoconfigure;

import java.util.List;
import java.util.Map;

import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProviderConfig.Access;
import io.nexus3.provider.type.ProviderTypes;
import org.jspecify.annotations.Nullable;

/**
 * What the application says about providers in beans, which goes over the properties.
 *
 * @param providers whole providers
 * @param credentials keys of providers
 * @param ollama where an Ollama was started for the application, or {@code null}
 */
record OwnBeans(List<ProviderConfig> providers, List<ProviderCredential> credentials,
		@Nullable OllamaConnectionDetails ollama) {

	void addTo(Map<String, ProviderConfig> configured, ProviderTypes types, Problems problems) {
		this.providers.forEach((provider) -> configured.put(provider.name(), provider));
		for (ProviderCredential credential : this.credentials) {
			ProviderConfig known = configured.get(credential.provider());
			if (known == null) {
				problems.add("nexus3.providers." + credential.provider(),
						"A ProviderCredential bean names the provider '" + credential.provider()
								+ "', which is not configured",
						"Configure it, or let the bean name one of " + configured.keySet());
			}
			else {
				configured.put(known.name(),
						known.withAccess(new Access(credential.source(), known.access().authMethod())));
			}
		}
		OllamaConnectionDetails started = this.ollama;
		if (started != null) {
			configured.replaceAll((name, provider) -> isLocal(provider, types)
					? provider.withBaseUrl(BaseUrl.parse(started.baseUrl()).toString()) : provider);
		}
	}

	private static boolean isLocal(ProviderConfig provider, ProviderTypes types) {
		return types.typeName(provider).equals("ollama") && provider.endpoint().baseUrl() == null;
	}

}
