package io.nexus3.provider.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.transport.sse.SseDecoder;
import io.nexus3.provider.transport.sse.SseEventTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * The framing of event streams: what is delivered is a function of the bytes alone.
 */
final class SseDecoderTarget {

	private static final int ROOMY = 1024 * 1024;

	void run(byte[] input) {
		// Small limits belong to the rules too; which one, the length says.
		for (int limit : new int[] { ROOMY, 1 + input.length % 97 }) {
			Outcome whole = null;
			for (int[] cuts : Cutting.ways(input)) {
				Outcome outcome = decode(input, cuts, limit);
				whole = (whole != null) ? whole : outcome;
				if (!outcome.equals(whole)) {
					throw new AssertionError("Cut, the stream gives " + outcome + ", whole " + whole);
				}
			}
		}
	}

	private static Outcome decode(byte[] input, int[] cuts, int limit) {
		List<String> events = new ArrayList<>();
		SseDecoder decoder = new SseDecoder(limit, (frame) -> events.add(frame.event() + "|" + frame.id() + "|"
				+ new String(frame.buffer(), frame.offset(), frame.length(), StandardCharsets.ISO_8859_1)));
		boolean tooLarge = false;
		try {
			Cutting.feed(input, cuts, decoder::feed);
			decoder.finish();
		}
		catch (SseEventTooLargeException ex) {
			tooLarge = true;
		}
		return new Outcome(events, tooLarge, decoder.strayErrorLine(), decoder.retryMillis());
	}

	private record Outcome(List<String> events, boolean tooLarge, @Nullable String error, long retry) {

	}

}
