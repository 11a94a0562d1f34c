package io.nexus3.provider.observation;

import java.time.Duration;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.registry.CallListener.CallInfo;
import io.nexus3.provider.registry.CallTrace.CallEnd;
import org.jspecify.annotations.Nullable;

/**
 * One call, from its start to its end, with all its attempts. A sender's context, so that
 * its span is a client's; nothing is put on the wire through it. One per call; what is
 * not known yet is {@code null}.
 *
 * @since 0.1.0
 */
public final class ChatObservationContext extends SenderContext<Object> {

	private final CallInfo call;

	private final ModelLabels labels;

	private final boolean contentIncluded;

	private @Nullable Duration timeToFirstChunk;

	private @Nullable CallEnd end;

	/**
	 * A call that begins.
	 * @param call which call
	 * @param labels names models
	 * @param contentIncluded whether prompts and answers may be recorded
	 */
	public ChatObservationContext(CallInfo call, ModelLabels labels, boolean contentIncluded) {
		super((carrier, key, value) -> {
		}, Kind.CLIENT);
		setCarrier(new Object());
		this.call = call;
		this.labels = labels;
		this.contentIncluded = contentIncluded;
	}

	/**
	 * Which call.
	 * @return the call
	 */
	public CallInfo getCall() {
		return this.call;
	}

	/**
	 * Whether the application wants prompts and answers recorded.
	 * @return whether they may be recorded
	 */
	public boolean isContentIncluded() {
		return this.contentIncluded;
	}

	/**
	 * The model asked for as a label of bounded cardinality.
	 * @return the label
	 */
	public String getRequestModelLabel() {
		return this.labels.requested(this.call.model().modelId());
	}

	/**
	 * The model that answered as a label of bounded cardinality.
	 * @return the label, {@code none} as long as it is unknown
	 */
	public String getResponseModelLabel() {
		return this.labels.answering(Labels.answeringModel(getMessage()));
	}

	/**
	 * How long the first event of a stream took, retries included.
	 * @return the time, or {@code null} where none came or no stream was asked for
	 */
	public @Nullable Duration getTimeToFirstChunk() {
		return this.timeToFirstChunk;
	}

	void setTimeToFirstChunk(Duration timeToFirstChunk) {
		this.timeToFirstChunk = timeToFirstChunk;
	}

	/**
	 * How the call ended.
	 * @return the end, or {@code null} as long as it goes on
	 */
	public @Nullable CallEnd getEnd() {
		return this.end;
	}

	void setEnd(CallEnd end) {
		this.end = end;
	}

	/**
	 * The answer, or what had arrived when the call failed or was cancelled.
	 * @return the message, or {@code null}
	 */
	public @Nullable AssistantMessage getMessage() {
		return (this.end != null) ? this.end.message() : null;
	}

}
