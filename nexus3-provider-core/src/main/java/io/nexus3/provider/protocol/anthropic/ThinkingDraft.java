package io.nexus3.provider.protocol.anthropic;

import java.util.function.Consumer;

import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.ReasoningDelta;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.VendorJson;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.anthropic.WireEvent.Block;
import io.nexus3.provider.protocol.anthropic.WireEvent.Delta;
import io.nexus3.provider.protocol.json.WireJson;

/**
 * A {@code thinking} or {@code redacted_thinking} block. Its text may be empty where the
 * vendor shows none; the signature is kept all the same.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/extended-thinking">Anthropic,
 * extended thinking</a>
 */
final class ThinkingDraft implements BlockDraft {

	private final Origin origin;

	private final StringBuilder text;

	private final RawBlock raw;

	private boolean textCame;

	private boolean stopped;

	ThinkingDraft(Block block, Origin origin) {
		this.origin = origin;
		this.text = new StringBuilder(block.thinking());
		this.raw = new RawBlock(block.fields(), block.raw());
	}

	@Override
	public void start(Consumer<? super StreamEvent> events) {
		if (!this.text.isEmpty()) {
			events.accept(new ReasoningDelta(this.text.toString()));
		}
	}

	@Override
	public int append(Delta delta, Consumer<? super StreamEvent> events) {
		int length = 0;
		if (delta.thinking != null && !delta.thinking.isEmpty()) {
			this.textCame = true;
			this.text.append(delta.thinking);
			length = delta.thinking.length();
			events.accept(new ReasoningDelta(delta.thinking));
		}
		delta.fields.forEach((name, value) -> {
			if (name.equals("signature")) {
				this.raw.put(name, value);
			}
			else {
				this.raw.merge(name, value);
			}
		});
		return length + delta.fields.values().stream().mapToInt(String::length).sum();
	}

	@Override
	public void stop(Consumer<? super StreamEvent> events) {
		this.stopped = true;
	}

	@Override
	public AssistantPart part(Ending ending) {
		String text = this.text.toString();
		if (ending == Ending.BROKEN_OFF && !this.stopped) {
			// A block without its signature would be refused.
			return new ReasoningPart(text, null);
		}
		if (this.textCame) {
			this.raw.put("thinking", WireJson.quote(text));
		}
		return new ReasoningPart(text, new VendorJson(this.origin, this.raw.json()));
	}

}
