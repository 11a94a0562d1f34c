package io.nexus3.provider.transport.sse;

import java.util.Arrays;

/**
 * The data of the event that is being read, and the line that has not ended yet.
 * <p>
 * Data stays in the array it was found in while that array is there. It is copied only
 * when the fed bytes end before the event does, or when a second line is joined to it.
 * One array holds all that is copied: first the data, then the unfinished line. Confined
 * to one decoder; not thread-safe.
 */
final class PendingEvent {

	private static final byte[] NOTHING = new byte[0];

	private static final int FIRST_CAPACITY = 512;

	// More than this is given back after the event that needed it.
	private static final int LARGEST_KEPT = 16 * 1024;

	// What may stand in front of the data in a copied first line: a byte order mark, the
	// field's name, colon and space.
	private static final int LINE_PREFIX = 16;

	private final int maxCapacity;

	private byte[] copy = NOTHING;

	private byte[] data = NOTHING;

	private int dataStart;

	private int dataEnd;

	private int dataLines;

	private int lineStart;

	private int lineEnd;

	PendingEvent(int maxBytes) {
		this.maxCapacity = maxBytes + LINE_PREFIX;
	}

	byte[] data() {
		return this.data;
	}

	int dataStart() {
		return this.dataStart;
	}

	int dataEnd() {
		return this.dataEnd;
	}

	int dataLength() {
		return this.dataEnd - this.dataStart;
	}

	int dataLines() {
		return this.dataLines;
	}

	/**
	 * Add a data line, joined by LF to those before it.
	 * @param bytes the array that holds it; may be {@link #line()}
	 * @param from where the value starts
	 * @param to where it ends
	 */
	void addData(byte[] bytes, int from, int to) {
		this.dataLines++;
		if (this.dataLines == 1) {
			this.data = bytes;
			this.dataStart = from;
			this.dataEnd = to;
			return;
		}
		int length = to - from;
		copyData();
		// The unfinished line lies behind the data in the same array: it moves down.
		if (bytes != this.copy) {
			ensureCapacity(this.dataEnd + 1 + length);
		}
		this.copy[this.dataEnd] = '\n';
		System.arraycopy(bytes, from, this.copy, this.dataEnd + 1, length);
		this.dataEnd += 1 + length;
	}

	byte[] line() {
		return this.copy;
	}

	int lineStart() {
		return this.lineStart;
	}

	int lineEnd() {
		return this.lineEnd;
	}

	int lineLength() {
		return this.lineEnd - this.lineStart;
	}

	/**
	 * Add bytes to the unfinished line.
	 * @param bytes the array that holds them
	 * @param from where they start
	 * @param to where they end
	 */
	void addToLine(byte[] bytes, int from, int to) {
		if (lineLength() == 0) {
			this.lineStart = (this.data == this.copy) ? this.dataEnd : 0;
			this.lineEnd = this.lineStart;
		}
		ensureCapacity(this.lineEnd + to - from);
		System.arraycopy(bytes, from, this.copy, this.lineEnd, to - from);
		this.lineEnd += to - from;
	}

	/**
	 * The unfinished line was read and is no longer needed.
	 */
	void endLine() {
		this.lineStart = 0;
		this.lineEnd = 0;
	}

	/**
	 * Copy the data unless that was done: the array it is in is about to be taken away.
	 */
	void copyData() {
		if (this.data == this.copy || this.dataLines == 0) {
			return;
		}
		int length = dataLength();
		ensureCapacity(length);
		System.arraycopy(this.data, this.dataStart, this.copy, 0, length);
		this.data = this.copy;
		this.dataStart = 0;
		this.dataEnd = length;
	}

	/**
	 * Start the next event.
	 */
	void clear() {
		this.data = NOTHING;
		this.dataStart = 0;
		this.dataEnd = 0;
		this.dataLines = 0;
		endLine();
		if (this.copy.length > LARGEST_KEPT) {
			this.copy = NOTHING;
		}
	}

	/**
	 * Let go of everything.
	 */
	void release() {
		clear();
		this.copy = NOTHING;
	}

	private void ensureCapacity(int needed) {
		if (needed <= this.copy.length) {
			return;
		}
		int doubled = (int) Math.min(Math.max(2L * this.copy.length, FIRST_CAPACITY), this.maxCapacity);
		byte[] grown = Arrays.copyOf(this.copy, Math.max(doubled, needed));
		if (this.data == this.copy) {
			this.data = grown;
		}
		this.copy = grown;
	}

}
