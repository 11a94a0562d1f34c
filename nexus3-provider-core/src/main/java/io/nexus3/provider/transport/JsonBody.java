package io.nexus3.provider.transport;

import java.util.Arrays;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;

/**
 * Collects a JSON body up to a limit.
 */
final class JsonBody {

	private final int limit;

	private byte[] bytes = new byte[0];

	private int length;

	JsonBody(int limit) {
		this.limit = limit;
	}

	void add(byte[] more, int count) {
		if (count > this.limit - this.length) {
			throw ProviderException.of(ErrorKind.RESPONSE_TOO_LARGE,
					"The answer exceeds the limit response-body of " + this.limit + " bytes");
		}
		if (this.bytes.length < this.length + count) {
			int size = Math.max(this.length + count, (int) Math.min(this.limit, this.bytes.length * 2L));
			this.bytes = Arrays.copyOf(this.bytes, size);
		}
		System.arraycopy(more, 0, this.bytes, this.length, count);
		this.length += count;
	}

	/**
	 * Keep an array that is the body so far, rather than copy it.
	 * @return whether it is kept, and must not be changed any more
	 */
	boolean keep(byte[] start, int count) {
		if (this.length > 0 || count != start.length || count > this.limit) {
			return false;
		}
		this.bytes = start;
		this.length = count;
		return true;
	}

	byte[] bytes() {
		return (this.bytes.length == this.length) ? this.bytes : Arrays.copyOf(this.bytes, this.length);
	}

}
