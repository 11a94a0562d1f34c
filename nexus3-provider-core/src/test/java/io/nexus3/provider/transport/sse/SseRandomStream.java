package io.nexus3.provider.transport.sse;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Streams that look enough like server-sent events to reach every rule, and are broken
 * enough to reach what is beside the rules. The same seed gives the same stream.
 */
final class SseRandomStream {

	private static final String[] LINE_ENDS = { "\n", "\r", "\r\n" };

	private static final String[] LINES = { "data: {\"a\":1}", "data:{\"t\":\"\u20AC\uD83D\uDE00\"}", "data: [DONE]",
			"data:[DONE] ", "data: {\"a\":", "data: 1}", "data: [1, 2]", "data: 42", "data: null", "data: \"s\"",
			"data: true", "data", "data:", "data: ", "data:  two", "data:\ttab", "data : no", " data: no", "Data: no",
			"dat", "datax", "event: ping", "event: message", "event:content_block_delta", "event:", "event",
			"event: \u00FCber", "events: no", "id: 1", "id:2", "id", "id: ", "id: \u00B5", "id: a\0b", "idx: 1",
			"retry: 100", "retry:0020", "retry: 1x", "retry: 99999999999999999999999", "retry:", "retry", ": ping", ":",
			"::", "error: {\"code\":500}", "error", "error:plain", "foo: bar", "foo", "\uFEFFdata: bom", "\uFEFF",
			"data: \uFEFFx", "data: a\u000Bb\u000Cc\u001Cd\u0085e\u2028f" };

	private static final byte[][] BROKEN = { { (byte) 0xEF, (byte) 0xBB }, { (byte) 0xC3 },
			{ (byte) 0xE2, (byte) 0x82 }, { (byte) 0xED, (byte) 0xA0, (byte) 0x80 },
			{ (byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80 }, { (byte) 0xC0, (byte) 0xAF }, { 0 },
			{ (byte) 0xFF, (byte) 0xFE } };

	private final Random random;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	SseRandomStream(long seed) {
		this.random = new Random(seed);
	}

	byte[] bytes() {
		if (this.random.nextInt(6) == 0) {
			write("\uFEFF");
		}
		// Most servers keep to one line end; the others mix all three.
		String lineEnd = (this.random.nextInt(3) > 0) ? oneOf(LINE_ENDS) : null;
		int parts = this.random.nextInt(24);
		for (int i = 0; i < parts; i++) {
			part(lineEnd);
		}
		byte[] stream = this.out.toByteArray();
		return (this.random.nextInt(3) > 0) ? stream : mutated(stream);
	}

	/**
	 * Where to cut a stream into pieces.
	 * @param length the length of the stream
	 * @return indexes in ascending order; equal ones make empty pieces
	 */
	int[] cuts(int length) {
		return this.random.ints(this.random.nextInt(2 + length / 4), 0, length + 1).sorted().toArray();
	}

	/**
	 * A size limit that some of the events exceed.
	 * @return a number of bytes
	 */
	int limit() {
		return 1 + this.random.nextInt(60);
	}

	private void part(String lineEnd) {
		switch (this.random.nextInt(10)) {
			case 0 -> writeEnd(lineEnd);
			case 1 -> {
				write("data: ");
				randomBytes();
				writeEnd(lineEnd);
			}
			case 2 -> {
				this.out.writeBytes(BROKEN[this.random.nextInt(BROKEN.length)]);
				if (this.random.nextBoolean()) {
					writeEnd(lineEnd);
				}
			}
			default -> {
				write(oneOf(LINES));
				writeEnd(lineEnd);
				if (this.random.nextInt(3) == 0) {
					writeEnd(lineEnd);
				}
			}
		}
	}

	private void randomBytes() {
		byte[] bytes = new byte[this.random.nextInt(40)];
		this.random.nextBytes(bytes);
		this.out.writeBytes(bytes);
	}

	private byte[] mutated(byte[] stream) {
		byte[] mutated = Arrays.copyOf(stream, (stream.length > 0) ? this.random.nextInt(stream.length) + 1 : 0);
		for (int i = this.random.nextInt(4); i > 0 && mutated.length > 0; i--) {
			mutated[this.random.nextInt(mutated.length)] = (byte) this.random.nextInt(256);
		}
		return mutated;
	}

	private void writeEnd(String lineEnd) {
		write((lineEnd != null) ? lineEnd : oneOf(LINE_ENDS));
	}

	private void write(String text) {
		this.out.writeBytes(text.getBytes(UTF_8));
	}

	private String oneOf(String[] choices) {
		return choices[this.random.nextInt(choices.length)];
	}

}
