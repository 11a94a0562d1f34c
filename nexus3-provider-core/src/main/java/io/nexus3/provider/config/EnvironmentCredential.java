package io.nexus3.provider.config;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A key from an environment variable, read each time it is asked for. An empty variable
 * is a missing one.
 *
 * @param variable the name of the variable
 * @param environment how a variable is looked up
 */
record EnvironmentCredential(String variable, Lookup environment) implements CredentialSource {

	@Override
	public Mono<ApiKey> get() {
		return Mono.fromSupplier(() -> {
			String text = this.environment.get(this.variable);
			return (text != null && !text.isBlank()) ? ApiKey.of(text) : null;
		});
	}

	@Override
	public String description() {
		return "environment variable " + this.variable;
	}

	/**
	 * How a variable is looked up.
	 */
	interface Lookup {

		@Nullable String get(String variable);

	}

}
