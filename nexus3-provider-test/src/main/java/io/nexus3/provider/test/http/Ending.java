package io.nexus3.provider.test.http;

/**
 * What the server does after the last step of a response.
 *
 * @since 0.1.0
 */
public enum Ending {

	/**
	 * The body is ended as its framing demands, and the connection is kept for the next
	 * request unless framing or request forbid that.
	 */
	CLEAN,

	/**
	 * As {@link #CLEAN}, but the connection is then closed without having been announced
	 * as closing: the next request on it meets a dead socket.
	 */
	CLEAN_THEN_CLOSE,

	/**
	 * The connection is closed (FIN) where the script ends: no terminating chunk is sent,
	 * and a promised length is not reached.
	 */
	CLOSE,

	/**
	 * The connection is reset (RST). As on a real network, bytes that the client's system
	 * has not taken yet may be lost; put a {@link BodyStep.Await} or a
	 * {@link BodyStep.Pause} before the end where the client must have seen them.
	 */
	RESET,

	/**
	 * Nothing more is sent and the connection stays open until one side closes it.
	 */
	STALL

}
