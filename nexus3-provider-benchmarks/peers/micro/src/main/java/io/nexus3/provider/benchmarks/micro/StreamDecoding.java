package io.nexus3.provider.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.benchmarks.server.Body;
import io.nexus3.provider.benchmarks.server.StreamBytes;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.AnswerDecoder;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.WireProtocol;
import io.nexus3.provider.protocol.anthropic.AnthropicProtocol;
import io.nexus3.provider.protocol.json.FrameSkeleton;
import io.nexus3.provider.protocol.openai.OpenAiDialect;
import io.nexus3.provider.protocol.openai.OpenAiProtocol;
import io.nexus3.provider.transport.sse.SseDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A stream of 1,000 events from bytes to a message, time per event, with the comparison
 * of frames and without it. Tool arguments are one of the bodies.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StreamDecoding {

	private static final int EVENTS = 1000;

	/** What network buffers hold at most. */
	private static final int PIECE = 16 * 1024;

	/** What the stream is made of. */
	@Param({ "OPENAI", "OBFUSCATED", "CHANGING", "ANTHROPIC", "TOOLS" })
	public Body body = Body.OPENAI;

	/** Whether frames are compared before they are parsed. */
	@Param({ "true", "false" })
	public boolean fastPath;

	private byte[] bytes = new byte[0];

	private WireProtocol protocol = new AnthropicProtocol();

	private final Target target = new Target("bench", "bench-model-1", RequestOptions.defaults(), false,
			Limits.defaults());

	/** Make the bytes ready. */
	@Setup
	public void prepare() {
		System.setProperty(FrameSkeleton.SWITCH, Boolean.toString(this.fastPath));
		this.bytes = StreamBytes.of(this.body, EVENTS);
		if (this.body != Body.ANTHROPIC) {
			this.protocol = new OpenAiProtocol(OpenAiDialect.COMPATIBLE);
		}
	}

	/**
	 * Only find the events.
	 * @return their number
	 */
	@Benchmark
	@OperationsPerInvocation(EVENTS)
	public long frames() {
		long[] frames = new long[1];
		feed(new SseDecoder(Limits.defaults().sseEvent(), (frame) -> {
			frames[0]++;
			return true;
		}));
		return frames[0];
	}

	/**
	 * Read everything.
	 * @return the message
	 */
	@Benchmark
	@OperationsPerInvocation(EVENTS)
	public AssistantMessage message() {
		AnswerDecoder decoder = this.protocol.newDecoder(this.target);
		List<StreamEvent> events = new ArrayList<>(EVENTS);
		feed(new SseDecoder(Limits.defaults().sseEvent(), (frame) -> {
			decoder.frame(frame, events::add);
			return !decoder.terminated();
		}));
		return decoder.finish(null, events::add);
	}

	private void feed(SseDecoder decoder) {
		for (int i = 0; i < this.bytes.length; i += PIECE) {
			decoder.feed(this.bytes, i, Math.min(PIECE, this.bytes.length - i));
		}
		decoder.finish();
	}

}
