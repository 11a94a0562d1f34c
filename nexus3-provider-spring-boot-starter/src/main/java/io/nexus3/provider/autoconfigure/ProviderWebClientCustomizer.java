package io.nexus3.provider.autoconfigure;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Changes the web client of providers, each by its name: filters, default headers,
 * observation. Beans of this type are called in their order, after Boot's own
 * customizers. What makes connections safe is set afterwards and cannot be changed here.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProviderWebClientCustomizer {

	/**
	 * Customize. Called for each provider when it is first used, and again when it is
	 * refreshed.
	 * @param provider the configured name of the provider
	 * @param builder the builder of its web client
	 */
	void customize(String provider, WebClient.Builder builder);

}
