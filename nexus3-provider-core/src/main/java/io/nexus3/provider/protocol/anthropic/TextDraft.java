package io.nexus3.provider.protocol.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.VendorJson;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.anthropic.WireEvent.Block;
import io.nexus3.provider.protocol.anthropic.WireEvent.Delta;
import io.nexus3.provider.protocol.json.WireJson;

/**
 * A {@code text} block, citations included.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/citations">Anthropic,
 * citations</a>
 */
final class TextDraft implements BlockDraft {

	private final Origin origin;

	private final Block block;

	private final StringBuilder text;

	/** What the block holds beside its text. */
	private final RawBlock extras;

	private boolean changed;

	TextDraft(Block block, Origin origin) {
		this.block = block;
		this.origin = origin;
		this.text = new StringBuilder(block.text());
		this.extras = new RawBlock(block.fields(), null);
	}

	@Override
	public void start(Consumer<? super StreamEvent> events) {
		if (!this.text.isEmpty()) {
			events.accept(new ContentDelta(this.text.toString()));
		}
	}

	@Override
	public int append(Delta delta, Consumer<? super StreamEvent> events) {
		int length = 0;
		if (delta.text != null && !delta.text.isEmpty()) {
			this.changed = true;
			this.text.append(delta.text);
			length = delta.text.length();
			events.accept(new ContentDelta(delta.text));
		}
		for (Map.Entry<String, String> field : delta.fields.entrySet()) {
			this.changed = true;
			length += field.getValue().length();
			if (field.getKey().equals("citation")) {
				this.extras.add("citations", field.getValue());
			}
			else {
				this.extras.merge(field.getKey(), field.getValue());
			}
		}
		return length;
	}

	@Override
	public void stop(Consumer<? super StreamEvent> events) {
	}

	@Override
	public AssistantPart part(Ending ending) {
		String text = this.text.toString();
		if (this.extras.isEmpty()) {
			return new TextPart(text);
		}
		return new TextPart(text, new VendorJson(this.origin, json(text)));
	}

	private String json(String text) {
		if (!this.changed && this.block.raw() != null) {
			return this.block.raw();
		}
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("type", "\"text\"");
		fields.put("text", WireJson.quote(text));
		this.extras.forEach(fields::put);
		return RawBlock.object(fields);
	}

}
