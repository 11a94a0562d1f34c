package io.nexus3.provider.config;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy of one provider. A proxy is used only when configured here, never from
 * the environment.
 *
 * @param host the proxy's host
 * @param port the proxy's port, 1 to 65535
 * @param username who to be at the proxy, or {@code null}
 * @param password the password, or {@code null}
 * @since 0.1.0
 */
public record ProxySettings(String host, int port, @Nullable String username, @Nullable ApiKey password) {

	/**
	 * Check.
	 * @throws IllegalArgumentException when host or port is none
	 */
	public ProxySettings {
		if (host.isBlank()) {
			throw new IllegalArgumentException("the proxy needs a host");
		}
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("the proxy's port must be 1 to 65535, not " + port);
		}
	}

}
