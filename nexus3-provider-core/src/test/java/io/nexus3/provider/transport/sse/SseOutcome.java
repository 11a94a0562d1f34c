package io.nexus3.provider.transport.sse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.nexus3.provider.wire.SseFrame;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * All that a decoder made of a stream. Data is text with one character per byte, so that
 * equal means equal bytes.
 *
 * @param events the events in order
 * @param tooLarge whether the limit was exceeded
 * @param error the stray error line
 * @param retryMillis the reconnection time
 */
record SseOutcome(List<Event> events, boolean tooLarge, @Nullable String error, long retryMillis) {

	static final int NO_LIMIT = 64 * 1024 * 1024;

	/**
	 * One event, copied out of a frame.
	 *
	 * @param type the event type, {@code null} for the default
	 * @param id the last event id
	 * @param data the data, one character per byte
	 */
	record Event(@Nullable String type, String id, String data) {

		static Event of(SseFrame frame) {
			return new Event(frame.event(), frame.id(),
					new String(frame.buffer(), frame.offset(), frame.length(), ISO_8859_1));
		}

	}

	static SseOutcome ofOneBuffer(byte[] stream, int limit) {
		return of(limit, (decoder) -> decoder.feed(stream, 0, stream.length));
	}

	static SseOutcome ofSingleBytes(byte[] stream, int limit) {
		byte[] one = new byte[3];
		return of(limit, (decoder) -> {
			for (byte b : stream) {
				one[1] = b;
				decoder.feed(one, 1, 1);
				// What was fed belongs to the caller again.
				one[1] = '!';
			}
		});
	}

	/**
	 * Decode a stream that is cut into pieces, each fed from the middle of an array that
	 * is overwritten afterwards.
	 * @param stream the bytes
	 * @param cuts where to cut, ascending
	 * @param limit the size limit of an event
	 * @return what was delivered
	 */
	static SseOutcome ofPieces(byte[] stream, int[] cuts, int limit) {
		return of(limit, (decoder) -> {
			int from = 0;
			for (int i = 0; i <= cuts.length; i++) {
				int to = (i < cuts.length) ? cuts[i] : stream.length;
				byte[] piece = new byte[to - from + 5];
				System.arraycopy(stream, from, piece, 2, to - from);
				decoder.feed(piece, 2, to - from);
				Arrays.fill(piece, (byte) '!');
				from = to;
			}
		});
	}

	static SseOutcome of(int limit, Consumer<SseDecoder> feeding) {
		List<Event> events = new ArrayList<>();
		SseDecoder decoder = new SseDecoder(limit, (frame) -> events.add(Event.of(frame)));
		boolean tooLarge = false;
		try {
			feeding.accept(decoder);
			decoder.finish();
		}
		catch (SseEventTooLargeException ex) {
			tooLarge = true;
		}
		return new SseOutcome(events, tooLarge, decoder.strayErrorLine(), decoder.retryMillis());
	}

}
