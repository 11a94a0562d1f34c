package io.nexus3.provider.protocol.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolCallDelta;
import io.nexus3.provider.ToolCallStarted;
import io.nexus3.provider.VendorJson;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.ToolCallIds;
import io.nexus3.provider.protocol.anthropic.WireEvent.Block;
import io.nexus3.provider.protocol.anthropic.WireEvent.Delta;
import io.nexus3.provider.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tool_use} block. Its input is parsed once, when the block is whole: from its
 * deltas, or from its start where no delta comes.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/streaming">Anthropic, streaming
 * messages, input JSON delta</a>
 */
final class ToolUseDraft implements BlockDraft {

	private final StringBuilder input = new StringBuilder();

	private final Origin origin;

	private final int index;

	private final int maxInput;

	private final String id;

	private final String name;

	private final @Nullable String startInput;

	/** What the block holds besides. */
	private final RawBlock extra;

	private @Nullable ToolArguments arguments;

	ToolUseDraft(Block block, int index, int maxInput, Origin origin) {
		this.index = index;
		this.maxInput = maxInput;
		this.origin = origin;
		Map<String, String> fields = new LinkedHashMap<>(block.fields());
		fields.remove("type");
		String id = WireJson.unquote(fields.remove("id"));
		this.id = id.isEmpty() ? ToolCallIds.next("toolu_") : id;
		this.name = WireJson.unquote(fields.remove("name"));
		this.startInput = fields.remove("input");
		fields.values().removeIf("null"::equals);
		this.extra = new RawBlock(fields, null);
	}

	@Override
	public void start(Consumer<? super StreamEvent> events) {
		events.accept(new ToolCallStarted(this.index, this.id, this.name));
	}

	@Override
	public int append(Delta delta, Consumer<? super StreamEvent> events) {
		delta.fields.forEach(this.extra::merge);
		int length = delta.fields.values().stream().mapToInt(String::length).sum();
		String piece = delta.partialJson;
		if (piece == null || piece.isEmpty()) {
			return length;
		}
		this.input.append(piece);
		checkLength();
		events.accept(new ToolCallDelta(this.index, piece));
		return length + piece.length();
	}

	@Override
	public void stop(Consumer<? super StreamEvent> events) {
		if (this.input.isEmpty() && this.startInput != null && !isEmptyObject(this.startInput)) {
			this.input.append(this.startInput);
			checkLength();
			events.accept(new ToolCallDelta(this.index, this.startInput));
		}
		this.arguments = parse();
	}

	@Override
	public AssistantPart part(Ending ending) {
		return new ToolCall(this.id, this.name, arguments(ending),
				this.extra.isEmpty() ? null : new VendorJson(this.origin, this.extra.json()));
	}

	private ToolArguments arguments(Ending ending) {
		String raw = this.input.toString();
		if (ending == Ending.BROKEN_OFF) {
			return ToolArguments.invalid(raw, "The answer broke off before the call was finished");
		}
		ToolArguments parsed = (this.arguments != null) ? this.arguments : parse();
		if (ending == Ending.CUT_OFF && (raw.isBlank() || !parsed.valid())) {
			return ToolArguments.invalid(raw, "The answer was cut off before the call was finished");
		}
		return parsed;
	}

	private ToolArguments parse() {
		String raw = this.input.isEmpty() && this.startInput != null ? this.startInput : this.input.toString();
		return WireJson.toolArguments(raw);
	}

	private void checkLength() {
		if (this.input.length() > this.maxInput) {
			throw ProviderException.of(ErrorKind.RESPONSE_TOO_LARGE, "The arguments of the tool call '" + this.name
					+ "' exceed the limit tool-arguments of " + this.maxInput + " bytes");
		}
	}

	private static boolean isEmptyObject(String json) {
		return json.replaceAll("\\s", "").equals("{}");
	}

}
