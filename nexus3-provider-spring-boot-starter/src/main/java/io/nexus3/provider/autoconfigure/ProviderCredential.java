package io.nexus3.provider.autoconfigure;

import io.nexus3.provider.config.CredentialSource;

/**
 * Where the key of one provider comes from, as a bean of the application: for keys that a
 * vault hands out, or tokens such as those of Microsoft Entra ID. It takes the place of
 * the key in the properties. <pre>{@code
 * &#64;Bean
 * ProviderCredential azureCredential(TokenIssuer issuer) {
 *     return new ProviderCredential("azure", CredentialSource.token("Microsoft Entra ID", issuer.token()));
 * }
 * }</pre>
 *
 * @param provider the configured name of the provider
 * @param source where its key comes from
 * @since 0.1.0
 */
public record ProviderCredential(String provider, CredentialSource source) {

	/**
	 * The provider alone: what the source prints is its own affair.
	 * @return the provider
	 */
	@Override
	public String toString() {
		return "ProviderCredential[provider=" + this.provider + "]";
	}

}
