package io.nexus3.provider.transport.sse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.nexus3.provider.transport.sse.SseOutcome.Event;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The standard's algorithm in its plainest form: the whole stream as a string with one
 * character per byte, split into lines, one line after the other. Without a size limit.
 */
final class SseOracle {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final List<Event> events = new ArrayList<>();

	private List<String> data = new ArrayList<>();

	private String type = "";

	private String id = "";

	private String error;

	private long retryMillis = -1;

	static SseOutcome decode(byte[] stream) {
		String text = new String(stream, ISO_8859_1);
		if (text.startsWith("\u00EF\u00BB\u00BF")) {
			text = text.substring(3);
		}
		SseOracle oracle = new SseOracle();
		List<String> lines = Arrays.asList(text.split("\r\n|\n|\r", -1));
		for (String line : lines.subList(0, lines.size() - 1)) {
			oracle.line(line);
		}
		oracle.end(lines.get(lines.size() - 1));
		return new SseOutcome(oracle.events, false, oracle.error, oracle.retryMillis);
	}

	private void line(String line) {
		if (line.isEmpty()) {
			dispatch();
			return;
		}
		int colon = line.indexOf(':');
		String name = (colon < 0) ? line : line.substring(0, colon);
		String value = (colon < 0) ? "" : line.substring(colon + 1);
		field(name, value.startsWith(" ") ? value.substring(1) : value);
	}

	private void field(String name, String value) {
		if (name.equals("data")) {
			this.data.add(value);
		}
		else if (name.equals("event")) {
			this.type = utf8(value);
		}
		else if (name.equals("id") && !value.contains("\0")) {
			this.id = utf8(value);
		}
		else if (name.equals("retry") && value.matches("0*[0-9]{1,18}")) {
			this.retryMillis = Long.parseLong(value);
		}
		else if (name.equals("error")) {
			this.error = utf8(value);
		}
	}

	private void dispatch() {
		String eventType = this.type.isEmpty() ? null : this.type;
		if (this.data.size() > 1 && this.data.stream().allMatch(SseOracle::isJsonOrDone)
				&& !isJson(String.join("\n", this.data)) && !this.data.stream().allMatch(SseOracle::isScalar)) {
			this.data.forEach((line) -> this.events.add(new Event(eventType, this.id, line)));
		}
		else if (!this.data.isEmpty()) {
			this.events.add(new Event(eventType, this.id, String.join("\n", this.data)));
		}
		this.data = new ArrayList<>();
		this.type = "";
	}

	private void end(String unfinishedLine) {
		if (!unfinishedLine.isEmpty()) {
			line(unfinishedLine);
		}
		if (!String.join("\n", this.data).isEmpty()) {
			dispatch();
		}
	}

	private static boolean isJsonOrDone(String line) {
		return isDone(line) || isJson(line);
	}

	private static boolean isDone(String line) {
		return line.matches(" *\\[DONE\\] *");
	}

	private static boolean isScalar(String line) {
		return !isDone(line) && JSON.readTree(line.getBytes(ISO_8859_1)).isValueNode();
	}

	private static boolean isJson(String line) {
		try {
			JsonNode value = JSON.readTree(line.getBytes(ISO_8859_1));
			return !value.isMissingNode();
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private static String utf8(String bytes) {
		return new String(bytes.getBytes(ISO_8859_1), UTF_8);
	}

}
