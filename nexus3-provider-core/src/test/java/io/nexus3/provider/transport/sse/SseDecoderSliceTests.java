package io.nexus3.provider.transport.sse;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.nexus3.provider.wire.SseFrame;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class SseDecoderSliceTests {

	private final List<byte[]> arrays = new ArrayList<>();

	private final List<Integer> offsets = new ArrayList<>();

	private final List<String> types = new ArrayList<>();

	private final List<SseFrame> frames = new ArrayList<>();

	private final SseDecoder decoder = new SseDecoder(100_000, this::add);

	@Test
	void anEventInOnePieceIsASliceOfTheFedArray() {
		byte[] bytes = "..data: a\n\nevent: ping\ndata: b\n\n".getBytes(UTF_8);
		this.decoder.feed(bytes, 2, bytes.length - 2);
		assertThat(this.arrays).hasSize(2).allSatisfy((array) -> assertThat(array).isSameAs(bytes));
		assertThat(this.offsets).containsExactly(8, 29);
	}

	@Test
	void aBufferWithAnArrayIsReadInPlace() {
		byte[] bytes = "..data: a\n\n..".getBytes(UTF_8);
		ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, 11).slice().position(1).limit(10);
		this.decoder.feed(buffer);
		assertThat(this.arrays).singleElement().isSameAs(bytes);
		assertThat(this.offsets).containsExactly(8);
		assertThat(buffer.hasRemaining()).isFalse();
	}

	@Test
	void aBufferWithoutAnArrayIsReadToItsEnd() {
		byte[] bytes = ("data: " + "x".repeat(40_000) + "\n\ndata: b\n\n").getBytes(UTF_8);
		ByteBuffer buffer = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
		List<String> events = new ArrayList<>();
		new SseDecoder(100_000, (frame) -> events.add(frame.text())).feed(buffer);
		assertThat(events).containsExactly("x".repeat(40_000), "b");
		assertThat(buffer.hasRemaining()).isFalse();
	}

	@Test
	void aBufferIsReadToItsEndWhenTheHandlerHasEnough() {
		ByteBuffer buffer = ByteBuffer.allocateDirect(40_000).put("data: a\n\n".getBytes(UTF_8)).rewind();
		SseDecoder stopping = new SseDecoder(100, (frame) -> false);
		stopping.feed(buffer);
		assertThat(stopping.ended()).isTrue();
		assertThat(buffer.hasRemaining()).isFalse();
	}

	@Test
	void anEventThatIsCutIsNoSliceOfAnyFedArray() {
		byte[] first = "data: a".getBytes(UTF_8);
		byte[] second = "b\n".getBytes(UTF_8);
		byte[] third = "\n".getBytes(UTF_8);
		this.decoder.feed(first, 0, first.length);
		this.decoder.feed(second, 0, second.length);
		first[6] = '!';
		second[0] = '!';
		this.decoder.feed(third, 0, third.length);
		assertThat(this.arrays).singleElement()
			.satisfies(
					(array) -> assertThat(array).isNotIn(first, second, third).startsWith("data: ab".getBytes(UTF_8)));
	}

	@Test
	void theSameFrameIsUsedAgain() {
		byte[] bytes = "data: a\n\ndata: b\n\n".getBytes(UTF_8);
		this.decoder.feed(bytes, 0, bytes.length);
		assertThat(this.frames).hasSize(2).allSatisfy((frame) -> assertThat(frame).isSameAs(this.frames.get(0)));
	}

	@Test
	void theFrameLetsGoOfTheFedArray() {
		byte[] bytes = "id: 1\nevent: ping\ndata: a\n\n".getBytes(UTF_8);
		this.decoder.feed(bytes, 0, bytes.length);
		SseFrame frame = this.frames.get(0);
		assertThat(frame.buffer()).isEmpty();
		assertThat(frame.length()).isZero();
		assertThat(frame.event()).isNull();
		assertThat(frame.id()).isEmpty();
	}

	@Test
	void anEqualTypeIsTheSameString() {
		byte[] bytes = "event: ping\ndata: a\n\nevent: ping\ndata: b\n\n".getBytes(UTF_8);
		this.decoder.feed(bytes, 0, bytes.length);
		assertThat(this.types).containsExactly("ping", "ping");
		assertThat(this.types.get(1)).isSameAs(this.types.get(0));
	}

	@Test
	void decodingWholeEventsAllocatesNothing() {
		byte[] bytes = ("id: 7\nevent: content_block_delta\ndata: {\"text\":\"" + "x".repeat(150) + "\"}\n\n")
			.repeat(10_000)
			.getBytes(UTF_8);
		assertThat(allocatedAfterWarmUp(bytes, bytes.length)).isLessThan(64 * 1024);
	}

	@Test
	void decodingEventsThatAreCutAllocatesNoMorePerEvent() {
		byte[] bytes = ("data: {\"text\":\"" + "x".repeat(150) + "\"}\n\n").repeat(10_000).getBytes(UTF_8);
		assertThat(allocatedAfterWarmUp(bytes, 101)).isLessThan(64 * 1024);
	}

	@Test
	void aLargeEventDoesNotKeepItsMemory() {
		byte[] large = ("data: " + "x".repeat(90_000)).getBytes(UTF_8);
		this.decoder.feed(large, 0, large.length);
		byte[] small = "\n\ndata: ".getBytes(UTF_8);
		this.decoder.feed(small, 0, small.length);
		byte[] rest = "a\n\n".getBytes(UTF_8);
		this.decoder.feed(rest, 0, rest.length);
		assertThat(this.arrays.get(1)).hasSizeLessThan(1024);
	}

	private static long allocatedAfterWarmUp(byte[] bytes, int pieceLength) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long allocated = 0;
		for (int round = 0; round < 4; round++) {
			long[] seen = new long[1];
			SseDecoder counting = new SseDecoder(100_000, (frame) -> (seen[0] += frame.length()) > 0);
			long before = threads.getCurrentThreadAllocatedBytes();
			for (int at = 0; at < bytes.length; at += pieceLength) {
				counting.feed(bytes, at, Math.min(pieceLength, bytes.length - at));
			}
			allocated = threads.getCurrentThreadAllocatedBytes() - before;
			assertThat(seen[0]).isEqualTo(10_000L * 161);
		}
		return allocated;
	}

	private boolean add(SseFrame frame) {
		this.arrays.add(frame.buffer());
		this.offsets.add(frame.offset());
		this.types.add(frame.event());
		this.frames.add(frame);
		return true;
	}

}
