package io.nexus3.provider.type;

import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.CredentialSource;
import reactor.core.publisher.Mono;

/**
 * A key that is nowhere: calls fail and say what to set.
 *
 * @param description what to set
 */
record NoCredential(String description) implements CredentialSource {

	@Override
	public Mono<ApiKey> get() {
		return Mono.empty();
	}

}
