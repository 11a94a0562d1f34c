package io.nexus3.provider.protocol.anthropic;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import com.sun.management.ThreadMXBean;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.json.FrameSkeleton;
import io.nexus3.provider.transport.sse.SseDecoder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an event costs in things that can be counted: a clock would tell what else the
 * machine does.
 */
class AnthropicEventCostTests {

	private static final int EVENTS = 2000;

	private static final int PIECE = 4096;

	private static final Target TARGET = new Target("bench", "bench-1", RequestOptions.defaults(), false,
			Limits.defaults());

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final FrameSkeleton skeleton = new FrameSkeleton();

	private final List<StreamEvent> events = new ArrayList<>(2 * EVENTS);

	private static byte[] stream(IntFunction<String> frame) {
		StringBuilder stream = new StringBuilder(
				"data: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"bench-1\"}}\n\n"
						+ "data: {\"type\":\"content_block_start\",\"index\":0,"
						+ "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n");
		for (int i = 0; i < EVENTS; i++) {
			stream.append("data: ").append(frame.apply(i)).append("\n\n");
		}
		return stream.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static String delta(int i, String blanks) {
		return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" word"
				+ i % 7 + "\"}" + blanks + "}";
	}

	private void read(byte[] stream, FrameSkeleton skeleton) {
		AnthropicAnswerDecoder decoder = new AnthropicAnswerDecoder(TARGET, new Origin("anthropic", "bench"), skeleton);
		this.events.clear();
		SseDecoder sse = new SseDecoder(Limits.defaults().sseEvent(), (frame) -> {
			decoder.frame(frame, this.events::add);
			return true;
		});
		for (int i = 0; i < stream.length; i += PIECE) {
			sse.feed(stream, i, Math.min(PIECE, stream.length - i));
		}
	}

	private long bytesPerEvent(byte[] stream) {
		// The first answer makes what all answers share.
		read(stream, new FrameSkeleton());
		long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
		read(stream, new FrameSkeleton());
		return (THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / EVENTS;
	}

	@Test
	void eventsThatDifferInOneStringAreParsedOnce() {
		read(stream((i) -> delta(i, "")), this.skeleton);
		assertThat(this.events).hasSize(EVENTS);
		assertThat(this.skeleton.matches()).isEqualTo(EVENTS - 1);
	}

	@Test
	void blanksBeforeTheLastBraceChangeNothingInThat() {
		read(stream((i) -> delta(i, " ".repeat(i % 9))), this.skeleton);
		assertThat(this.events).hasSize(EVENTS);
		assertThat(this.skeleton.matches()).isEqualTo(EVENTS - 1);
	}

	@Test
	void anEventThatDiffersInOneStringAllocatesLittleMoreThanItself() {
		assertThat(bytesPerEvent(stream((i) -> delta(i, "")))).isLessThanOrEqualTo(144);
	}

}
