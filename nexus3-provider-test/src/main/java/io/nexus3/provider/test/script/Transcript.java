package io.nexus3.provider.test.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.nexus3.provider.test.ChatCall;
import tools.jackson.databind.JsonNode;

/**
 * Reads the messages of a request of either format as lines of role and text.
 */
final class Transcript {

	private static final Set<String> SYSTEM = Set.of("system", "developer");

	private Transcript() {
	}

	static List<String> lines(ChatCall call) {
		List<String> lines = new ArrayList<>();
		JsonNode system = call.body().path("system");
		if (!system.isMissingNode()) {
			lines.add("system: " + text(system));
		}
		call.body()
			.path("messages")
			.forEach((message) -> lines.add(message.path("role").asString("") + ": " + text(message.path("content"))));
		return lines;
	}

	static String systemText(ChatCall call) {
		String messages = call.body()
			.path("messages")
			.valueStream()
			.filter((message) -> SYSTEM.contains(message.path("role").asString("")))
			.map((message) -> text(message.path("content")))
			.collect(Collectors.joining("\n"));
		return (text(call.body().path("system")) + "\n" + messages).strip();
	}

	private static String text(JsonNode content) {
		if (!content.isArray()) {
			return content.asString("");
		}
		return content.valueStream()
			.map((part) -> part.has("text") ? part.path("text").asString("") : text(part.path("content")))
			.filter((text) -> !text.isEmpty())
			.collect(Collectors.joining(" "));
	}

}
