package io.nexus3.provider.config;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken.
 *
 * @param trust whom to trust, or {@code null} for the system's authorities
 * @param key how to identify ourselves, or {@code null} for not at all
 * @param verify whether certificates are verified; turning it off logs a warning, and is
 * for tests only
 * @since 0.1.0
 */
public record TlsSettings(@Nullable TrustManagerFactory trust, @Nullable KeyManagerFactory key, boolean verify) {

	private static final TlsSettings DEFAULTS = new TlsSettings(null, null, true);

	/**
	 * The system's authorities, verified.
	 * @return the settings
	 */
	public static TlsSettings defaults() {
		return DEFAULTS;
	}

}
