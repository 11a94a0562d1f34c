package io.nexus3.provider.autoconfigure;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nexus3.provider.type.ProviderType;
import io.nexus3.provider.type.ProviderTypes;
import org.jspecify.annotations.Nullable;

/**
 * Knows what must not be shown, wherever else it is written: keys stand in the
 * properties, in the environment variables and files that properties refer to, and in
 * headers. Safe for use by many threads.
 */
final class SecretSettings {

	/** What is shorter is found in harmless values as well. */
	private static final int SHORTEST = 8;

	private final Set<String> values = ConcurrentHashMap.newKeySet();

	private final Set<String> variables = ConcurrentHashMap.newKeySet();

	/** Learn what properties hold, each time that they are read. */
	void learn(Nexus3Properties properties, ProviderTypes types) {
		for (ProviderType type : types.all()) {
			variable(type.defaults().apiKeyEnv());
		}
		for (ProviderProperties provider : properties.providers().values()) {
			variable(provider.apiKeyEnv());
			value(provider.apiKey());
			values(provider.extraHeaders());
			if (provider.proxy() != null) {
				value(provider.proxy().password());
			}
		}
		for (ModelProperties model : properties.models().values()) {
			values(model.extraHeaders());
		}
	}

	private void variable(@Nullable String name) {
		if (name != null) {
			this.variables.add(name);
		}
	}

	private void values(Map<String, String> all) {
		for (String value : all.values()) {
			value(value);
		}
	}

	private void value(@Nullable String value) {
		if (value != null && value.strip().length() >= SHORTEST) {
			this.values.add(value.strip());
		}
	}

	/**
	 * Whether a setting must not be shown.
	 * @param name its name in whichever form
	 * @param value its value, or {@code null}
	 * @return whether it is or holds a secret
	 */
	boolean isSecret(String name, @Nullable Object value) {
		return this.variables.contains(name) || isSecretName(name) || (value != null && holdsSecret(value.toString()));
	}

	/**
	 * All the forms that the binder takes for one name look alike without their dashes.
	 */
	private static boolean isSecretName(String name) {
		String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.\\[]", "");
		return plain.startsWith("nexus3") && (plain.contains("apikey") || plain.contains("password")
				|| plain.contains("username") || plain.contains("extraheaders") || plain.contains("extrabody"));
	}

	private boolean holdsSecret(String value) {
		return this.values.stream().anyMatch(value::contains);
	}

}
