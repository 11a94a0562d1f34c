package io.nexus3.provider.test.http;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The client side of these tests: the JDK's HTTP client, and a bare socket where the
 * bytes on the wire matter.
 */
public final class Http {

	public static final Duration SOON = Duration.ofSeconds(10);

	private Http() {
	}

	public static HttpClient client() {
		return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(SOON).build();
	}

	public static HttpRequest post(URI uri, String body) {
		return HttpRequest.newBuilder(uri)
			.timeout(SOON)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
	}

	public static HttpResponse<String> send(HttpClient client, HttpRequest request)
			throws IOException, InterruptedException {
		return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
	}

	/**
	 * Sends a GET with a bare socket and returns all that comes until the server closes.
	 */
	public static String wire(ScriptedServer server) throws IOException {
		try (Socket socket = socket(server)) {
			socket.getOutputStream()
				.write("GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	public static Socket socket(ScriptedServer server) throws IOException {
		Socket socket = new Socket("127.0.0.1", server.port());
		socket.setSoTimeout((int) SOON.toMillis());
		return socket;
	}

}
