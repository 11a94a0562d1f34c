package io.nexus3.provider.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.test.http.Http;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small client of chat completions on the JDK's HTTP client.
 */
final class ChatClient {

	static final JsonMapper MAPPER = JsonMapper.builder().build();

	static final String WEATHER_TOOL = """
			[{"type":"function","function":{"name":"get_weather","description":"The weather in a city",
			"parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]""";

	private final HttpClient client = Http.client();

	private final String chatUrl;

	private final String[] headers;

	private ChatClient(String chatUrl, String... headers) {
		this.chatUrl = chatUrl;
		this.headers = headers;
	}

	static ChatClient of(SimulatedProvider provider, String... headers) {
		return of(provider.dialect(), provider.baseUrl(), headers);
	}

	static ChatClient of(Dialect dialect, String baseUrl, String... headers) {
		if (dialect == Dialect.ANTHROPIC) {
			return new ChatClient(baseUrl + "/v1/messages", (headers.length > 0) ? headers
					: new String[] { "x-api-key", "k", "anthropic-version", "2023-06-01" });
		}
		String path = (dialect == Dialect.AZURE) ? "/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21"
				: "/chat/completions";
		return new ChatClient(baseUrl + path, headers);
	}

	static ChatClient at(String url, String... headers) {
		return new ChatClient(url, headers);
	}

	HttpResponse<String> send(String body) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(Http.post(URI.create(this.chatUrl), body),
				(name, value) -> true);
		for (int i = 0; i < this.headers.length; i += 2) {
			request.header(this.headers[i], this.headers[i + 1]);
		}
		return Http.send(this.client, request.build());
	}

	JsonNode complete(String body) throws Exception {
		return MAPPER.readTree(send(body).body());
	}

	Stream stream(String body) throws Exception {
		ObjectNode request = (ObjectNode) MAPPER.readTree(body);
		HttpResponse<String> response = send(request.put("stream", true).toString());
		List<JsonNode> chunks = new ArrayList<>();
		List<String> lines = response.body().lines().filter((line) -> !line.isEmpty()).toList();
		for (String line : lines) {
			if (line.startsWith("data: {")) {
				chunks.add(MAPPER.readTree(line.substring("data: ".length())));
			}
		}
		return new Stream(response, lines, chunks);
	}

	static String user(String text) {
		ObjectNode body = MAPPER.createObjectNode().put("model", "sim-1");
		body.putArray("messages").addObject().put("role", "user").put("content", text);
		return body.toString();
	}

	static String with(String body, String field, String json) {
		ObjectNode node = (ObjectNode) MAPPER.readTree(body);
		node.set(field, MAPPER.readTree(json));
		return node.toString();
	}

	/**
	 * A streamed answer: all its lines, and its chunks decoded.
	 */
	record Stream(HttpResponse<String> response, List<String> lines, List<JsonNode> chunks) {

		List<JsonNode> deltas() {
			return this.chunks.stream()
				.map((chunk) -> chunk.path("choices").path(0).path("delta"))
				.filter(JsonNode::isObject)
				.toList();
		}

		String joined(String field) {
			StringBuilder text = new StringBuilder();
			deltas().forEach((delta) -> text.append(delta.path(field).asString("")));
			return text.toString();
		}

		String arguments() {
			StringBuilder text = new StringBuilder();
			deltas().forEach((delta) -> text
				.append(delta.path("tool_calls").path(0).path("function").path("arguments").asString("")));
			return text.toString();
		}

		String finishReason() {
			return this.chunks.stream()
				.map((chunk) -> chunk.path("choices").path(0).path("finish_reason").asString(""))
				.filter((reason) -> !reason.isEmpty())
				.findFirst()
				.orElse("");
		}

	}

}
