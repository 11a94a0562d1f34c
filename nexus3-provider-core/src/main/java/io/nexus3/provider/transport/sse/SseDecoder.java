package io.nexus3.provider.transport.sse;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

import io.nexus3.provider.wire.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a stream of server-sent events from bytes, by the algorithm of the standard.
 * <p>
 * One per response: feed it what arrives, in pieces of any size, and call
 * {@link #finish()} when the body ends cleanly. After a transport error do not call it:
 * an event that was cut off is then never delivered. What is delivered depends on the
 * bytes alone, never on how they were cut into pieces. Events are delivered as soon as
 * the line end that completes them is seen, without waiting for another byte.
 * <p>
 * An event that lies in one piece and has one line of data is handed over as a slice of
 * the array that was fed; nothing is copied and nothing is allocated. Invalid UTF-8 is
 * passed on as it came.
 * <p>
 * Beyond the standard:
 * <ul>
 * <li>a last event without its blank line is delivered by {@code finish()}, unless its
 * data is empty;</li>
 * <li>an event whose lines of data are each a JSON value or {@code [DONE]} is delivered
 * line by line, as some servers leave out the blank lines; text that is only numbers,
 * strings or literals stays one event;</li>
 * <li>an event that exceeds a limit ends the decoder.</li>
 * </ul>
 * Confined to one response; not thread-safe.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG
 * HTML, server-sent events</a>
 * @since 0.1.0
 */
public final class SseDecoder {

	private static final byte[] NOTHING = new byte[0];

	private static final byte[] DATA = { 'd', 'a', 't', 'a' };

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private static final int LARGEST_LIMIT = Integer.MAX_VALUE - 64;

	private static final int LARGEST_PIECE = 16 * 1024;

	private final int maxEventBytes;

	private final FrameHandler handler;

	private final SseFrame frame = new SseFrame();

	private final PendingEvent pending;

	private final SseFields fields = new SseFields();

	private byte[] piece = NOTHING;

	private boolean firstLine = true;

	private boolean afterCr;

	private boolean ended;

	/**
	 * Create a decoder for one response.
	 * @param maxEventBytes how many bytes one event may have: its data and type so far
	 * and the line being read, with the name of its field; a line of any other kind, such
	 * as a comment, is held to it too. About twice as much memory is used at most
	 * @param handler receives the events
	 * @throws IllegalArgumentException if {@code maxEventBytes} is not positive
	 */
	public SseDecoder(int maxEventBytes, FrameHandler handler) {
		if (maxEventBytes <= 0) {
			throw new IllegalArgumentException("maxEventBytes must be positive but is " + maxEventBytes);
		}
		this.maxEventBytes = Math.min(maxEventBytes, LARGEST_LIMIT);
		this.handler = Objects.requireNonNull(handler, "handler");
		this.pending = new PendingEvent(this.maxEventBytes);
	}

	/**
	 * Decode the next bytes of the response. The array is read during the call only.
	 * Ignored after the end.
	 * @param bytes the array that holds them
	 * @param offset where they start
	 * @param length how many there are; may be 0
	 * @throws SseEventTooLargeException if an event exceeds the limit; the decoder has
	 * ended then
	 * @throws IndexOutOfBoundsException if the slice does not lie in the array
	 */
	public void feed(byte[] bytes, int offset, int length) {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		if (this.ended || length == 0) {
			return;
		}
		boolean returned = false;
		try {
			readLines(bytes, offset, offset + length);
			returned = true;
		}
		finally {
			forgetFedBytes(!returned);
		}
	}

	/**
	 * Decode the next bytes of the response and move the buffer's position to its limit.
	 * A buffer with an accessible array is read in place, any other is copied piece by
	 * piece.
	 * @param bytes what arrived
	 * @throws SseEventTooLargeException if an event exceeds the limit; the decoder has
	 * ended then
	 */
	public void feed(ByteBuffer bytes) {
		int length = bytes.remaining();
		if (bytes.hasArray()) {
			int offset = bytes.arrayOffset() + bytes.position();
			bytes.position(bytes.limit());
			feed(bytes.array(), offset, length);
			return;
		}
		while (bytes.hasRemaining() && !this.ended) {
			int n = Math.min(bytes.remaining(), LARGEST_PIECE);
			if (n > this.piece.length) {
				this.piece = new byte[Math.min(Math.max(n, 2 * this.piece.length), LARGEST_PIECE)];
			}
			bytes.get(this.piece, 0, n);
			feed(this.piece, 0, n);
		}
		bytes.position(bytes.limit());
	}

	/**
	 * The body ended cleanly: deliver a last event that lacks its blank line. Further
	 * calls change nothing.
	 */
	public void finish() {
		if (this.ended) {
			return;
		}
		try {
			readUnfinishedLine();
			if (this.pending.dataLength() > 0) {
				dispatch();
			}
		}
		finally {
			forgetFedBytes(true);
		}
	}

	/**
	 * Whether whatever is fed from now on is ignored: the handler asked for it, an event
	 * was too large, the handler failed, or the body was finished.
	 * @return whether the decoder has ended
	 */
	public boolean ended() {
		return this.ended;
	}

	/**
	 * The value of the last line with the field {@code error}, which the standard does
	 * not know: GPUStack and llama-box end a failed stream like that. Known as soon as
	 * the line has ended, and kept after the decoder has ended.
	 * @return what follows {@code error:}, at most its first 2 KiB, or {@code null} when
	 * there was no such line
	 */
	public @Nullable String strayErrorLine() {
		return this.fields.error();
	}

	/**
	 * The time to wait before a reconnection that the server asked for last.
	 * @return milliseconds, or -1 when it asked for none that can be understood
	 */
	public long retryMillis() {
		return this.fields.retryMillis();
	}

	private void readLines(byte[] bytes, int from, int end) {
		int start = this.afterCr ? behindLf(bytes, from, end) : from;
		this.afterCr = false;
		int lineEnd = LineEnds.next(bytes, start, end);
		while (lineEnd < end) {
			if (this.pending.lineLength() == 0) {
				checkSize(lineEnd - start);
				readLine(bytes, start, lineEnd);
			}
			else {
				keep(bytes, start, lineEnd);
				readUnfinishedLine();
			}
			if (this.ended) {
				return;
			}
			start = lineEnd + 1;
			if (bytes[lineEnd] == '\r') {
				this.afterCr = (start == end);
				start = behindLf(bytes, start, end);
			}
			lineEnd = LineEnds.next(bytes, start, end);
		}
		this.pending.copyData();
		keep(bytes, start, end);
	}

	private static int behindLf(byte[] bytes, int from, int end) {
		return (from < end && bytes[from] == '\n') ? from + 1 : from;
	}

	private void keep(byte[] bytes, int from, int to) {
		if (from < to) {
			checkSize((long) this.pending.lineLength() + to - from);
			this.pending.addToLine(bytes, from, to);
		}
	}

	private void checkSize(long lineLength) {
		if (lineLength + this.pending.dataLength() + this.fields.typeLength() > this.maxEventBytes) {
			throw new SseEventTooLargeException(this.maxEventBytes);
		}
	}

	private void readUnfinishedLine() {
		if (this.pending.lineLength() > 0) {
			readLine(this.pending.line(), this.pending.lineStart(), this.pending.lineEnd());
			this.pending.endLine();
		}
	}

	private void readLine(byte[] bytes, int from, int to) {
		int start = this.firstLine ? behindByteOrderMark(bytes, from, to) : from;
		this.firstLine = false;
		if (start == to) {
			dispatch();
			return;
		}
		int value = SseFields.valueStart(DATA, bytes, start, to);
		if (value >= 0) {
			this.pending.addData(bytes, value, to);
		}
		else {
			this.fields.read(bytes, start, to);
		}
	}

	private static int behindByteOrderMark(byte[] bytes, int from, int to) {
		int end = from + BYTE_ORDER_MARK.length;
		return (end <= to && Arrays.equals(bytes, from, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) ? end : from;
	}

	private void dispatch() {
		int lines = this.pending.dataLines();
		if (lines > 0) {
			byte[] data = this.pending.data();
			int start = this.pending.dataStart();
			int end = this.pending.dataEnd();
			if (lines > 1 && JsonLines.standAlone(data, start, end)) {
				deliverLines(data, start, end);
			}
			else {
				deliver(data, start, end);
			}
			this.pending.clear();
		}
		this.fields.endEvent();
	}

	private void deliverLines(byte[] data, int from, int to) {
		int start = from;
		while (start <= to && !this.ended) {
			int end = LineEnds.next(data, start, to);
			deliver(data, start, end);
			start = end + 1;
		}
	}

	private void deliver(byte[] data, int from, int to) {
		this.frame.set(this.fields.type(), this.fields.id(), data, from, to - from);
		if (!this.handler.onFrame(this.frame)) {
			this.ended = true;
		}
	}

	private void forgetFedBytes(boolean end) {
		this.frame.set(null, "", NOTHING, 0, 0);
		if (end || this.ended) {
			this.ended = true;
			this.pending.release();
			this.piece = NOTHING;
		}
	}

}
