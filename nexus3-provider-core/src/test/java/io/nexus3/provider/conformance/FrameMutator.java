package io.nexus3.provider.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.nexus3.provider.conformance.FastPathTests.Shape;

/**
 * Breaks streams as a fault, or somebody who knows how the fast path works, would. Not
 * thread-safe.
 */
final class FrameMutator {

	/** What a string may hold, well formed or not. */
	private static final List<byte[]> TEXTS = List.of(utf8("a"), utf8(""), utf8(" the"), utf8("\\n"), utf8("\\n\\n"),
			utf8("\\u00e9"), utf8("\\ud83d\\ude00"), utf8("\\ud83d"), utf8("\\\""), utf8("\\\\"), utf8("\\"),
			utf8("\\x"), utf8("\\/"), utf8("\""), utf8("\",\"x\":\""), utf8("\"}"), utf8("é"), utf8("日本"), utf8("😀"),
			utf8("\uFFFD"), utf8("\n"), utf8("\u0000"), utf8("\u007f"), bytes(0xC3), bytes(0xE2, 0x82),
			bytes(0xED, 0xA0, 0x80), bytes(0xC0, 0x80), bytes(0xF4, 0x90, 0x80, 0x80), bytes(0x80), utf8("{"),
			utf8("[DONE]"), utf8("null"), utf8("</think>"));

	private final Random random;

	FrameMutator(Random random) {
		this.random = random;
	}

	Shape mutate(Shape shape) {
		int start = this.random.nextInt(shape.frames().size());
		List<byte[]> frames = new ArrayList<>(shape.frames()
			.subList((start > 3 && this.random.nextBoolean()) ? start - 3 : 0,
					Math.min(shape.frames().size(), start + 12)));
		for (int n = this.random.nextInt(4); n >= 0; n--) {
			int at = this.random.nextInt(frames.size());
			switch (this.random.nextInt(8)) {
				case 0 -> frames.add(at, frames.get(at));
				case 1 -> frames.add(at, frames.get(this.random.nextInt(frames.size())));
				case 2 -> frames.set(at, flip(frames.get(at)));
				case 3 -> frames.set(at, cut(frames.get(at)));
				case 4 -> frames.set(at, insert(frames.get(at)));
				default -> frames.add(at + 1, otherText(frames.get(at)));
			}
		}
		return new Shape(shape.name(), shape.anthropic(), frames);
	}

	/** The same with another text in one of its strings. */
	private byte[] otherText(byte[] frame) {
		List<Integer> quotes = new ArrayList<>();
		for (int i = 0; i < frame.length; i++) {
			if (frame[i] == '"') {
				quotes.add(i);
			}
		}
		if (quotes.size() < 2) {
			return frame;
		}
		int which = this.random.nextInt(quotes.size() - 1);
		return replace(frame, quotes.get(which) + 1, quotes.get(which + 1), text());
	}

	private byte[] text() {
		ByteArrayOutputStream text = new ByteArrayOutputStream();
		for (int n = this.random.nextInt(3); n >= 0; n--) {
			text.writeBytes(TEXTS.get(this.random.nextInt(TEXTS.size())));
		}
		return text.toByteArray();
	}

	private byte[] flip(byte[] frame) {
		if (frame.length == 0) {
			return frame;
		}
		byte[] flipped = frame.clone();
		flipped[this.random.nextInt(frame.length)] = (byte) this.random.nextInt(256);
		return flipped;
	}

	private byte[] cut(byte[] frame) {
		int from = this.random.nextInt(frame.length + 1);
		return replace(frame, from, Math.min(frame.length, from + this.random.nextInt(4)), new byte[0]);
	}

	private byte[] insert(byte[] frame) {
		int at = this.random.nextInt(frame.length + 1);
		return replace(frame, at, at, text());
	}

	private static byte[] replace(byte[] frame, int from, int to, byte[] by) {
		ByteArrayOutputStream replaced = new ByteArrayOutputStream();
		replaced.write(frame, 0, from);
		replaced.writeBytes(by);
		replaced.writeBytes(Arrays.copyOfRange(frame, to, frame.length));
		return replaced.toByteArray();
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

}
