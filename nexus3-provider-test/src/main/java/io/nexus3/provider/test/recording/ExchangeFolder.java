package io.nexus3.provider.test.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes recorded exchanges, each to a folder of its own. Safe for use by any thread.
 */
final class ExchangeFolder {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	/** Only these are written: what is not known to be harmless may be a secret. */
	private static final Set<String> REQUEST_HEADERS = Set.of("content-type", "anthropic-version", "anthropic-beta");

	private final Path root;

	private int next = 1;

	ExchangeFolder(Path root) {
		this.root = root;
	}

	void write(Recorded recorded) throws IOException {
		Secrets secrets = new Secrets(recorded.requestHeaders(), recorded.uri());
		byte[] body = secrets.bytes(recorded.responseBody());
		boolean stream = recorded.contentType().startsWith("text/event-stream");
		boolean anthropic = recorded.requestHeaders().keySet().stream().anyMatch("anthropic-version"::equalsIgnoreCase);
		String protocol = anthropic ? "anthropic" : "openai";
		Path folder = newFolder(protocol + (stream ? "-sse" : "-json"));
		ObjectNode request = request(recorded, secrets);
		Files.write(folder.resolve(stream ? "response.sse" : "response.json"), body);
		Files.writeString(folder.resolve("request.json"), request.toPrettyString() + "\n");
		ObjectNode meta = MAPPER.createObjectNode()
			.put("case_id", folder.getFileName().toString())
			.put("protocol", protocol)
			.put("stream", stream)
			.put("status", recorded.status())
			.put("content_type", recorded.contentType())
			.put("model", request.path("body").path("model").asString(""))
			.put("truncated", recorded.truncated())
			.put("body_bytes", body.length)
			.put("body_sha256", sha256(body))
			.put("body_fidelity", "raw");
		ObjectNode headers = meta.putObject("response_headers");
		recorded.responseHeaders().forEach((name, values) -> {
			if (harmless(name)) {
				headers.put(name.toLowerCase(Locale.ROOT), secrets.text(values.get(0)));
			}
		});
		// Last, as it makes the folder an exchange.
		Files.writeString(folder.resolve("meta.json"), meta.toPrettyString() + "\n");
	}

	private static boolean harmless(String header) {
		String name = header.toLowerCase(Locale.ROOT);
		return name.equals("content-type") || name.startsWith("retry-after") || name.contains("ratelimit")
				|| name.equals("x-should-retry");
	}

	private static ObjectNode request(Recorded recorded, Secrets secrets) {
		ObjectNode request = MAPPER.createObjectNode()
			.put("method", recorded.method())
			.put("url", secrets.uri(recorded.uri()));
		ObjectNode headers = request.putObject("headers");
		recorded.requestHeaders().forEach((name, values) -> {
			String lower = name.toLowerCase(Locale.ROOT);
			if (REQUEST_HEADERS.contains(lower)) {
				headers.put(lower, secrets.text(values.get(0)));
			}
		});
		String body = new String(secrets.bytes(recorded.requestBody()), StandardCharsets.UTF_8);
		try {
			request.set("body", MAPPER.readTree(body));
		}
		catch (JacksonException ex) {
			request.put("body", body);
		}
		return request;
	}

	private synchronized Path newFolder(String kind) throws IOException {
		Files.createDirectories(this.root);
		while (true) {
			try {
				return Files.createDirectory(this.root.resolve("%04d-%s".formatted(this.next++, kind)));
			}
			catch (FileAlreadyExistsException ex) {
				// From an earlier run, which is kept.
				continue;
			}
		}
	}

	private static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

	/**
	 * One exchange as it went over the wire.
	 *
	 * @param method the method
	 * @param uri path and query
	 * @param requestHeaders what the client sent, keys included
	 * @param requestBody the body of the request
	 * @param status the status of the response
	 * @param responseHeaders its headers
	 * @param responseBody its body, as far as it came
	 * @param truncated whether the connection broke within it
	 */
	record Recorded(String method, String uri, Map<String, List<String>> requestHeaders, byte[] requestBody, int status,
			Map<String, List<String>> responseHeaders, byte[] responseBody, boolean truncated) {

		String contentType() {
			return this.responseHeaders.entrySet()
				.stream()
				.filter((header) -> header.getKey().equalsIgnoreCase("content-type"))
				.map((header) -> header.getValue().get(0))
				.findFirst()
				.orElse("");
		}

	}

}
