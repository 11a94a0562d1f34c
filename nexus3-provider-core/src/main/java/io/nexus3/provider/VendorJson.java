package io.nexus3.provider;

/**
 * JSON that only its origin understands, byte for byte as it came.
 *
 * @param origin who sent it
 * @param json the JSON text
 * @since 0.1.0
 */
public record VendorJson(Origin origin, String json) {

	/**
	 * Who sent something: it goes back there only.
	 *
	 * @param format the wire format, such as {@code openai} or {@code anthropic}
	 * @param provider the configured name of the provider
	 */
	public record Origin(String format, String provider) {

	}

}
