package io.nexus3.provider.protocol.anthropic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.InvalidCallWarning;
import io.nexus3.provider.protocol.anthropic.BlockDraft.Ending;
import io.nexus3.provider.protocol.anthropic.WireEvent.Block;
import io.nexus3.provider.protocol.anthropic.WireEvent.Delta;
import org.jspecify.annotations.Nullable;

/**
 * Collects content blocks by index, linear in their length, and hands them over as
 * events. One per response; not thread-safe.
 */
final class MessageAssembler {

	private final List<BlockDraft> blocks = new ArrayList<>();

	private final Map<Integer, BlockDraft> open = new HashMap<>();

	private final Origin origin;

	private final Limits limits;

	private int calls;

	private long characters;

	MessageAssembler(Origin origin, Limits limits) {
		this.origin = origin;
		this.limits = limits;
	}

	/** The message begins, or begins anew: what came before is void. */
	void restart() {
		this.blocks.clear();
		this.open.clear();
		this.calls = 0;
	}

	/** A block that comes in one piece. */
	void whole(Block block, Consumer<? super StreamEvent> events) {
		begin(block, events).stop(events);
	}

	void start(int index, Block block, Consumer<? super StreamEvent> events) {
		if (this.open.containsKey(index)) {
			// Whatever follows could belong to either of the two.
			throw ProviderException.of(ErrorKind.PROTOCOL,
					"The stream starts the content block " + index + ", which is open already");
		}
		this.open.put(index, begin(block, events));
	}

	private BlockDraft begin(Block block, Consumer<? super StreamEvent> events) {
		count((block.raw() != null) ? block.raw().length() : block.text().length());
		BlockDraft draft = switch (block.type()) {
			case "text" -> new TextDraft(block, this.origin);
			case "thinking", "redacted_thinking" -> new ThinkingDraft(block, this.origin);
			case "tool_use" -> new ToolUseDraft(block, this.calls++, this.limits.toolArguments(), this.origin);
			default -> new OpaqueDraft(block, this.origin);
		};
		this.blocks.add(draft);
		draft.start(events);
		return draft;
	}

	void append(int index, Delta delta, Consumer<? super StreamEvent> events) {
		BlockDraft block = this.open.get(index);
		if (block == null) {
			throw ProviderException.of(ErrorKind.PROTOCOL,
					"The stream holds a piece of the content block " + index + ", which is not open");
		}
		count(block.append(delta, events));
	}

	void stop(int index, Consumer<? super StreamEvent> events) {
		BlockDraft block = this.open.remove(index);
		if (block != null) {
			block.stop(events);
		}
	}

	private void count(int length) {
		this.characters += length;
		if (this.characters > this.limits.responseBody()) {
			throw ProviderException.of(ErrorKind.RESPONSE_TOO_LARGE,
					"The answer exceeds the limit response-body of " + this.limits.responseBody() + " bytes");
		}
	}

	/**
	 * The parts of a whole answer.
	 * @param cutOff whether a limit or a filter cut the answer off
	 * @param events takes what only the end makes sure
	 * @return the parts in order
	 */
	List<AssistantPart> finish(boolean cutOff, Consumer<? super StreamEvent> events) {
		this.open.values().forEach((block) -> block.stop(events));
		this.open.clear();
		List<AssistantPart> parts = parts(cutOff ? Ending.CUT_OFF : Ending.WHOLE);
		parts.forEach(InvalidCallWarning::about);
		return parts;
	}

	/**
	 * The parts of an answer that broke off: no call in it is finished.
	 * @return the parts in order
	 */
	List<AssistantPart> partial() {
		return parts(Ending.BROKEN_OFF);
	}

	/** What cuts an answer off cuts its last block. */
	private List<AssistantPart> parts(Ending ending) {
		List<AssistantPart> parts = new ArrayList<>(this.blocks.size());
		for (int i = 0; i < this.blocks.size(); i++) {
			boolean untouched = ending == Ending.CUT_OFF && i < this.blocks.size() - 1;
			AssistantPart part = this.blocks.get(i).part(untouched ? Ending.WHOLE : ending);
			add(parts, part);
		}
		return parts;
	}

	private static void add(List<AssistantPart> parts, @Nullable AssistantPart part) {
		if (part != null) {
			parts.add(part);
		}
	}

}
