package io.nexus3.provider.transport.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns bytes into text and gives the same string again while the bytes stay the same:
 * the events of a stream share few names.
 */
final class RepeatedText {

	private static final int LONGEST_REMEMBERED = 128;

	private byte[] bytes = new byte[0];

	private int length;

	private String text = "";

	/**
	 * Decode a slice.
	 * @param source the array
	 * @param from where the text starts
	 * @param to where it ends
	 * @return the text decoded as UTF-8, invalid bytes replaced
	 */
	String of(byte[] source, int from, int to) {
		if (Arrays.equals(this.bytes, 0, this.length, source, from, to)) {
			return this.text;
		}
		int n = to - from;
		String decoded = new String(source, from, n, StandardCharsets.UTF_8);
		if (n <= LONGEST_REMEMBERED) {
			if (n > this.bytes.length) {
				this.bytes = new byte[n];
			}
			System.arraycopy(source, from, this.bytes, 0, n);
			this.length = n;
			this.text = decoded;
		}
		return decoded;
	}

}
