package io.nexus3.provider.test.anthropic;

import java.util.Set;

import io.nexus3.provider.test.format.FormatRequest;
import tools.jackson.databind.JsonNode;

/**
 * Which {@code anthropic-version} the vendor takes, and what a newer one refuses that an
 * older one takes. For the refusals of {@code 2026-10-21} the vendor documents the status
 * alone; the words are those of its other refusals.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/versioning">Anthropic,
 * versions</a>
 */
final class VersionRules {

	private static final String NEWEST = "2026-10-21";

	private static final Set<String> ALL = Set.of(NEWEST, "2023-06-01", "2023-01-01");

	private static final Set<String> REMOVED = Set.of("temperature", "top_p", "top_k");

	private VersionRules() {
	}

	static void check(FormatRequest request, Complaints complaints) {
		String version = request.header("anthropic-version");
		if (version == null) {
			complaints.add("anthropic-version: header is required", Pages.VERSIONS);
		}
		else if (!ALL.contains(version)) {
			complaints.add("anthropic-version: \"%s\" is not a valid version".formatted(version), Pages.VERSIONS);
		}
		else if (version.equals(NEWEST)) {
			checkRemoved(request.body(), complaints);
			checkCitations(request.body().path("messages"), complaints);
		}
	}

	/** Not even their defaults are taken. */
	private static void checkRemoved(JsonNode body, Complaints complaints) {
		for (String field : body.propertyNames()) {
			if (REMOVED.contains(field)) {
				complaints.add(field + ": Extra inputs are not permitted", Pages.VERSIONS);
			}
		}
	}

	/** Only the assistant cites. */
	private static void checkCitations(JsonNode messages, Complaints complaints) {
		for (int i = 0; i < messages.size(); i++) {
			if (messages.path(i).path("role").asString("").equals("user")) {
				checkBlocks(messages.path(i).path("content"), "messages." + i, complaints);
			}
		}
	}

	private static void checkBlocks(JsonNode content, String path, Complaints complaints) {
		for (int i = 0; content.isArray() && i < content.size(); i++) {
			JsonNode block = content.path(i);
			String type = block.path("type").asString("");
			String place = "%s.content.%d.%s".formatted(path, i, type);
			if (type.equals("text") && !block.path("citations").isEmpty()) {
				complaints.add(place + ".citations: Extra inputs are not permitted", Pages.VERSIONS);
			}
			else if (type.equals("search_result")) {
				checkBlocks(block.path("content"), place, complaints);
			}
		}
	}

}
