package io.nexus3.provider.wire;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads one answer for the transport, which does not know what it means. Called in this
 * order: {@link #connected}, {@link #requestSent}, {@link #head}, then either frames or
 * one body, then {@link #end}. One per attempt.
 *
 * @param <T> what an answer is read into
 * @since 0.1.0
 */
public interface AnswerReader<T> {

	/**
	 * The attempt got a connection.
	 * @param reused whether the connection has served a request before
	 */
	void connected(boolean reused);

	/**
	 * The request is written.
	 */
	void requestSent();

	/**
	 * Status and headers are here.
	 * @param status the HTTP status
	 * @param headers the headers
	 */
	void head(int status, WireHeaders headers);

	/**
	 * One event of a stream.
	 * @param frame the event, borrowed for this call
	 * @param out takes what was read
	 * @return {@code false} when nothing more is of interest
	 */
	boolean frame(SseFrame frame, List<? super T> out);

	/**
	 * A whole JSON body.
	 * @param body the body
	 * @param out takes what was read
	 */
	void json(byte[] body, List<? super T> out);

	/**
	 * The body has ended as it should. Not called after an error, nor when the reader
	 * wanted nothing more.
	 * @param strayErrorLine what the server wrote on a line {@code error:} of the stream,
	 * or {@code null}
	 * @param out takes what was read
	 */
	void end(@Nullable String strayErrorLine, List<? super T> out);

	/**
	 * The status is not 2xx.
	 * @param failure the answer
	 * @return the error that the attempt ends with
	 */
	RuntimeException failure(HttpFailure failure);

}
