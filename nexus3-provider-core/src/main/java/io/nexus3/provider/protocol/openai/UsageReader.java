package io.nexus3.provider.protocol.openai;

import java.math.BigDecimal;
import java.util.regex.Pattern;

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
 * @see <a href=
 * "https://vercel.com/docs/ai-gateway/sdks-and-apis/openai-chat-completions">Vercel AI
 * Gateway, OpenAI chat completions</a>
 */
final class UsageReader {

	private static final Pattern PLAIN_NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{1,30})?");

	private UsageReader() {
	}

	/**
	 * Read usage.
	 * @param raw the usage as sent, or {@code null}
	 * @param gatewayCost what stands as cost at a gateway's own place, as raw JSON, or
	 * {@code null}
	 */
	static @Nullable Usage read(@Nullable String raw, @Nullable String gatewayCost) {
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
				cost(usage, (gatewayCost != null) ? WireJson.tree(gatewayCost) : null), raw);
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

	private static @Nullable BigDecimal cost(JsonNode usage, @Nullable JsonNode gatewayCost) {
		for (JsonNode node : new @Nullable JsonNode[] { usage.get("cost"), usage.get("estimated_cost"), gatewayCost }) {
			BigDecimal cost = (node != null) ? cost(node) : null;
			if (cost != null) {
				return cost;
			}
		}
		return null;
	}

	/** A number, also as text, or an object whose total counts. */
	private static @Nullable BigDecimal cost(JsonNode cost) {
		JsonNode value = cost.isObject() ? cost.path("total_cost") : cost;
		if (value.isNumber()) {
			return value.decimalValueOpt().orElse(null);
		}
		boolean plain = value.isString() && PLAIN_NUMBER.matcher(value.stringValue()).matches();
		return plain ? new BigDecimal(value.stringValue()) : null;
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
