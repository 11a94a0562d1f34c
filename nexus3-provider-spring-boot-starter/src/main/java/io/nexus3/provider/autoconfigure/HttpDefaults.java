package io.nexus3.provider.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.ssl.SslBundle;

/**
 * What {@code spring.http.clients} says to every client and providers may take over where
 * they say nothing themselves. Its read timeout is none of it, which for other clients is
 * far shorter than models think, nor are redirects and cookies, which providers never
 * have.
 *
 * @param connectTimeout the connect timeout, or {@code null}
 * @param sslBundle the SSL bundle, or {@code null}
 */
record HttpDefaults(@Nullable Duration connectTimeout, @Nullable SslBundle sslBundle) {

	static HttpDefaults of(@Nullable HttpClientSettings settings) {
		return (settings != null) ? new HttpDefaults(settings.connectTimeout(), settings.sslBundle())
				: new HttpDefaults(null, null);
	}

}
