package io.nexus3.provider.conformance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.ResponseInfo;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.Usage;
import io.nexus3.provider.VendorError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares a reading with what an exchange means, field by field.
 */
final class Agreement {

	private static final JsonMapper JSON = new JsonMapper();

	private final WireCase wireCase;

	private final Reading reading;

	private final List<String> differences = new ArrayList<>();

	private Agreement(WireCase wireCase, Reading reading) {
		this.wireCase = wireCase;
		this.reading = reading;
	}

	static List<String> differences(WireCase wireCase, Reading reading) {
		Agreement agreement = new Agreement(wireCase, reading);
		agreement.compare();
		return agreement.differences;
	}

	private void compare() {
		JsonNode expected = this.wireCase.expected();
		if (this.wireCase.isComplete()) {
			AssistantMessage message = this.reading.message();
			if (message == null) {
				differ("complete", "a message", describe(this.reading.error()));
				return;
			}
			compareMessage(expected, message);
			compareEvents(expected);
		}
		else {
			compareError(expected);
		}
	}

	private void compareMessage(JsonNode expected, AssistantMessage message) {
		same("content", expected.get("content").stringValue(), message.text());
		same("reasoning", expected.get("reasoning").stringValue(), message.reasoning());
		compareToolCalls(expected.at("/normal/tool_calls"), message.toolCalls());
		String raw = (message.finishReason() != null) ? message.finishReason().raw() : null;
		same("finish_reason", text(expected.get("finish_reason")), raw);
		compareUsage(expected, message.usage());
		ResponseInfo response = message.response();
		same("model", nonEmpty(text(expected.get("model"))), (response != null) ? response.model() : null);
		if (this.wireCase.format().equals("anthropic")) {
			compareBlocks(expected, message);
		}
		if (expected.has("stop_sequence")) {
			String kept = (response != null) ? response.vendorFields().get("stop_sequence") : null;
			same("stop_sequence", text(expected.get("stop_sequence")),
					(kept != null) ? JSON.readTree(kept).asString() : null);
		}
		if (expected.has("refusal")) {
			same("refusal", text(expected.get("refusal")), message.refusal());
		}
	}

	private void compareBlocks(JsonNode expected, AssistantMessage message) {
		same("blocks", expected.get("blocks").valueStream().map(JsonNode::asString).toList(),
				message.parts().stream().map(Agreement::blockType).toList());
		List<JsonNode> calls = message.parts()
			.stream()
			.filter(OpaquePart.class::isInstance)
			.map(OpaquePart.class::cast)
			.filter((part) -> part.type().equals("server_tool_use") || part.type().equals("mcp_tool_use"))
			.map((part) -> JSON.readTree(part.vendorJson().json()))
			.toList();
		JsonNode expectedCalls = expected.path("server_tool_calls");
		same("server_tool_calls.size", expectedCalls.size(), calls.size());
		for (int i = 0; i < Math.min(expectedCalls.size(), calls.size()); i++) {
			JsonNode call = expectedCalls.get(i);
			same("server_tool_calls.id", text(call.get("id")), text(calls.get(i).get("id")));
			same("server_tool_calls.name", text(call.get("name")), text(calls.get(i).get("name")));
			differWhen(!sameJson(call.get("arguments"), calls.get(i).get("input")), "server_tool_calls.arguments",
					call.get("arguments"), calls.get(i).get("input"));
		}
	}

	/** The type of the block that a part was: vendor data says it itself. */
	private static String blockType(AssistantPart part) {
		if (part instanceof ToolCall) {
			return "tool_use";
		}
		if (part instanceof ReasoningPart reasoning) {
			return JSON.readTree(reasoning.vendorJson().json()).get("type").asString();
		}
		return (part instanceof OpaquePart opaque) ? opaque.type() : "text";
	}

	private void compareToolCalls(JsonNode all, List<ToolCall> calls) {
		// A call with neither name nor arguments does not exist.
		List<JsonNode> expected = all.valueStream()
			.filter((call) -> !call.path("name").asString("").isEmpty()
					|| !"".equals(call.path("arguments").asString("-")))
			.toList();
		same("tool_calls.size", expected.size(), calls.size());
		for (int i = 0; i < Math.min(expected.size(), calls.size()); i++) {
			JsonNode call = expected.get(i);
			ToolCall actual = calls.get(i);
			same("tool_calls.name", text(call.get("name")), actual.name());
			if (call.get("id").isNull()) {
				differWhen(actual.id().isEmpty(), "tool_calls.id", "a generated id", "none");
			}
			else {
				same("tool_calls.id", text(call.get("id")), actual.id());
			}
			JsonNode arguments = call.get("arguments");
			if (arguments.isObject()) {
				JsonNode map = JSON.valueToTree(actual.arguments().asMap());
				differWhen(!actual.arguments().valid() || !sameJson(arguments, map), "tool_calls.arguments",
						arguments.toString(), String.valueOf(actual.arguments().raw()));
			}
			else {
				differWhen(actual.arguments().valid(), "tool_calls.arguments", "invalid", "valid");
				same("tool_calls.arguments", arguments.isString() ? arguments.stringValue() : arguments.toString(),
						actual.arguments().raw());
			}
		}
	}

	private void compareUsage(JsonNode expected, @Nullable Usage usage) {
		JsonNode normal = expected.at("/normal/usage");
		number("usage.input", normal.get("input"), (usage != null) ? usage.inputTokens() : null);
		number("usage.output", normal.get("output"), (usage != null) ? usage.outputTokens() : null);
		number("usage.cache_read", normal.get("cache_read"), (usage != null) ? usage.cacheReadTokens() : null);
		number("usage.cache_write", normal.get("cache_write"), (usage != null) ? usage.cacheWriteTokens() : null);
		number("usage.reasoning", normal.get("reasoning"), (usage != null) ? usage.reasoningTokens() : null);
		number("usage.cost", normal.get("cost"), (usage != null) ? usage.cost() : null);
		JsonNode raw = expected.get("usage").isNull() ? expected.at("/usage_alt/usage") : expected.get("usage");
		if (raw.isObject()) {
			JsonNode actual = (usage != null && usage.raw() != null) ? JSON.readTree(usage.raw()) : null;
			differWhen(actual == null || !sameJson(raw, actual), "usage.raw", raw.toString(), String.valueOf(actual));
		}
	}

	private void compareEvents(JsonNode expected) {
		if (!this.reading.streamed()) {
			return;
		}
		same("completion events", 1L, this.reading.completions());
		same("content deltas", expected.get("content").stringValue(), this.reading.contentDeltas());
		same("reasoning deltas", expected.get("reasoning").stringValue(), this.reading.reasoningDeltas());
	}

	private void compareError(JsonNode expected) {
		if (!(this.reading.error() instanceof ProviderException error)) {
			differ("complete", "a typed error",
					(this.reading.error() != null) ? describe(this.reading.error()) : "a message");
			return;
		}
		same("completion events", 0L, this.reading.completions());
		JsonNode expectedError = expected.get("error");
		if (expectedError.isObject()) {
			VendorError vendor = error.vendor();
			same("error.status", expectedError.get("status").intValue(), vendor.status());
			same("error.type", text(expectedError.get("type")), vendor.type());
			compareCode(expectedError.get("code"), vendor.code());
		}
		JsonNode message = expected.at("/normal/error_message");
		if (message.isString()) {
			differWhen(!fold(String.valueOf(error.getMessage())).contains(fold(message.stringValue())), "error message",
					message.stringValue(), error.getMessage());
		}
		String content = expected.get("content").stringValue();
		if (this.wireCase.isStream() && !content.isEmpty()) {
			AssistantMessage partial = error.partialMessage();
			same("partial content", content, (partial != null) ? partial.text() : null);
		}
	}

	private void compareCode(JsonNode expected, @Nullable Object actual) {
		if (expected.isNumber()) {
			differWhen(!(actual instanceof Number number) || number.longValue() != expected.longValue(), "error.code",
					expected.toString(), actual);
		}
		else {
			same("error.code", text(expected), actual);
		}
	}

	private void number(String field, JsonNode expected, @Nullable Number actual) {
		if (expected.isNull() || actual == null) {
			differWhen(expected.isNull() != (actual == null), field, expected.toString(), actual);
			return;
		}
		BigDecimal number = (actual instanceof BigDecimal decimal) ? decimal : BigDecimal.valueOf(actual.longValue());
		differWhen(expected.decimalValue().compareTo(number) != 0, field, expected.toString(), actual);
	}

	/** Equal as JSON: numbers by value, however they are written. */
	static boolean sameJson(JsonNode one, JsonNode other) {
		if (one.isNumber() && other.isNumber()) {
			return one.doubleValue() == other.doubleValue();
		}
		if (one.isObject() && other.isObject()) {
			return one.size() == other.size() && one.propertyStream()
				.allMatch(
						(entry) -> other.has(entry.getKey()) && sameJson(entry.getValue(), other.get(entry.getKey())));
		}
		if (one.isArray() && other.isArray()) {
			for (int i = 0; i < one.size(); i++) {
				if (i >= other.size() || !sameJson(one.get(i), other.get(i))) {
					return false;
				}
			}
			return one.size() == other.size();
		}
		return one.equals(other);
	}

	private static @Nullable String text(@Nullable JsonNode node) {
		return (node != null && !node.isNull()) ? node.asString() : null;
	}

	/** An empty name is no name. */
	private static @Nullable String nonEmpty(@Nullable String text) {
		return (text != null && !text.isEmpty()) ? text : null;
	}

	private static String fold(String text) {
		return text.replaceAll("\\s+", " ").strip();
	}

	private static String describe(@Nullable Throwable error) {
		return String.valueOf(error);
	}

	private void same(String field, @Nullable Object expected, @Nullable Object actual) {
		differWhen(!Objects.equals(expected, actual), field, expected, actual);
	}

	private void differWhen(boolean different, String field, @Nullable Object expected, @Nullable Object actual) {
		if (different) {
			differ(field, expected, actual);
		}
	}

	private void differ(String field, @Nullable Object expected, @Nullable Object actual) {
		this.differences
			.add(this.reading.how() + ": " + field + ": expected " + cut(expected) + " but was " + cut(actual));
	}

	private static String cut(@Nullable Object value) {
		String text = String.valueOf(value);
		return (text.length() > 300) ? text.substring(0, 300) + "..." : text;
	}

}
