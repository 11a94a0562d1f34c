package io.nexus3.provider.protocol.openai;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.nexus3.provider.FinishReason;
import io.nexus3.provider.FinishReason.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The finish reasons of this format, as data. A new one is no error: it is unknown.
 */
final class FinishReasons {

	private static final Map<Kind, Set<String>> NAMES = Map.of(Kind.STOP,
			Set.of("stop", "end_turn", "stop_sequence", "eos", "eos_token", "complete", "completed"), Kind.LENGTH,
			Set.of("length", "max_tokens", "model_length", "max_output_tokens", "model_context_window_exceeded"),
			Kind.TOOL_CALLS, Set.of("tool_calls", "tool_call", "tool_use", "function_call"), Kind.CONTENT_FILTER,
			Set.of("content_filter", "safety", "refusal", "recitation", "prohibited_content", "blocklist", "spii",
					"sensitive"),
			Kind.PAUSE, Set.of("pause_turn"), Kind.ERROR,
			Set.of("error", "network_error", "insufficient_system_resource", "malformed_function_call", "abort"));

	private static final Map<String, Kind> KINDS = NAMES.entrySet()
		.stream()
		.flatMap((entry) -> entry.getValue().stream().map((name) -> Map.entry(name, entry.getKey())))
		.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

	private FinishReasons() {
	}

	static FinishReason of(@Nullable String raw) {
		Kind kind = (raw != null) ? KINDS.get(name(raw)) : null;
		return new FinishReason((kind != null) ? kind : Kind.UNKNOWN, raw);
	}

	/** Gemini says more after a colon: "content_filter: RECITATION". */
	private static String name(String raw) {
		int colon = raw.indexOf(':');
		return ((colon >= 0) ? raw.substring(0, colon) : raw).strip().toLowerCase(Locale.ROOT);
	}

}
