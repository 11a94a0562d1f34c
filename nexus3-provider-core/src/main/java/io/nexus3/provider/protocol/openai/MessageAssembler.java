package io.nexus3.provider.protocol.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.ReasoningDelta;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.RefusalDelta;
import io.nexus3.provider.RefusalPart;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.VendorJson;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.InvalidCallWarning;
import io.nexus3.provider.protocol.openai.Chunk.Opaque;
import io.nexus3.provider.protocol.openai.Chunk.Piece;
import io.nexus3.provider.protocol.openai.Chunk.Reasoning;
import io.nexus3.provider.protocol.openai.Chunk.Refusal;
import io.nexus3.provider.protocol.openai.Chunk.Text;
import io.nexus3.provider.protocol.openai.Chunk.ToolDelta;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the model says as ordered parts, linear in its length, and hands it over
 * as events. One per response; not thread-safe.
 */
final class MessageAssembler {

	/** A part costs memory even with nothing in it. */
	private static final int SLOT_COST = 32;

	private final List<Slot> slots = new ArrayList<>();

	private final ReasoningDetails details = new ReasoningDetails();

	private final ToolCallAssembler calls;

	private final Origin origin;

	private final long maxCharacters;

	private @Nullable TextSlot detailsOwner;

	private long characters;

	MessageAssembler(Origin origin, int maxToolArguments, int maxCharacters) {
		this.origin = origin;
		this.calls = new ToolCallAssembler(maxToolArguments);
		this.maxCharacters = maxCharacters;
	}

	void accept(Chunk chunk, Consumer<? super StreamEvent> events) {
		// By index: an iterator for each event is most of what this would allocate.
		for (int i = 0; i < chunk.pieces.size(); i++) {
			accept(chunk.pieces.get(i), events);
		}
		for (int i = 0; i < chunk.toolDeltas.size(); i++) {
			ToolDelta delta = chunk.toolDeltas.get(i);
			count(delta.name().length() + delta.arguments().length()
					+ ((delta.extra() != null) ? delta.extra().length() : 0));
			ToolCallDraft begun = this.calls.accept(delta, events);
			if (begun != null) {
				add(new CallSlot(begun));
			}
		}
	}

	/**
	 * What a chunk says that {@link Chunk#saysOneThing() says one thing}, in other words.
	 */
	void again(Chunk chunk, String text, Consumer<? super StreamEvent> events) {
		if (!chunk.pieces.isEmpty() && chunk.pieces.get(0) instanceof Text) {
			say(text, events);
			return;
		}
		chunk.say(text);
		accept(chunk, events);
	}

	private void say(String text, Consumer<? super StreamEvent> events) {
		append(TextKind.TEXT, text);
		events.accept(new ContentDelta(text));
	}

	private void accept(Piece piece, Consumer<? super StreamEvent> events) {
		if (piece instanceof Text text) {
			say(text.text(), events);
		}
		else if (piece instanceof Reasoning reasoning) {
			append(TextKind.REASONING, reasoning.text());
			events.accept(new ReasoningDelta(reasoning.text()));
		}
		else if (piece instanceof Refusal refusal) {
			append(TextKind.REFUSAL, refusal.text());
			events.accept(new RefusalDelta(refusal.text()));
		}
		else if (piece instanceof Chunk.ReasoningDetails details) {
			acceptDetails(details.json());
		}
		else if (piece instanceof Opaque opaque) {
			count(opaque.json().length());
			add(new OpaqueSlot(opaque));
		}
		else {
			throw new IllegalStateException("Unknown piece " + piece.getClass().getName());
		}
	}

	/**
	 * Details go back as they came; readable reasoning comes in fields of its own, and
	 * what the details repeat of it counts once.
	 */
	private void acceptDetails(String json) {
		count(json.length());
		this.details.append(json);
		if (this.detailsOwner == null && !this.details.isEmpty()) {
			this.detailsOwner = append(TextKind.REASONING, "");
		}
	}

	private TextSlot append(TextKind kind, String text) {
		count(text.length());
		Slot last = this.slots.isEmpty() ? null : this.slots.get(this.slots.size() - 1);
		TextSlot slot = (last instanceof TextSlot open && open.kind == kind) ? open : new TextSlot(kind);
		if (slot != last) {
			add(slot);
		}
		slot.append(text);
		return slot;
	}

	private void add(Slot slot) {
		count(SLOT_COST);
		this.slots.add(slot);
	}

	/**
	 * Hold an answer to its limit.
	 * @param length how many characters more are kept of it
	 */
	void count(int length) {
		this.characters += length;
		if (this.characters > this.maxCharacters) {
			throw ProviderException.of(ErrorKind.RESPONSE_TOO_LARGE,
					"The answer exceeds the limit response-body of " + this.maxCharacters + " bytes");
		}
	}

	void flush(Consumer<? super StreamEvent> events) {
		this.calls.flush(events);
	}

	/**
	 * The parts of a whole answer.
	 * @param cutOff whether a limit, a filter or a failure cut the answer off
	 * @return the parts in order
	 */
	List<AssistantPart> finish(boolean cutOff) {
		List<AssistantPart> parts = parts((call) -> (cutOff && !call.closed())
				? call.cutOff(this.origin, "The answer was cut off before the call was finished")
				: call.finish(this.origin));
		parts.forEach(InvalidCallWarning::about);
		return parts;
	}

	/**
	 * The parts of an answer that broke off: no call in it is finished.
	 * @return the parts in order
	 */
	List<AssistantPart> partial() {
		return parts((call) -> call.cutOff(this.origin, "The answer broke off before the call was finished"));
	}

	private List<AssistantPart> parts(Function<ToolCallDraft, ToolCall> finish) {
		List<AssistantPart> parts = new ArrayList<>(this.slots.size());
		for (Slot slot : this.slots) {
			if (slot instanceof TextSlot text) {
				parts.add(part(text));
			}
			else if (slot instanceof OpaqueSlot opaque) {
				parts.add(new OpaquePart(opaque.opaque.type(), new VendorJson(this.origin, opaque.opaque.json())));
			}
			else if (slot instanceof CallSlot call && !call.call.phantom()) {
				parts.add(finish.apply(call.call));
			}
		}
		return parts;
	}

	private AssistantPart part(TextSlot slot) {
		String text = slot.text();
		return switch (slot.kind) {
			case TEXT -> new TextPart(text);
			case REFUSAL -> new RefusalPart(text);
			case REASONING -> new ReasoningPart(text,
					(slot == this.detailsOwner) ? new VendorJson(this.origin, this.details.json()) : null);
		};
	}

	private enum TextKind {

		TEXT, REASONING, REFUSAL

	}

	private sealed interface Slot permits TextSlot, CallSlot, OpaqueSlot {

	}

	private static final class TextSlot implements Slot {

		private final TextKind kind;

		/** The first piece, which is all there is in a whole answer. */
		private String first = "";

		private @Nullable StringBuilder all;

		TextSlot(TextKind kind) {
			this.kind = kind;
		}

		void append(String text) {
			if (this.all != null) {
				this.all.append(text);
			}
			else if (this.first.isEmpty()) {
				this.first = text;
			}
			else {
				this.all = new StringBuilder(this.first).append(text);
			}
		}

		String text() {
			return (this.all != null) ? this.all.toString() : this.first;
		}

	}

	private record CallSlot(ToolCallDraft call) implements Slot {

	}

	private record OpaqueSlot(Opaque opaque) implements Slot {

	}

}
