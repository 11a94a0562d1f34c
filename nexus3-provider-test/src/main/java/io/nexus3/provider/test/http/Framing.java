package io.nexus3.provider.test.http;

/**
 * How the end of a response body is marked on the wire.
 *
 * @since 0.1.0
 */
public enum Framing {

	/**
	 * {@code Transfer-Encoding: chunked}, one chunk a write.
	 */
	CHUNKED,

	/**
	 * {@code Content-Length}, which is the sum of the scripted writes unless the script
	 * sets that header itself (a wrong one, for instance).
	 */
	LENGTH,

	/**
	 * No length and no chunks: the body lasts until the connection closes.
	 */
	UNTIL_CLOSE,

	/**
	 * No body and no header about one, as for status 204.
	 */
	NONE

}
