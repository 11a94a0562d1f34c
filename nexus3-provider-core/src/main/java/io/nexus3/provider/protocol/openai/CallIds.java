package io.nexus3.provider.protocol.openai;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Ids of tool calls as they are written. OpenAI refuses ids of more than 40 characters,
 * which other servers give; such an id becomes a shorter one, always the same for the
 * same id, unless it goes back to the provider that gave it. One per request.
 *
 * @see <a href="https://github.com/vercel/ai/issues/5171">vercel/ai issue 5171</a>
 */
final class CallIds {

	private static final int LONGEST = 40;

	private final Map<String, String> written = new HashMap<>();

	/** The id of a call. */
	String call(String id, boolean own) {
		String taken = (own || id.length() <= LONGEST) ? id
				: "call_" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
		this.written.put(id, taken);
		return taken;
	}

	/** The id of the call that a result answers; the call was written before. */
	String result(String id) {
		return this.written.getOrDefault(id, id);
	}

}
