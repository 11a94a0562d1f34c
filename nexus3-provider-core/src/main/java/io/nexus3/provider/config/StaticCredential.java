package io.nexus3.provider.config;

import reactor.core.publisher.Mono;

/**
 * A key that stays the same.
 *
 * @param key the key
 */
record StaticCredential(ApiKey key) implements CredentialSource {

	@Override
	public Mono<ApiKey> get() {
		return Mono.just(this.key);
	}

	@Override
	public String description() {
		return "configured key";
	}

}
