package io.nexus3.provider.config;

import reactor.core.publisher.Mono;

/**
 * Where a provider's key comes from. Asked before every attempt, so that a key may change
 * while the application runs.
 *
 * @since 0.1.0
 */
public interface CredentialSource {

	/**
	 * The key to use now.
	 * @return the key; empty when there is none; an {@link IllegalArgumentException} when
	 * what is there is no key
	 */
	Mono<ApiKey> get();

	/**
	 * Whether asking again after a refusal (401) may give another key.
	 * @return {@code false} for keys that cannot change
	 */
	default boolean refreshable() {
		return false;
	}

	/**
	 * Where the key comes from, in words for errors and health, without the key.
	 * @return such as {@code environment variable OPENAI_API_KEY}
	 */
	String description();

	/**
	 * A key that stays the same.
	 * @param key the key
	 * @return the source
	 */
	static CredentialSource of(ApiKey key) {
		return new StaticCredential(key);
	}

	/**
	 * A key from an environment variable.
	 * @param variable the name of the variable
	 * @return the source
	 */
	static CredentialSource environment(String variable) {
		return new EnvironmentCredential(variable, System::getenv);
	}

}
