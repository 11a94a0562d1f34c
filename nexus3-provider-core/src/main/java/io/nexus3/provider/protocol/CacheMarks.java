package io.nexus3.provider.protocol;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import io.nexus3.provider.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Counts the cache marks that a caller has set, so that the library's own do not pass
 * what Anthropic takes.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/prompt-caching">Anthropic,
 * prompt caching, at most four breakpoints</a>
 * @since 0.1.0
 */
public final class CacheMarks {

	/** The name of a mark. */
	public static final String FIELD = "cache_control";

	private static final int MOST = 4;

	private CacheMarks() {
	}

	/**
	 * How many marks the library may set.
	 * @param supplied how many the caller has set
	 * @return 0 to 4
	 */
	public static int left(int supplied) {
		return Math.max(0, MOST - supplied);
	}

	/**
	 * The marks in extra fields.
	 * @param value a map, a list or anything else
	 * @return how many there are at all levels
	 */
	public static int in(@Nullable Object value) {
		return in(value, Collections.newSetFromMap(new IdentityHashMap<>()));
	}

	/** What contains itself is refused when it is written, and not here. */
	private static int in(@Nullable Object value, Set<Object> path) {
		int marks = 0;
		if (value instanceof Map<?, ?> map && path.add(map)) {
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				boolean mark = FIELD.equals(entry.getKey()) && entry.getValue() != null;
				marks += mark ? 1 : in(entry.getValue(), path);
			}
			path.remove(map);
		}
		else if (value instanceof Iterable<?> elements && path.add(elements)) {
			for (Object element : elements) {
				marks += in(element, path);
			}
			path.remove(elements);
		}
		return marks;
	}

	/**
	 * The marks in a vendor's block.
	 * @param json the block as JSON text
	 * @return 1 where the block is marked, else 0
	 */
	public static int inBlock(String json) {
		if (!json.contains(FIELD)) {
			return 0;
		}
		JsonNode block = WireJson.tree(json);
		JsonNode mark = (block != null) ? block.get(FIELD) : null;
		return (mark != null && !mark.isNull()) ? 1 : 0;
	}

}
