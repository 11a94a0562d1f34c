package io.nexus3.provider.wire;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * One server-sent event as a slice of bytes: no string is made until somebody asks for
 * one.
 * <p>
 * The slice is borrowed: it is valid only during the call that hands the frame over, and
 * the same frame object is filled again for the next event. Whoever needs more copies.
 * Confined to one response; not thread-safe.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG
 * HTML, server-sent events</a>
 * @since 0.1.0
 */
public final class SseFrame {

	private byte[] buffer = new byte[0];

	private int offset;

	private int length;

	private @Nullable String event;

	private String id = "";

	/**
	 * Point the frame at an event.
	 * @param event the event type, or {@code null} for the default ({@code message})
	 * @param id the last event id at dispatch, empty when none was set
	 * @param buffer the bytes that hold the data
	 * @param offset where the data starts
	 * @param length how many bytes of data there are
	 */
	public void set(@Nullable String event, String id, byte[] buffer, int offset, int length) {
		this.event = event;
		this.id = id;
		this.buffer = buffer;
		this.offset = offset;
		this.length = length;
	}

	/**
	 * The event type as sent.
	 * @return the type, or {@code null} when the server named none
	 */
	public @Nullable String event() {
		return this.event;
	}

	/**
	 * The last event id.
	 * @return the id, empty when the server never sent one
	 */
	public String id() {
		return this.id;
	}

	/**
	 * The array that holds the data between {@link #offset()} and {@link #length()}.
	 * @return the array, not to be changed
	 */
	public byte[] buffer() {
		return this.buffer;
	}

	/**
	 * Where the data starts.
	 * @return an index into {@link #buffer()}
	 */
	public int offset() {
		return this.offset;
	}

	/**
	 * How long the data is.
	 * @return a number of bytes
	 */
	public int length() {
		return this.length;
	}

	/**
	 * Whether the data is nothing but white space and control characters, such as an
	 * empty keep-alive.
	 * @return whether there is nothing to read
	 */
	public boolean isBlank() {
		for (int i = this.offset; i < this.offset + this.length; i++) {
			if (this.buffer[i] > ' ' || this.buffer[i] < 0) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The data as text, for logs, tests and rare paths.
	 * @return the data decoded as UTF-8, invalid bytes replaced
	 */
	public String text() {
		return new String(this.buffer, this.offset, this.length, StandardCharsets.UTF_8);
	}

}
