package io.nexus3.provider.autoconfigure;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where an Ollama is that somebody has started for the application, such as Docker
 * Compose. Providers of type {@code ollama} that name no address of their own are there.
 *
 * @since 0.1.0
 */
public interface OllamaConnectionDetails extends ConnectionDetails {

	/**
	 * The base URL.
	 * @return such as {@code http://localhost:11434/v1}
	 */
	String baseUrl();

}
