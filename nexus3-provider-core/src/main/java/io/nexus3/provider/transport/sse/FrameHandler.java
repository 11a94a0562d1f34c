package io.nexus3.provider.transport.sse;

import io.nexus3.provider.wire.SseFrame;

/**
 * Receives the events of one response in the order in which they were sent.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FrameHandler {

	/**
	 * An event is complete.
	 * <p>
	 * An exception thrown here ends the decoder and reaches whoever fed it.
	 * @param frame the event, borrowed: valid only during this call
	 * @return {@code true} to go on, {@code false} when the rest of the response is of no
	 * interest, for example after the event that ends an answer
	 */
	boolean onFrame(SseFrame frame);

}
