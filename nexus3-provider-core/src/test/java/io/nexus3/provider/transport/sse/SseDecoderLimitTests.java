package io.nexus3.provider.transport.sse;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.nexus3.provider.transport.sse.SseOutcome.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SseDecoderLimitTests {

	private static final int LIMIT = 100;

	@Test
	void aLineOfExactlyTheLimitIsDelivered() {
		assertThat(outcome("data: " + "x".repeat(94) + "\n\n"))
			.isEqualTo(new SseOutcome(List.of(new Event(null, "", "x".repeat(94))), false, null, -1));
	}

	@Test
	void aLineOfOneByteMoreIsRefused() {
		assertThat(outcome("data: ok\n\ndata: " + "x".repeat(95) + "\n\n"))
			.isEqualTo(new SseOutcome(List.of(new Event(null, "", "ok")), true, null, -1));
	}

	@Test
	void linesOfDataCountTogether() {
		assertThat(outcome("data: 1234\n".repeat(19) + "\n").tooLarge()).isFalse();
		assertThat(outcome("data: 1234\n".repeat(20) + "\n").tooLarge()).isTrue();
	}

	@Test
	void theTypeCountsWithTheData() {
		assertThat(outcome("event: " + "t".repeat(90) + "\ndata: 1234\n\n").tooLarge()).isFalse();
		assertThat(outcome("event: " + "t".repeat(90) + "\ndata: 12345\n\n").tooLarge()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: ", "data", ": ", "id: ", "event: ", "retry: ", "error: ", "foo: ", "" })
	void aLineWithoutAnEndIsRefusedWhateverItIs(String start) {
		assertThat(SseOutcome.of(LIMIT, (decoder) -> {
			decoder.feed(start.getBytes(ISO_8859_1), 0, start.length());
			for (int i = 0; i < 10; i++) {
				decoder.feed(new byte[10], 0, 10);
			}
		}).tooLarge()).isEqualTo(!start.isEmpty());
	}

	@Test
	void eventsBeforeAndLinesThatAreNotKeptDoNotCount() {
		assertThat(outcome("data: 0123456789\n\n".repeat(100)).events()).hasSize(100);
		assertThat(outcome(": ping\nid: 1\nfoo: bar\n".repeat(100) + "data: a\n\n").events()).hasSize(1);
	}

	@Test
	void theRefusalNamesTheLimitAndEndsTheDecoder() {
		SseDecoder decoder = new SseDecoder(LIMIT, (frame) -> true);
		assertThatExceptionOfType(SseEventTooLargeException.class).isThrownBy(() -> decoder.feed(new byte[101], 0, 101))
			.withMessage("A server-sent event exceeds the limit of 100 bytes")
			.satisfies((ex) -> assertThat(ex.limit()).isEqualTo(LIMIT));
		assertThat(decoder.ended()).isTrue();
	}

	@Test
	void aLimitThatIsNotPositiveIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SseDecoder(0, (frame) -> true))
			.withMessage("maxEventBytes must be positive but is 0");
	}

	@Test
	void theLargestLimitIsAccepted() {
		byte[] stream = "data: a\ndata: b\n\n".getBytes(ISO_8859_1);
		assertThat(SseOutcome.ofSingleBytes(stream, Integer.MAX_VALUE).events()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: x", "data: x\n", ": x", "x" })
	void anEndlessEventTakesMemoryInProportionToTheLimit(String repeated) {
		int limit = 1024 * 1024;
		byte[] piece = repeated.repeat(1000).getBytes(ISO_8859_1);
		feedUntilRefused(new SseDecoder(limit, (frame) -> true), piece);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		SseDecoder decoder = new SseDecoder(limit, (frame) -> true);
		long before = threads.getCurrentThreadAllocatedBytes();
		feedUntilRefused(decoder, piece);
		// Arrays that double: the last is no larger than the limit, all before it have
		// less than twice its size, and two are alive at a time.
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(3L * limit + 10_000);
	}

	private static void feedUntilRefused(SseDecoder decoder, byte[] piece) {
		try {
			while (!decoder.ended()) {
				decoder.feed(piece, 0, piece.length);
			}
		}
		catch (SseEventTooLargeException ex) {
			assertThat(decoder.ended()).isTrue();
		}
	}

	private static SseOutcome outcome(String stream) {
		return SseOutcome.ofOneBuffer(stream.getBytes(ISO_8859_1), LIMIT);
	}

}
