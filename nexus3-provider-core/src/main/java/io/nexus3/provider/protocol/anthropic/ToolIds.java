package io.nexus3.provider.protocol.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids of tool calls as this format takes them. One that it does not take, such as another
 * vendor's, becomes one that it takes: always the same for the same id. An id that an
 * earlier turn has used, as servers that count their calls give it, gets a number: the
 * vendor wants ids to be unique in the whole conversation. One per request.
 */
final class ToolIds {

	private static final Pattern TAKEN = Pattern.compile("[A-Za-z0-9_-]+");

	private final Set<String> used = new HashSet<>();

	private final Map<String, String> last = new HashMap<>();

	/** The id of a call. */
	String call(String id) {
		String taken = taken(id);
		String unique = taken;
		for (int number = 2; !this.used.add(unique); number++) {
			unique = taken + "_" + number;
		}
		this.last.put(id, unique);
		return unique;
	}

	/** The id of the call that a result answers; the call was written before. */
	String result(String id) {
		return this.last.getOrDefault(id, taken(id));
	}

	private static String taken(String id) {
		if (TAKEN.matcher(id).matches()) {
			return id;
		}
		return "toolu_" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
	}

}
