package io.nexus3.provider.protocol.anthropic;

import java.util.Locale;
import java.util.Map;

import io.nexus3.provider.FinishReason;
import io.nexus3.provider.FinishReason.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The stop reasons of this format, as data. A new one is no error: it is unknown.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons">Anthropic,
 * handling stop reasons</a>
 */
final class StopReasons {

	private static final Map<String, Kind> KINDS = Map.of("end_turn", Kind.STOP, "stop_sequence", Kind.STOP,
			"max_tokens", Kind.LENGTH, "model_context_window_exceeded", Kind.LENGTH, "tool_use", Kind.TOOL_CALLS,
			"pause_turn", Kind.PAUSE, "compaction", Kind.PAUSE, "refusal", Kind.CONTENT_FILTER);

	private StopReasons() {
	}

	static FinishReason of(@Nullable String raw) {
		Kind kind = (raw != null) ? KINDS.get(raw.toLowerCase(Locale.ROOT)) : null;
		return new FinishReason((kind != null) ? kind : Kind.UNKNOWN, raw);
	}

}
