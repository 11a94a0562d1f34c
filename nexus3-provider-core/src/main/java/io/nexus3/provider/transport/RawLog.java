package io.nexus3.provider.transport;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

import io.nexus3.provider.wire.RawLogListener;
import io.nexus3.provider.wire.RawLogListener.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * Tells raw-log listeners what one attempt sends and gets. What a listener throws is
 * passed on and breaks nothing; keys are taken out first.
 *
 * @since 0.1.0
 */
public final class RawLog {

	private final List<RawLogListener> listeners;

	private final Attempt attempt;

	private final Consumer<Throwable> onFailure;

	private Redactor redactor = new Redactor(null);

	private ChunkText chunks = new ChunkText(this.redactor);

	/**
	 * A raw log of one attempt.
	 * @param listeners who looks
	 * @param attempt which attempt of which call
	 * @param onFailure takes what a listener throws
	 */
	public RawLog(List<RawLogListener> listeners, Attempt attempt, Consumer<Throwable> onFailure) {
		this.listeners = List.copyOf(listeners);
		this.attempt = attempt;
		this.onFailure = onFailure;
	}

	void redactWith(Redactor redactor) {
		this.redactor = redactor;
		this.chunks = new ChunkText(redactor);
	}

	void request(String url, String body) {
		String text = this.redactor.redact(body);
		tell((listener) -> listener.onRequest(this.attempt, url, text));
	}

	void response(int status, String body, boolean truncated) {
		String text = this.redactor.redact(body);
		tell((listener) -> listener.onResponse(this.attempt, status, text, truncated));
	}

	void chunk(ByteBuffer bytes) {
		chunk(this.chunks.add(bytes));
	}

	private void chunk(String text) {
		if (!text.isEmpty()) {
			tell((listener) -> listener.onChunk(this.attempt, text));
		}
	}

	/**
	 * The attempt has ended.
	 * @param outcome how
	 * @param error what went wrong, or {@code null}
	 */
	public void end(String outcome, @Nullable Throwable error) {
		chunk(this.chunks.rest());
		tell((listener) -> listener.onEnd(this.attempt, outcome, error));
	}

	private void tell(Consumer<RawLogListener> what) {
		for (RawLogListener listener : this.listeners) {
			try {
				what.accept(listener);
			}
			catch (Throwable ex) {
				this.onFailure.accept(ex);
			}
		}
	}

}
