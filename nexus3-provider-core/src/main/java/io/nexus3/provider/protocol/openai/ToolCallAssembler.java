package io.nexus3.provider.protocol.openai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.protocol.openai.Chunk.ToolDelta;
import org.jspecify.annotations.Nullable;

/**
 * Puts tool calls together from deltas, healing every broken form that servers send: ids
 * repeated, empty, missing or late, names repeated or split, indexes missing or always 0,
 * whole calls in one delta, calls with nothing in them.
 * <p>
 * Which call a delta belongs to is decided by, in this order: an id that is known; an
 * index that is known, unless the delta clearly begins another call; the call written
 * last, where there is neither. One per response; not thread-safe.
 */
final class ToolCallAssembler {

	/**
	 * Names are put together anew for each piece: one without end would cost its square.
	 */
	private static final int MAX_NAME = 4096;

	private final List<ToolCallDraft> calls = new ArrayList<>();

	private final Map<Integer, ToolCallDraft> byIndex = new HashMap<>();

	private final Map<String, ToolCallDraft> byId = new HashMap<>();

	private final Set<String> ids = new HashSet<>();

	private final int maxArguments;

	private int started;

	private @Nullable ToolCallDraft last;

	ToolCallAssembler(int maxArguments) {
		this.maxArguments = maxArguments;
	}

	/**
	 * Take a delta.
	 * @param delta the delta
	 * @param events takes what it means
	 * @return the call, when this delta began it, or {@code null}
	 */
	@Nullable ToolCallDraft accept(ToolDelta delta, Consumer<? super StreamEvent> events) {
		ToolCallDraft call = find(delta);
		boolean begins = call == null;
		if (call == null) {
			flush(this.last, events);
			call = new ToolCallDraft();
			this.calls.add(call);
		}
		if (delta.index() != null) {
			this.byIndex.put(delta.index(), call);
		}
		if (!delta.id().isEmpty()) {
			this.byId.putIfAbsent(delta.id(), call);
		}
		this.last = call;
		call.append(delta);
		if (call.name().length() > MAX_NAME) {
			throw ProviderException.of(ErrorKind.RESPONSE_TOO_LARGE,
					"The name of a tool call exceeds " + MAX_NAME + " characters");
		}
		if (call.argumentsLength() > this.maxArguments) {
			throw ProviderException.of(ErrorKind.RESPONSE_TOO_LARGE, "The arguments of the tool call '" + call.name()
					+ "' exceed the limit tool-arguments of " + this.maxArguments + " bytes");
		}
		if (call.ready()) {
			announce(call, events);
		}
		return begins ? call : null;
	}

	private @Nullable ToolCallDraft find(ToolDelta delta) {
		ToolCallDraft byIndex = (delta.index() != null) ? this.byIndex.get(delta.index()) : this.last;
		ToolCallDraft byId = delta.id().isEmpty() ? null : this.byId.get(delta.id());
		if (byId != null && (byIndex == null || !byIndex.sentId().equals(delta.id()))) {
			boolean sameIdForAnother = delta.index() != null && byIndex == null && !delta.name().isEmpty();
			return sameIdForAnother ? null : byId;
		}
		return (byIndex != null && byIndex.continuedBy(delta)) ? byIndex : null;
	}

	/**
	 * Announce every call whose arguments have not begun: nothing more of their names
	 * will come.
	 * @param events takes the start events
	 */
	void flush(Consumer<? super StreamEvent> events) {
		this.calls.forEach((call) -> flush(call, events));
	}

	private void flush(@Nullable ToolCallDraft call, Consumer<? super StreamEvent> events) {
		if (call != null && !call.phantom()) {
			announce(call, events);
		}
	}

	private void announce(ToolCallDraft call, Consumer<? super StreamEvent> events) {
		if (!call.announced()) {
			boolean usable = !call.sentId().isEmpty() && this.ids.add(call.sentId());
			call.announce(this.started++, usable ? call.sentId() : null);
		}
		call.emit(events);
	}

	int count() {
		return this.started;
	}

}
