package io.nexus3.provider.protocol.openai;

import java.util.function.Consumer;

import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolCallDelta;
import io.nexus3.provider.ToolCallStarted;
import io.nexus3.provider.VendorJson;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.ToolCallIds;
import io.nexus3.provider.protocol.json.WireJson;
import io.nexus3.provider.protocol.openai.Chunk.ToolDelta;
import org.jspecify.annotations.Nullable;

/**
 * A tool call in the making. Its start is announced when its name is sure to be whole:
 * with the first piece of arguments, or when something else comes.
 */
final class ToolCallDraft {

	private final StringBuilder arguments = new StringBuilder();

	private final JsonBalance balance = new JsonBalance();

	/** The last piece of the arguments, possibly empty. */
	private String piece = "";

	private String sentId = "";

	private String name = "";

	private @Nullable String extra;

	private @Nullable String id;

	private int index = -1;

	private boolean startEmitted;

	/** How many characters of the arguments have been handed over. */
	private int emitted;

	/**
	 * Whether a delta that has the same index, or neither index nor id, goes on with this
	 * call. A name that comes when this call has one already is a repetition, a further
	 * part, or the beginning of another call: the arguments tell.
	 */
	boolean continuedBy(ToolDelta delta) {
		if (delta.name().isEmpty() || this.name.isEmpty()) {
			return true;
		}
		boolean otherId = !delta.id().isEmpty() && !this.sentId.isEmpty() && !delta.id().equals(this.sentId);
		if (otherId) {
			return false;
		}
		if (this.arguments.isEmpty()) {
			return true;
		}
		return delta.name().equals(this.name) && !this.balance.complete();
	}

	void append(ToolDelta delta) {
		if (this.sentId.isEmpty()) {
			this.sentId = delta.id();
		}
		if (!delta.name().isEmpty() && this.arguments.isEmpty()) {
			// A name comes again, grown, or as a further part.
			this.name = delta.name().startsWith(this.name) ? delta.name() : this.name + delta.name();
		}
		if (delta.extra() != null) {
			this.extra = delta.extra();
		}
		this.piece = delta.arguments();
		this.arguments.append(this.piece);
		this.balance.append(this.piece);
	}

	boolean ready() {
		return !this.name.isEmpty() && !this.arguments.isEmpty();
	}

	boolean announced() {
		return this.id != null;
	}

	void announce(int index, @Nullable String id) {
		this.index = index;
		this.id = (id != null) ? id : ToolCallIds.next("call_");
	}

	void emit(Consumer<? super StreamEvent> events) {
		if (!this.startEmitted) {
			this.startEmitted = true;
			events.accept(new ToolCallStarted(this.index, id(), this.name));
		}
		int pending = this.arguments.length() - this.emitted;
		if (pending > 0) {
			// Mostly it is the piece that came last.
			String piece = (pending == this.piece.length()) ? this.piece : this.arguments.substring(this.emitted);
			events.accept(new ToolCallDelta(this.index, piece));
			this.emitted = this.arguments.length();
		}
	}

	String id() {
		return (this.id != null) ? this.id : this.sentId;
	}

	String sentId() {
		return this.sentId;
	}

	String name() {
		return this.name;
	}

	int argumentsLength() {
		return this.arguments.length();
	}

	/** Whether it is only a shell: nothing that means something ever came. */
	boolean phantom() {
		return this.name.isEmpty() && this.arguments.isEmpty() && this.extra == null;
	}

	/** Whether nothing is missing at the end of its arguments. */
	boolean closed() {
		return this.balance.complete();
	}

	ToolCall finish(Origin origin) {
		if (this.name.isEmpty()) {
			return cutOff(origin, "The call has no name");
		}
		return toolCall(origin, WireJson.toolArguments(this.arguments.toString()));
	}

	ToolCall cutOff(Origin origin, String reason) {
		return toolCall(origin, ToolArguments.invalid(this.arguments.toString(), reason));
	}

	private ToolCall toolCall(Origin origin, ToolArguments toolArguments) {
		if (!announced()) {
			announce(-1, this.sentId.isEmpty() ? null : this.sentId);
		}
		VendorJson vendorJson = (this.extra != null) ? new VendorJson(origin, this.extra) : null;
		return new ToolCall(id(), this.name, toolArguments, vendorJson);
	}

}
