package io.nexus3.provider.protocol.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids of tool calls as this format takes them. One that it does not take, such as another
 * vendor's, becomes one that it takes: always the same for the same id.
 */
final class ToolIds {

	private static final Pattern TAKEN = Pattern.compile("[A-Za-z0-9_-]+");

	private ToolIds() {
	}

	static String of(String id) {
		if (TAKEN.matcher(id).matches()) {
			return id;
		}
		return "toolu_" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
	}

}
