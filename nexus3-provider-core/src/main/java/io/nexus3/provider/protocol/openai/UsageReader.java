package io.nexus3.provider.protocol.openai;

import java.math.BigDecimal;

import io.nexus3.provider.Usage;
import io.nexus3.provider.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Gives usage its one meaning. OpenAI's {@code prompt_tokens} includes what the cache
 * gave, and {@code completion_tokens} includes reasoning; some servers leave reasoning
 * out, which their total tells.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/object">OpenAI, the
 * chat completion object, usage</a>
 * @see <a href="https://openrouter.ai/docs/use-cases/usage-accounting">OpenRouter, usage
 * accounting</a>
 */
final class UsageReader {

	private UsageReader() {
	}

	static @Nullable Usage read(@Nullable String raw) {
		JsonNode usage = (raw != null) ? WireJson.tree(raw) : null;
		if (usage == null || !usage.isObject()) {
			return null;
		}
		JsonNode promptDetails = usage.path("prompt_tokens_details");
		Long input = number(usage.get("prompt_tokens"));
		Long output = number(usage.get("completion_tokens"));
		Long reasoning = first(usage.path("completion_tokens_details").get("reasoning_tokens"),
				usage.get("reasoning_tokens"));
		Long cacheRead = first(promptDetails.get("cached_tokens"), usage.get("prompt_cache_hit_tokens"),
				usage.get("cached_tokens"), usage.get("num_cached_tokens"), usage.get("cache_read_input_tokens"));
		Long cacheWrite = first(promptDetails.get("cache_write_tokens"), usage.get("cache_creation_input_tokens"));
		return new Usage(input, withReasoning(usage, input, output, reasoning), cacheRead, cacheWrite, reasoning,
				cost(usage.get("cost")), raw);
	}

	private static @Nullable Long withReasoning(JsonNode usage, @Nullable Long input, @Nullable Long output,
			@Nullable Long reasoning) {
		Long total = number(usage.get("total_tokens"));
		if (input == null || output == null || reasoning == null || total == null) {
			return output;
		}
		boolean leftOut = reasoning > 0 && total == input + output + reasoning;
		return leftOut ? Long.valueOf(output + reasoning) : output;
	}

	/** A number, or an object whose total counts. */
	private static @Nullable BigDecimal cost(@Nullable JsonNode cost) {
		JsonNode value = (cost != null && cost.isObject()) ? cost.get("total_cost") : cost;
		return (value != null && value.isNumber()) ? value.decimalValueOpt().orElse(null) : null;
	}

	private static @Nullable Long first(@Nullable JsonNode... nodes) {
		for (JsonNode node : nodes) {
			Long number = number(node);
			if (number != null) {
				return number;
			}
		}
		return null;
	}

	/** What is no number of tokens is unknown: an answer is not lost for its bill. */
	private static @Nullable Long number(@Nullable JsonNode node) {
		if (node == null || !node.isNumber() || !node.canConvertToExactIntegral() || !node.canConvertToLong()) {
			return null;
		}
		return node.longValue();
	}

}
