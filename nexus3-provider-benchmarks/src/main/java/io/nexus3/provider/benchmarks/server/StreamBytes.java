package io.nexus3.provider.benchmarks.server;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of bodies without HTTP around them, for benchmarks with no network.
 */
public final class StreamBytes {

	private StreamBytes() {
	}

	/**
	 * A stream.
	 * @param body what it is made of
	 * @param events how many deltas
	 * @return its bytes
	 */
	public static byte[] of(Body body, int events) {
		Frames frames = new Frames(body, events);
		StringBuilder text = new StringBuilder(frames.head());
		for (int i = 0; i < events; i++) {
			text.append(frames.delta(i));
		}
		return text.append(frames.tail()).toString().getBytes(StandardCharsets.UTF_8);
	}

}
