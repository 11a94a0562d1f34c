package io.nexus3.provider.transport.sse;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * What the lines of a stream say apart from data: the type of the event that is being
 * read, and what outlives an event. Confined to one decoder; not thread-safe.
 */
final class SseFields {

	private static final byte[] EVENT = { 'e', 'v', 'e', 'n', 't' };

	private static final byte[] ID = { 'i', 'd' };

	private static final byte[] RETRY = { 'r', 'e', 't', 'r', 'y' };

	private static final byte[] ERROR = { 'e', 'r', 'r', 'o', 'r' };

	private static final int LONGEST_ERROR = 2048;

	private final RepeatedText types = new RepeatedText();

	private final RepeatedText ids = new RepeatedText();

	private @Nullable String type;

	private int typeLength;

	private String id = "";

	private long retryMillis = -1;

	private @Nullable String error;

	/**
	 * Find the value of a field in a line.
	 * @param name the name of the field
	 * @param bytes the array that holds the line
	 * @param from where the line starts
	 * @param to where it ends
	 * @return where the value starts, {@code to} when it is empty, or -1 when the line is
	 * of another field
	 */
	static int valueStart(byte[] name, byte[] bytes, int from, int to) {
		int colon = from + name.length;
		if (colon > to) {
			return -1;
		}
		for (int i = 0; i < name.length; i++) {
			if (bytes[from + i] != name[i]) {
				return -1;
			}
		}
		if (colon == to) {
			return to;
		}
		if (bytes[colon] != ':') {
			return -1;
		}
		int value = colon + 1;
		return (value < to && bytes[value] == ' ') ? value + 1 : value;
	}

	/**
	 * Read a line that is no data. Comments and unknown fields change nothing.
	 * @param bytes the array that holds the line
	 * @param from where the line starts; the line is not empty
	 * @param to where it ends
	 */
	void read(byte[] bytes, int from, int to) {
		int value;
		switch (bytes[from]) {
			case 'e' -> {
				if ((value = valueStart(EVENT, bytes, from, to)) >= 0) {
					readType(bytes, value, to);
				}
				else if ((value = valueStart(ERROR, bytes, from, to)) >= 0) {
					readError(bytes, value, to);
				}
			}
			case 'i' -> {
				if ((value = valueStart(ID, bytes, from, to)) >= 0) {
					readId(bytes, value, to);
				}
			}
			case 'r' -> {
				if ((value = valueStart(RETRY, bytes, from, to)) >= 0) {
					readRetry(bytes, value, to);
				}
			}
			default -> {
			}
		}
	}

	/**
	 * The event ended, delivered or not: its type does not outlive it.
	 */
	void endEvent() {
		this.type = null;
		this.typeLength = 0;
	}

	@Nullable String type() {
		return this.type;
	}

	int typeLength() {
		return this.typeLength;
	}

	String id() {
		return this.id;
	}

	long retryMillis() {
		return this.retryMillis;
	}

	@Nullable String error() {
		return this.error;
	}

	private void readType(byte[] bytes, int from, int to) {
		this.typeLength = to - from;
		this.type = (from < to) ? this.types.of(bytes, from, to) : null;
	}

	private void readId(byte[] bytes, int from, int to) {
		for (int i = from; i < to; i++) {
			if (bytes[i] == 0) {
				return;
			}
		}
		this.id = this.ids.of(bytes, from, to);
	}

	private void readRetry(byte[] bytes, int from, int to) {
		long millis = 0;
		for (int i = from; i < to; i++) {
			int digit = bytes[i] - '0';
			if (digit < 0 || digit > 9 || millis > (Long.MAX_VALUE - digit) / 10) {
				return;
			}
			millis = 10 * millis + digit;
		}
		if (from < to) {
			this.retryMillis = millis;
		}
	}

	private void readError(byte[] bytes, int from, int to) {
		int end = to;
		if (to - from > LONGEST_ERROR) {
			end = from + LONGEST_ERROR;
			// Not in the middle of a character.
			for (int i = 0; i < 3 && (bytes[end] & 0xC0) == 0x80; i++) {
				end--;
			}
		}
		this.error = new String(bytes, from, end - from, StandardCharsets.UTF_8);
	}

}
