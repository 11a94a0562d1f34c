package io.nexus3.provider.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes new inputs of known ones. The same seed makes the same inputs.
 */
final class Mutator {

	private static final int LARGEST = 8 * 1024;

	private static final List<byte[]> WORDS = bytes("data: ", "event: ", "\n", "\r", "\r\n\r\n", "\n\n", "[DONE]", "{",
			"}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "0", "-1", "1e400",
			"99999999999999999999", "\"error\":", "\"index\":", "\"type\":", "\uFEFF", "\u20AC", "\uD83D\uDE00", "/",
			"//", "@", "?", "#", "%2f", "%00", "..", "[::1]", "127.0.0.1", "169.254.169.254", "xn--", "message_stop",
			"content_block_delta", "tool_calls", "finish_reason", "reasoning_details", "sk-canary-0123456789");

	private final List<byte[]> seeds;

	private final Random random;

	Mutator(List<byte[]> seeds, long seed) {
		this.seeds = seeds;
		this.random = new Random(seed);
	}

	private static List<byte[]> bytes(String... words) {
		return Arrays.stream(words).map((word) -> word.getBytes(StandardCharsets.UTF_8)).toList();
	}

	byte[] next() {
		byte[] input = oneOf(this.seeds);
		for (int i = 1 + this.random.nextInt(4); i > 0; i--) {
			input = mutated(input);
		}
		return (input.length <= LARGEST) ? input : Arrays.copyOf(input, LARGEST);
	}

	private byte[] mutated(byte[] input) {
		int from = this.random.nextInt(input.length + 1);
		int to = Math.min(input.length, from + this.random.nextInt(1 + this.random.nextInt(64)));
		return switch (this.random.nextInt(8)) {
			case 0 -> replaced(input, from, to, new byte[0]);
			case 1 -> replaced(input, from, from, oneOf(WORDS));
			case 2 -> replaced(input, from, to, oneOf(WORDS));
			case 3 -> replaced(input, from, from, Arrays.copyOfRange(input, from, to));
			case 4 -> Arrays.copyOf(input, from);
			case 5 -> spliced(input, from);
			case 6 -> replaced(input, from, from, random());
			default -> flipped(input);
		};
	}

	private byte[] flipped(byte[] input) {
		byte[] flipped = input.clone();
		if (flipped.length > 0) {
			int at = this.random.nextInt(flipped.length);
			flipped[at] ^= (byte) (1 << this.random.nextInt(8));
		}
		return flipped;
	}

	private byte[] spliced(byte[] input, int from) {
		byte[] other = oneOf(this.seeds);
		int start = this.random.nextInt(other.length + 1);
		return replaced(input, from, input.length, Arrays.copyOfRange(other, start, other.length));
	}

	private byte[] random() {
		byte[] bytes = new byte[1 + this.random.nextInt(8)];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(input, 0, from);
		out.writeBytes(by);
		out.write(input, to, input.length - to);
		return out.toByteArray();
	}

	private byte[] oneOf(List<byte[]> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
