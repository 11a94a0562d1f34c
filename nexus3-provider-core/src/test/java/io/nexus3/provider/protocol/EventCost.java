package io.nexus3.provider.protocol;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

import com.sun.management.ThreadMXBean;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.json.FrameSkeleton;
import io.nexus3.provider.transport.sse.SseDecoder;

/**
 * Reads a stream as a connection gives it and counts what that takes: a clock would tell
 * what else the machine does.
 */
public final class EventCost {

	/** How many events a stream has besides its start. */
	public static final int EVENTS = 2000;

	public static final Target TARGET = new Target("bench", "bench-1", RequestOptions.defaults(), false,
			Limits.defaults());

	private static final int PIECE = 4096;

	/** Enough for the compiler: what it leaves out, an interpreter makes. */
	private static final int TIMES = 40;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final Function<FrameSkeleton, AnswerDecoder> decoders;

	private final byte[] end;

	private final List<StreamEvent> events = new ArrayList<>(2 * EVENTS);

	/**
	 * What events cost that a decoder reads.
	 * @param decoders makes a decoder for each stream
	 * @param end what ends a stream. Only then are the names of fields kept for the next:
	 * without it each would learn them anew, the dearer the more names the JVM has seen
	 */
	public EventCost(Function<FrameSkeleton, AnswerDecoder> decoders, String end) {
		this.decoders = decoders;
		this.end = end.getBytes(StandardCharsets.UTF_8);
	}

	/** A stream of {@link #EVENTS} frames behind a start of its own. */
	public static byte[] stream(String start, IntFunction<String> frame) {
		StringBuilder stream = new StringBuilder(start);
		for (int i = 0; i < EVENTS; i++) {
			stream.append("data: ").append(frame.apply(i)).append("\n\n");
		}
		return stream.toString().getBytes(StandardCharsets.UTF_8);
	}

	/** Read a stream, and say how many of its events were not parsed. */
	public long matches(byte[] stream) {
		FrameSkeleton skeleton = new FrameSkeleton();
		this.events.clear();
		AnswerDecoder decoder = this.decoders.apply(skeleton);
		SseDecoder sse = new SseDecoder(Limits.defaults().sseEvent(), (frame) -> {
			decoder.frame(frame, this.events::add);
			return true;
		});
		for (int i = 0; i < stream.length; i += PIECE) {
			sse.feed(stream, i, Math.min(PIECE, stream.length - i));
		}
		sse.feed(this.end, 0, this.end.length);
		decoder.finish(null, (event) -> {
		});
		return skeleton.matches();
	}

	/** What the stream read last meant. */
	public List<StreamEvent> events() {
		return List.copyOf(this.events);
	}

	public long bytesPerEvent(byte[] stream) {
		return allocated(() -> matches(stream)) / EVENTS;
	}

	/**
	 * What something allocates on this thread, in bytes: the least of some times, since
	 * the first makes what all share, a collector may take that away, and the compiler
	 * comes late.
	 */
	public static long allocated(Runnable something) {
		long thread = Thread.currentThread().getId();
		long least = Long.MAX_VALUE;
		for (int i = 0; i < TIMES; i++) {
			long before = THREADS.getThreadAllocatedBytes(thread);
			something.run();
			least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
		}
		return least;
	}

}
