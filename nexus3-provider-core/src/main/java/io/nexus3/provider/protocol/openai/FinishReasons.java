package io.nexus3.provider.protocol.openai;

import java.util.Locale;
import java.util.Map;

import io.nexus3.provider.FinishReason;
import io.nexus3.provider.FinishReason.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The finish reasons of this format, as data. A new one is no error: it is unknown.
 */
final class FinishReasons {

	private static final Map<String, Kind> KINDS = Map.ofEntries(Map.entry("stop", Kind.STOP),
			Map.entry("end_turn", Kind.STOP), Map.entry("stop_sequence", Kind.STOP), Map.entry("eos", Kind.STOP),
			Map.entry("length", Kind.LENGTH), Map.entry("max_tokens", Kind.LENGTH),
			Map.entry("model_length", Kind.LENGTH), Map.entry("tool_calls", Kind.TOOL_CALLS),
			Map.entry("tool_use", Kind.TOOL_CALLS), Map.entry("function_call", Kind.TOOL_CALLS),
			Map.entry("content_filter", Kind.CONTENT_FILTER), Map.entry("safety", Kind.CONTENT_FILTER),
			Map.entry("pause_turn", Kind.PAUSE), Map.entry("error", Kind.ERROR));

	private FinishReasons() {
	}

	static FinishReason of(@Nullable String raw) {
		Kind kind = (raw != null) ? KINDS.get(raw.toLowerCase(Locale.ROOT)) : null;
		return new FinishReason((kind != null) ? kind : Kind.UNKNOWN, raw);
	}

}
