package io.nexus3.provider.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One answer, ready to be written: every event is a chunk of its own, as servers that
 * flush after each event send it. Of a paced answer the head, one delta and the tail are
 * ready, and the time is put into the delta when it is written.
 *
 * @param whole the whole answer of a burst, else what stands before the first delta
 * @param delta a paced delta with {@value #DIGITS} digits at {@code slot}
 * @param slot where the time goes
 * @param tail what stands behind the last paced delta
 * @param events how many deltas follow, 0 for a burst
 * @param gapNanos the time between two deltas
 */
record Answer(ByteBuffer whole, byte[] delta, int slot, ByteBuffer tail, int events, long gapNanos) {

	/** How many digits the time has. */
	static final int DIGITS = 18;

	private static final String STREAM_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
			+ "Cache-Control: no-cache\r\nx-request-id: req-bench\r\nTransfer-Encoding: chunked\r\n\r\n";

	private static final String END = "0\r\n\r\n";

	private static final byte[] NOTHING = new byte[0];

	/**
	 * Make an answer ready.
	 * @param body what it is made of
	 * @param events how many deltas
	 * @param gapMicros the time between two of them; 0 for as fast as the socket takes
	 * them
	 */
	static Answer of(Body body, int events, long gapMicros) {
		Frames frames = new Frames(body, events);
		if (!body.stream()) {
			String json = frames.json();
			return burst(List.of("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-request-id: req-bench\r\n"
					+ "Content-Length: " + json.length() + "\r\n\r\n" + json));
		}
		if (gapMicros == 0) {
			List<String> parts = new ArrayList<>(events + 4);
			parts.add(STREAM_HEAD);
			parts.add(chunks(frames.head()));
			for (int i = 0; i < events; i++) {
				parts.add(chunk(frames.delta(i)));
			}
			parts.add(chunks(frames.tail()));
			parts.add(END);
			return burst(parts);
		}
		String delta = chunk(frames.text(0, "@" + "0".repeat(DIGITS)));
		return new Answer(direct(List.of(STREAM_HEAD, chunks(frames.head()))), bytes(delta), delta.indexOf('@') + 1,
				direct(List.of(chunks(frames.tail()), END)), events, TimeUnit.MICROSECONDS.toNanos(gapMicros));
	}

	private static Answer burst(List<String> parts) {
		return new Answer(direct(parts), NOTHING, 0, ByteBuffer.allocate(0), 0, 0);
	}

	private static String chunks(String events) {
		StringBuilder chunks = new StringBuilder();
		int start = 0;
		for (int end = events.indexOf("\n\n"); end >= 0; end = events.indexOf("\n\n", start)) {
			chunks.append(chunk(events.substring(start, end + 2)));
			start = end + 2;
		}
		return chunks.toString();
	}

	private static String chunk(String event) {
		return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static ByteBuffer direct(List<String> parts) {
		int length = parts.stream().mapToInt(String::length).sum();
		ByteBuffer buffer = ByteBuffer.allocateDirect(length);
		parts.forEach((part) -> buffer.put(bytes(part)));
		return buffer.flip().asReadOnlyBuffer();
	}

	boolean paced() {
		return this.events > 0;
	}

	/** Write a delta that says what time it is. */
	void putDelta(ByteBuffer out, long nanos) {
		int start = out.position();
		out.put(this.delta);
		long rest = nanos;
		for (int i = this.slot + DIGITS - 1; i >= this.slot; i--) {
			out.put(start + i, (byte) ('0' + rest % 10));
			rest /= 10;
		}
	}

}
