package io.nexus3.provider.sample.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks an Ollama on this machine what models it has. Whatever goes wrong means that there
 * is none.
 *
 * @see <a href=
 * "https://github.com/ollama/ollama/blob/main/docs/api.md#list-local-models">Ollama, list
 * local models</a>
 */
final class LocalOllama {

	private static final int MAX_BODY = 256 * 1024;

	private static final int MAX_MODELS = 20;

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	private final URI address;

	private final Duration timeout;

	/**
	 * An Ollama.
	 * @param address where it may be, such as {@code http://localhost:11434}
	 * @param timeout how long the whole question may take
	 */
	LocalOllama(URI address, Duration timeout) {
		this.address = address;
		this.timeout = timeout;
	}

	/**
	 * The models for conversations that it has; none when nobody answers in time.
	 */
	List<String> models() {
		if (!LOOPBACK.contains(String.valueOf(this.address.getHost()))) {
			return List.of();
		}
		HttpRequest request = HttpRequest.newBuilder(this.address.resolve("/api/tags")).timeout(this.timeout).build();
		CompletableFuture<List<String>> answer = HttpClient.newBuilder()
			.connectTimeout(this.timeout)
			.build()
			.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
			.thenApplyAsync(LocalOllama::read);
		try {
			return answer.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return List.of();
		}
		catch (ExecutionException | TimeoutException ex) {
			answer.cancel(true);
			return List.of();
		}
	}

	private static List<String> read(HttpResponse<InputStream> response) {
		try (InputStream body = response.body()) {
			JsonNode models = JsonMapper.shared().readTree(body.readNBytes(MAX_BODY)).path("models");
			return models.valueStream()
				.map((model) -> model.path("name").asString(""))
				.filter((name) -> !name.isBlank() && !name.contains("embed"))
				.limit(MAX_MODELS)
				.toList();
		}
		catch (IOException | JacksonException ex) {
			return List.of();
		}
	}

}
