package io.nexus3.provider.transport;

import java.time.Duration;

import io.nexus3.provider.config.AddressPolicy;
import io.nexus3.provider.config.AuthMethod;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.config.ProviderConfig;

/**
 * What a transport is made of.
 *
 * @param provider the configured name of the provider, for pools and messages
 * @param baseUrl where the provider is, allowed by the policy
 * @param policy which addresses may be dialled
 * @param authMethod how the key is presented
 * @param connections how connections are made
 * @param reading how long connecting may take, and how much of an answer is taken
 * @since 0.1.0
 */
public record TransportSettings(String provider, BaseUrl baseUrl, AddressPolicy policy, AuthMethod authMethod,
		ProviderConfig.Connections connections, Reading reading) {

	/**
	 * How long connecting may take, and how much of an answer is taken.
	 *
	 * @param connectTimeout TCP, and TLS besides
	 * @param limits how much of an answer is taken
	 */
	public record Reading(Duration connectTimeout, Limits limits) {

	}

}
