package io.nexus3.provider.transport;

import java.util.Arrays;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The start of an error's body: as much as the limit allows, and not a byte more is read.
 */
final class ErrorBody {

	private final byte[] bytes;

	private int length;

	private boolean truncated;

	private boolean ended;

	ErrorBody(int limit) {
		this.bytes = new byte[limit];
	}

	/** Add a buffer; true when no more shall be read. */
	boolean add(DataBuffer buffer) {
		int room = this.bytes.length - this.length;
		int taken = Math.min(room, buffer.readableByteCount());
		this.truncated |= buffer.readableByteCount() > room;
		buffer.read(this.bytes, this.length, taken);
		DataBufferUtils.release(buffer);
		this.length += taken;
		return this.truncated;
	}

	/** The body has come to its own end. */
	void end() {
		this.ended = true;
	}

	byte[] bytes() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	/** Whether there was, or should have been, more. */
	boolean truncated() {
		return this.truncated || !this.ended;
	}

}
