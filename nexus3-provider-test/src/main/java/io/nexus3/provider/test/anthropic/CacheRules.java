package io.nexus3.provider.test.anthropic;

import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * What the vendor refuses about marks for its cache: how they look, and more than four.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/prompt-caching">Anthropic,
 * prompt caching</a>
 */
final class CacheRules {

	private static final int MOST_MARKS = 4;

	private static final Set<String> TTL = Set.of("5m", "1h");

	private static final Set<String> FIELDS = Set.of("type", "ttl");

	private CacheRules() {
	}

	static void check(JsonNode body, Complaints complaints) {
		int marks = checkMark(body, complaints);
		for (String field : new String[] { "tools", "system" }) {
			for (JsonNode block : body.path(field)) {
				marks += checkMark(block, complaints);
			}
		}
		for (JsonNode message : body.path("messages")) {
			for (JsonNode block : message.path("content")) {
				marks += checkMark(block, complaints);
				for (JsonNode inner : block.path("content")) {
					marks += checkMark(inner, complaints);
				}
			}
		}
		if (marks > MOST_MARKS) {
			complaints.add("A maximum of 4 blocks with cache_control may be provided. Found %d.".formatted(marks),
					Pages.CACHING);
		}
	}

	private static int checkMark(JsonNode block, Complaints complaints) {
		JsonNode mark = block.path("cache_control");
		if (!mark.isObject()) {
			return 0;
		}
		String type = mark.path("type").asString("");
		if (!type.equals("ephemeral")) {
			complaints.addUnknownTag("cache_control", type, Set.of("ephemeral"), Pages.CACHING);
		}
		if (mark.has("ttl") && !TTL.contains(mark.path("ttl").asString(""))) {
			complaints.add("cache_control.ephemeral.ttl: Input should be '5m' or '1h'", Pages.CACHING);
		}
		complaints.checkFields(mark, FIELDS, "cache_control.ephemeral.", Pages.CACHING);
		if (block.path("type").asString("").equals("text") && block.path("text").asString("").isEmpty()) {
			complaints.add("cache_control cannot be set for empty text blocks", Pages.CACHING);
		}
		return 1;
	}

}
