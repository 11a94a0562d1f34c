package io.nexus3.provider.protocol.anthropic;

import java.math.BigDecimal;

import io.nexus3.provider.Usage;
import io.nexus3.provider.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives usage its one meaning. This format's {@code input_tokens} leaves out what was
 * read from the cache and written to it.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/prompt-caching">Anthropic,
 * prompt caching, tracking cache performance</a>
 */
final class UsageReader {

	private UsageReader() {
	}

	/**
	 * The usage so far: numbers are totals, and a later one replaces an earlier one.
	 * @param earlier the usage of the start of the message, or {@code null}
	 * @param later the usage of a delta of the message, or {@code null}
	 * @return both in one, as raw JSON
	 */
	static @Nullable String overlay(@Nullable String earlier, @Nullable String later) {
		if (earlier == null || later == null) {
			return (later != null) ? later : earlier;
		}
		if (WireJson.tree(earlier) instanceof ObjectNode usage && WireJson.tree(later) instanceof ObjectNode delta) {
			delta.forEachEntry((name, value) -> {
				if (!value.isNull()) {
					usage.set(name, value);
				}
			});
			return usage.toString();
		}
		return earlier;
	}

	static @Nullable Usage read(@Nullable String raw) {
		JsonNode usage = (raw != null) ? WireJson.tree(raw) : null;
		if (usage == null || !usage.isObject()) {
			return null;
		}
		Long fresh = number(usage.get("input_tokens"));
		Long cacheRead = number(usage.get("cache_read_input_tokens"));
		Long cacheWrite = number(usage.get("cache_creation_input_tokens"));
		Long input = (fresh != null) ? Long.valueOf(fresh + orZero(cacheRead) + orZero(cacheWrite)) : null;
		return new Usage(input, number(usage.get("output_tokens")), cacheRead, cacheWrite,
				number(usage.path("output_tokens_details").get("thinking_tokens")), cost(usage.get("cost")), raw);
	}

	private static long orZero(@Nullable Long number) {
		return (number != null) ? number : 0;
	}

	/** Routers that speak this format say what a call cost. */
	private static @Nullable BigDecimal cost(@Nullable JsonNode cost) {
		return (cost != null && cost.isNumber()) ? cost.decimalValueOpt().orElse(null) : null;
	}

	/** What is no number of tokens is unknown: an answer is not lost for its bill. */
	private static @Nullable Long number(@Nullable JsonNode node) {
		if (node == null || !node.isNumber() || !node.canConvertToExactIntegral() || !node.canConvertToLong()) {
			return null;
		}
		return node.longValue();
	}

}
