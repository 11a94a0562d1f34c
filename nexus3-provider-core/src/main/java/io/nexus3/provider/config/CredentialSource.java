package io.nexus3.provider.config;

import java.nio.file.Path;
import java.time.InstantSource;

import reactor.core.publisher.Mono;

/**
 * Where a provider's key comes from. Asked before every attempt, so that a key may change
 * while the application runs.
 * <p>
 * A source in the Reactor context of a subscriber, under this class, takes the place of
 * the provider's for that subscriber's calls, such as for a key of each tenant.
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
	 * The vendor refused a key (401): the next {@link #get()} should not give it again if
	 * there may be another. Called for refreshable sources, once for a call.
	 * @param key the key that was refused
	 */
	default void refused(ApiKey key) {
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

	/**
	 * A key from a file, such as a mounted secret. The file is read before every attempt,
	 * so that a key which is replaced on disk is used by the next call.
	 * @param file the file, which holds the key and perhaps blanks around it
	 * @return the source
	 */
	static CredentialSource file(Path file) {
		return new FileCredential(file);
	}

	/**
	 * A key that somebody issues for some time, such as an access token of Microsoft
	 * Entra ID. It is fetched when it is first needed, kept for all calls, and fetched
	 * anew two minutes before it ends or after a vendor refused it.
	 * @param description where it comes from, in words, such as
	 * {@code Microsoft Entra ID}
	 * @param fetch fetches a key each time it is subscribed to; it must not block. What
	 * it fails with is the failure of the call
	 * @return the source
	 */
	static CredentialSource token(String description, Mono<ExpiringKey> fetch) {
		return new TokenCredential(description, fetch, InstantSource.system());
	}

}
