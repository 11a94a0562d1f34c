package io.nexus3.provider.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * One connection: reads a request to its end, then writes its answer.
 */
final class Client {

	private static final byte[] CHUNKED_END = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private final SocketChannel channel;

	private byte[] request = new byte[8 * 1024];

	private int length;

	private @Nullable ByteBuffer unwritten;

	private @Nullable Answer answer;

	private int left;

	long due;

	Client(SocketChannel channel) {
		this.channel = channel;
	}

	/**
	 * Read what has come.
	 * @return the path of a request that is complete, or {@code null}
	 */
	@Nullable String read(ByteBuffer scratch) throws IOException {
		scratch.clear();
		int n = this.channel.read(scratch);
		if (n < 0) {
			throw new IOException("the client has gone");
		}
		scratch.flip();
		if (this.length + n > this.request.length) {
			this.request = Arrays.copyOf(this.request, Math.max(2 * this.request.length, this.length + n));
		}
		scratch.get(this.request, this.length, n);
		this.length += n;
		return complete();
	}

	private @Nullable String complete() {
		String text = new String(this.request, 0, this.length, StandardCharsets.ISO_8859_1);
		int end = text.indexOf("\r\n\r\n");
		if (end < 0) {
			return null;
		}
		String head = text.substring(0, end).toLowerCase(Locale.ROOT);
		int at = head.indexOf("\r\ncontent-length:");
		boolean whole;
		if (at >= 0) {
			int lineEnd = head.indexOf("\r\n", at + 2);
			String value = head.substring(at + 17, (lineEnd < 0) ? head.length() : lineEnd).strip();
			whole = this.length >= end + 4 + Integer.parseInt(value);
		}
		else {
			whole = !head.contains("transfer-encoding: chunked") || Arrays.equals(this.request,
					this.length - CHUNKED_END.length, this.length, CHUNKED_END, 0, CHUNKED_END.length);
		}
		if (!whole) {
			return null;
		}
		this.length = 0;
		return text.substring(text.indexOf(' ') + 1, text.indexOf(' ', text.indexOf(' ') + 1));
	}

	/** Begin an answer; the first delta of a paced one goes with its head. */
	void begin(SelectionKey key, Answer answer, ByteBuffer scratch, long now) throws IOException {
		this.answer = answer;
		this.left = answer.events();
		write(key, answer.whole().duplicate());
		if (answer.paced()) {
			this.due = now;
			tick(key, scratch);
		}
	}

	/**
	 * Write the delta that is due.
	 * @return whether another one follows
	 */
	boolean tick(SelectionKey key, ByteBuffer scratch) throws IOException {
		Answer answer = this.answer;
		if (answer == null || this.left == 0) {
			return false;
		}
		this.due += answer.gapNanos();
		if (this.unwritten == null) {
			scratch.clear();
			answer.putDelta(scratch, System.nanoTime());
			if (--this.left == 0) {
				scratch.put(answer.tail().duplicate());
			}
			write(key, scratch.flip());
		}
		return this.left > 0;
	}

	private void write(SelectionKey key, ByteBuffer bytes) throws IOException {
		this.channel.write(bytes);
		if (bytes.hasRemaining()) {
			this.unwritten = copyUnlessShared(bytes);
			key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
		}
	}

	private static ByteBuffer copyUnlessShared(ByteBuffer bytes) {
		return bytes.isReadOnly() ? bytes : ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
	}

	/** The socket takes bytes again. */
	void writable(SelectionKey key) throws IOException {
		ByteBuffer bytes = this.unwritten;
		if (bytes != null) {
			this.channel.write(bytes);
			if (bytes.hasRemaining()) {
				return;
			}
		}
		this.unwritten = null;
		key.interestOps(SelectionKey.OP_READ);
	}

	boolean paced() {
		return this.answer != null && this.answer.paced() && this.left > 0;
	}

}
