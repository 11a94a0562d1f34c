package io.nexus3.provider.config;

/**
 * How a key is presented.
 *
 * @since 0.1.0
 */
public enum AuthMethod {

	/** As a bearer token (RFC 6750): OpenAI, OpenRouter and most others. */
	BEARER,

	/** In the header {@code api-key}: Azure OpenAI. */
	API_KEY,

	/** In the header {@code x-api-key}: Anthropic. */
	X_API_KEY,

	/** No key at all. */
	NONE

}
