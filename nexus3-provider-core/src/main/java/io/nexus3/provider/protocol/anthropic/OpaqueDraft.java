package io.nexus3.provider.protocol.anthropic;

import java.util.function.Consumer;

import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.VendorJson;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.ToolArgumentsJson;
import io.nexus3.provider.protocol.anthropic.WireEvent.Block;
import io.nexus3.provider.protocol.anthropic.WireEvent.Delta;
import io.nexus3.provider.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A block without a common form: a tool call that the vendor runs itself, its result, a
 * compaction, a kind unknown today. It is kept as raw JSON, with its deltas put where
 * they belong.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/agents-and-tools/tool-use/server-tools">Anthropic,
 * server tools</a>
 */
final class OpaqueDraft implements BlockDraft {

	private final Origin origin;

	private final String type;

	private final RawBlock raw;

	private final StringBuilder input = new StringBuilder();

	private boolean stopped;

	OpaqueDraft(Block block, Origin origin) {
		this.origin = origin;
		this.type = block.type();
		this.raw = new RawBlock(block.fields(), block.raw());
	}

	@Override
	public void start(Consumer<? super StreamEvent> events) {
	}

	@Override
	public int append(Delta delta, Consumer<? super StreamEvent> events) {
		int length = 0;
		if (delta.partialJson != null) {
			this.input.append(delta.partialJson);
			length += delta.partialJson.length();
		}
		length += mergeText("text", delta.text) + mergeText("thinking", delta.thinking);
		delta.fields.forEach(this.raw::merge);
		return length + delta.fields.values().stream().mapToInt(String::length).sum();
	}

	private int mergeText(String field, @Nullable String text) {
		if (text == null) {
			return 0;
		}
		this.raw.merge(field, WireJson.quote(text));
		return text.length();
	}

	@Override
	public void stop(Consumer<? super StreamEvent> events) {
		this.stopped = true;
	}

	@Override
	public @Nullable AssistantPart part(Ending ending) {
		if (ending == Ending.BROKEN_OFF && !this.stopped) {
			return null;
		}
		if (!this.input.toString().isBlank()) {
			this.raw.put("input", ToolArgumentsJson.of(WireJson.toolArguments(this.input.toString())));
		}
		return new OpaquePart(this.type, new VendorJson(this.origin, this.raw.json()));
	}

}
