package io.nexus3.provider.test.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Framing;
import io.nexus3.provider.test.http.ScriptedResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One recorded exchange. Immutable.
 *
 * @param name the name of its folder
 * @param meta what is known about it: {@code status}, {@code content_type},
 * {@code stream}, {@code model}, {@code response_headers}
 * @param request the request: {@code method}, {@code url}, {@code headers} and
 * {@code body}, which is null where it was not kept
 * @param responseBody the bytes of the response; not copied
 * @since 0.1.0
 */
public record RecordedExchange(String name, JsonNode meta, JsonNode request, byte[] responseBody) {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final Set<String> OF_THE_CONNECTION = Set.of("content-type", "content-length", "transfer-encoding",
			"content-encoding", "connection", "keep-alive");

	static RecordedExchange read(Path folder) throws IOException {
		JsonNode meta = MAPPER.readTree(Files.readAllBytes(folder.resolve("meta.json")));
		Path sse = folder.resolve("response.sse");
		Path body = Files.exists(sse) ? sse : folder.resolve("response.json");
		Path request = folder.resolve("request.json");
		return new RecordedExchange(folder.getFileName().toString(), meta,
				Files.exists(request) ? MAPPER.readTree(Files.readAllBytes(request)) : MAPPER.createObjectNode(),
				Files.readAllBytes(body));
	}

	/**
	 * Returns the status.
	 * @return the HTTP status of the response
	 */
	public int status() {
		return this.meta.path("status").asInt(200);
	}

	/**
	 * Says whether the response is an event stream.
	 * @return {@code true} for a stream
	 */
	public boolean stream() {
		return contentType().startsWith("text/event-stream");
	}

	/**
	 * Returns the kind of the response.
	 * @return its content type; empty if there was none
	 */
	public String contentType() {
		return this.meta.path("content_type").asString("");
	}

	/**
	 * Makes the response anew, to be sent as it is or changed.
	 * @return the response; a stream with one write an event, ending where the recorded
	 * connection broke if it did
	 */
	public ScriptedResponse response() {
		ScriptedResponse response = ScriptedResponse.status(status());
		if (!contentType().isEmpty()) {
			response = response.withHeader("Content-Type", contentType());
		}
		for (Map.Entry<String, JsonNode> header : this.meta.path("response_headers").properties()) {
			if (!OF_THE_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT))) {
				response = response.withHeader(header.getKey(), header.getValue().asString(""));
			}
		}
		boolean truncated = this.meta.path("truncated").asBoolean(false);
		if (stream() || truncated) {
			response = response.withFraming(Framing.CHUNKED);
		}
		response = response.withBody(stream() ? events() : List.of(new BodyStep.Write(this.responseBody)));
		return truncated ? response.withEnding(Ending.CLOSE) : response;
	}

	/** Cuts after each blank line, so that faults can be counted in events. */
	private List<BodyStep> events() {
		List<BodyStep> events = new ArrayList<>();
		int start = 0;
		boolean lineEmpty = false;
		for (int i = 0; i < this.responseBody.length; i++) {
			if (this.responseBody[i] == '\n') {
				if (lineEmpty) {
					events.add(new BodyStep.Write(Arrays.copyOfRange(this.responseBody, start, i + 1)));
					start = i + 1;
				}
				lineEmpty = true;
			}
			else if (this.responseBody[i] != '\r') {
				lineEmpty = false;
			}
		}
		if (start < this.responseBody.length) {
			events.add(new BodyStep.Write(Arrays.copyOfRange(this.responseBody, start, this.responseBody.length)));
		}
		return events;
	}

	/**
	 * Names the exchange without what was said in it.
	 * @return name and status
	 */
	@Override
	public String toString() {
		return this.name + " (status " + status() + ")";
	}

}
