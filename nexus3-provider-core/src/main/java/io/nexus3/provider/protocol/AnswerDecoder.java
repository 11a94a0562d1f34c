package io.nexus3.provider.protocol;

import java.util.function.Consumer;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.wire.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * Folds one answer into events and a message: a stream frame by frame, or a JSON body in
 * one go. One per response; not thread-safe.
 * <p>
 * Life cycle: either any number of {@link #frame}s, or one {@link #json}; then
 * {@link #finish}, or {@link #partial} after a failure. Every method but {@code partial}
 * throws a {@link io.nexus3.provider.ProviderException} when the answer is or holds an
 * error.
 *
 * @since 0.1.0
 */
public interface AnswerDecoder {

	/**
	 * Take one event of a stream.
	 * @param frame the event, borrowed for this call
	 * @param events takes what the event means, possibly nothing
	 */
	void frame(SseFrame frame, Consumer<? super StreamEvent> events);

	/**
	 * Take a whole answer.
	 * @param body the body
	 * @param events takes what the answer would have been as a stream
	 */
	void json(byte[] body, Consumer<? super StreamEvent> events);

	/**
	 * Whether the terminal marker has come: what follows is ignored.
	 * @return whether the stream is over
	 */
	boolean terminated();

	/**
	 * Whether the answer is whole, so that losing the connection now loses nothing of it.
	 * @return whether the wire said that the model is done
	 */
	boolean complete();

	/**
	 * How many events with data have come.
	 * @return a count
	 */
	long frames();

	/**
	 * The message, after a clean end.
	 * @param strayErrorLine what the server wrote on a line {@code error:} of the stream,
	 * which is no field of an event stream, or {@code null}
	 * @param events takes what only the end makes sure
	 * @return the whole message
	 */
	AssistantMessage finish(@Nullable String strayErrorLine, Consumer<? super StreamEvent> events);

	/**
	 * What has arrived, after a failure. Tool calls in it are marked invalid.
	 * @return the partial message
	 */
	AssistantMessage partial();

}
