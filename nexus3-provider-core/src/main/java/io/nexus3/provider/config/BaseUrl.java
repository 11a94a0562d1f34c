package io.nexus3.provider.config;

import java.net.URI;

/**
 * A base URL, parsed once into parts that are then used as they are.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host in lower case, an IPv6 address in brackets
 * @param port the port, 1 to 65535, or -1 for the scheme's default
 * @param path the path without a slash at its end, possibly empty
 * @since 0.1.0
 */
public record BaseUrl(String scheme, String host, int port, String path) {

	/**
	 * Parse a base URL.
	 * @param text the URL
	 * @return the parts
	 * @throws IllegalArgumentException when it is no base URL, saying why
	 */
	public static BaseUrl parse(String text) {
		URI uri = URI.create(text);
		String path = (uri.getPath() != null) ? uri.getPath().replaceAll("/+$", "") : "";
		return new BaseUrl(uri.getScheme(), uri.getHost(), uri.getPort(), path);
	}

	@Override
	public String toString() {
		return this.scheme + "://" + this.host + ((this.port != -1) ? ":" + this.port : "") + this.path;
	}

}
