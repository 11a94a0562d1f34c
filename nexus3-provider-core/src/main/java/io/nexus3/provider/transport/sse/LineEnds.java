package io.nexus3.provider.transport.sse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where a line ends, eight bytes at a time.
 */
final class LineEnds {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long ABOVE_CR = 0x0E0E0E0E0E0E0E0EL;

	private static final long HIGH_BITS = 0x8080808080808080L;

	private LineEnds() {
	}

	/**
	 * Find the first CR or LF.
	 * @param bytes where to look
	 * @param from the first index to look at
	 * @param end the index to stop at
	 * @return the index of the CR or LF, or {@code end} when there is none
	 */
	static int next(byte[] bytes, int from, int end) {
		int i = from;
		int lastWord = end - Long.BYTES;
		while (i <= lastWord) {
			long word = (long) LONG.get(bytes, i);
			// The lowest bit left is that of the first byte below 0x0E: CR, LF, or one of
			// the control characters that JSON never holds bare and that are skipped
			// below.
			long low = (word - ABOVE_CR) & ~word & HIGH_BITS;
			if (low == 0) {
				i += Long.BYTES;
				continue;
			}
			i += Long.numberOfTrailingZeros(low) >>> 3;
			if (isLineEnd(bytes[i])) {
				return i;
			}
			i++;
		}
		while (i < end && !isLineEnd(bytes[i])) {
			i++;
		}
		return i;
	}

	private static boolean isLineEnd(byte b) {
		return b == '\n' || b == '\r';
	}

}
