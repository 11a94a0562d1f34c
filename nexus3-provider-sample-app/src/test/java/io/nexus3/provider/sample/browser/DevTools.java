package io.nexus3.provider.sample.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of a client of the DevTools protocol as the tests of the page need.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">DevTools
 * protocol</a>
 */
final class DevTools implements WebSocket.Listener, AutoCloseable {

	static final Duration LIMIT = Duration.ofSeconds(60);

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final AtomicInteger ids = new AtomicInteger();

	private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

	private final List<JsonNode> events = new CopyOnWriteArrayList<>();

	private final StringBuilder message = new StringBuilder();

	private WebSocket socket;

	private DevTools() {
	}

	static DevTools connect(URI address) throws Exception {
		DevTools tools = new DevTools();
		tools.socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(address, tools)
			.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		return tools;
	}

	/**
	 * Send a command and wait for its result.
	 * @param session of which page, or {@code null} for the browser
	 */
	JsonNode send(String session, String method, Map<String, ?> parameters) throws Exception {
		int id = this.ids.incrementAndGet();
		Map<String, Object> command = new HashMap<>(Map.of("id", id, "method", method, "params", parameters));
		if (session != null) {
			command.put("sessionId", session);
		}
		CompletableFuture<JsonNode> answer = new CompletableFuture<>();
		this.answers.put(id, answer);
		this.socket.sendText(this.mapper.writeValueAsString(command), true).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		try {
			JsonNode result = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
			if (result.has("error")) {
				throw new AssertionError(method + " failed: " + result.path("error"));
			}
			return result.path("result");
		}
		catch (TimeoutException ex) {
			throw new AssertionError(method + " took longer than " + LIMIT + ": " + parameters, ex);
		}
	}

	/** The events of a page so far, by their method. */
	List<JsonNode> events(String session, String method) {
		return this.events.stream()
			.filter((event) -> session.equals(event.path("sessionId").asString(""))
					&& method.equals(event.path("method").asString("")))
			.map((event) -> event.path("params"))
			.toList();
	}

	@Override
	public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.message.append(data);
		if (last) {
			JsonNode node = this.mapper.readTree(this.message.toString());
			this.message.setLength(0);
			CompletableFuture<JsonNode> answer = this.answers.remove(node.path("id").asInt(0));
			if (answer != null) {
				answer.complete(node);
			}
			else {
				this.events.add(node);
			}
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public void close() {
		this.socket.abort();
	}

}
