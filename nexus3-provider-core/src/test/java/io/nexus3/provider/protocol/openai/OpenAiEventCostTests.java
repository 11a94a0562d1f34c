package io.nexus3.provider.protocol.openai;

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
class OpenAiEventCostTests {

	private static final int EVENTS = 2000;

	private static final int PIECE = 4096;

	private static final Target TARGET = new Target("bench", "bench-1", RequestOptions.defaults(), false,
			Limits.defaults());

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final FrameSkeleton skeleton = new FrameSkeleton();

	private final List<StreamEvent> events = new ArrayList<>(2 * EVENTS);

	private static byte[] stream(IntFunction<String> frame) {
		StringBuilder stream = new StringBuilder("");
		for (int i = 0; i < EVENTS; i++) {
			stream.append("data: ").append(frame.apply(i)).append("\n\n");
		}
		return stream.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static String chunk(int i, String delta, String more) {
		return "{\"id\":\"gen-1\",\"provider\":\"Bench\",\"model\":\"bench-1\",\"object\":\"chat.completion.chunk\","
				+ "\"created\":" + i + ",\"choices\":[{\"index\":0,\"delta\":" + delta
				+ ",\"finish_reason\":null,\"logprobs\":null}]" + more + "}";
	}

	private static String text(int i) {
		return "{\"role\":\"assistant\",\"content\":\" word" + i % 7 + "\"}";
	}

	private void read(byte[] stream, FrameSkeleton skeleton) {
		OpenAiAnswerDecoder decoder = new OpenAiAnswerDecoder(TARGET, new Origin("openai", "bench"), skeleton);
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
		read(stream((i) -> chunk(1, text(i), "")), this.skeleton);
		assertThat(this.events).hasSize(EVENTS);
		assertThat(this.skeleton.matches()).isEqualTo(EVENTS - 1);
	}

	@Test
	void paddingOfChangingLengthChangesNothingInThat() {
		read(stream((i) -> chunk(1, text(i), ",\"obfuscation\":\"" + "x".repeat(1 + i % 9) + "\"")), this.skeleton);
		assertThat(this.events).hasSize(EVENTS);
		assertThat(this.skeleton.matches()).isEqualTo(EVENTS - 1);
	}

	@Test
	void fragmentsOfToolArgumentsAreParsedOnce() {
		read(stream((i) -> chunk(1, (i == 0)
				? "{\"tool_calls\":[{\"index\":0,\"id\":\"call\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"
				: "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\" " + i % 7 + "\"}}]}", "")),
				this.skeleton);
		assertThat(this.events).hasSize(EVENTS);
		assertThat(this.skeleton.matches()).isEqualTo(EVENTS - 2);
	}

	@Test
	void anEventThatDiffersInOneStringAllocatesLittleMoreThanItself() {
		assertThat(bytesPerEvent(stream((i) -> chunk(1, text(i), "")))).isLessThanOrEqualTo(104);
	}

	@Test
	void theTextOfAWholeAnswerIsNotPutTogetherAgain() {
		byte[] answer = ("{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
				+ "word ".repeat(200_000) + "\"},\"finish_reason\":\"stop\"}]}")
			.getBytes(StandardCharsets.UTF_8);
		wholeAnswer(answer);
		long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
		String text = wholeAnswer(answer);
		long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
		assertThat(text).hasSize(1_000_000);
		assertThat(allocated / text.length()).isLessThanOrEqualTo(3);
	}

	private static String wholeAnswer(byte[] answer) {
		OpenAiAnswerDecoder decoder = new OpenAiAnswerDecoder(TARGET, new Origin("openai", "bench"));
		decoder.json(answer, (event) -> {
		});
		return decoder.finish(null, (event) -> {
		}).text();
	}

	@Test
	void anEventThatIsParsedAllocatesFewStrings() {
		assertThat(bytesPerEvent(stream((i) -> chunk(i, text(i), "")))).isLessThanOrEqualTo(1024);
	}

}
