package io.nexus3.provider.transport.sse;

import java.nio.ByteBuffer;
import java.util.Base64;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SsePropertyTests {

	private static final int CUTTINGS = 3;

	@Test
	void whatIsDeliveredDoesNotDependOnHowTheStreamIsCut() {
		int events = 0;
		for (long seed = 1; seed <= 10_000; seed++) {
			SseRandomStream random = new SseRandomStream(seed);
			byte[] stream = random.bytes();
			events += assertSameForAnyCutting(random, seed, stream, SseOutcome.NO_LIMIT).events().size();
		}
		assertThat(events).as("events in all streams").isGreaterThan(10_000);
	}

	@Test
	void whatIsDeliveredBeforeAnEventThatIsTooLargeDoesNotDependOnHowTheStreamIsCut() {
		int tooLarge = 0;
		for (long seed = 1; seed <= 10_000; seed++) {
			SseRandomStream random = new SseRandomStream(seed);
			byte[] stream = random.bytes();
			tooLarge += assertSameForAnyCutting(random, seed, stream, random.limit()).tooLarge() ? 1 : 0;
		}
		assertThat(tooLarge).as("streams that exceeded their limit").isBetween(1_000, 9_000);
	}

	@Test
	void aDirectBufferGivesWhatAnArrayGives() {
		for (long seed = 1; seed <= 1_000; seed++) {
			byte[] stream = new SseRandomStream(seed).bytes();
			ByteBuffer direct = ByteBuffer.allocateDirect(stream.length).put(stream).flip();
			assertThat(SseOutcome.of(SseOutcome.NO_LIMIT, (decoder) -> decoder.feed(direct)))
				.as(describe(seed, stream, "direct"))
				.isEqualTo(SseOutcome.ofOneBuffer(stream, SseOutcome.NO_LIMIT));
		}
	}

	private static SseOutcome assertSameForAnyCutting(SseRandomStream random, long seed, byte[] stream, int limit) {
		SseOutcome whole = SseOutcome.ofOneBuffer(stream, limit);
		for (int i = 0; i < CUTTINGS; i++) {
			assertThat(SseOutcome.ofPieces(stream, random.cuts(stream.length), limit))
				.as(describe(seed, stream, "cutting " + i))
				.isEqualTo(whole);
		}
		assertThat(SseOutcome.ofSingleBytes(stream, limit)).as(describe(seed, stream, "single bytes")).isEqualTo(whole);
		return whole;
	}

	private static String describe(long seed, byte[] stream, String feeding) {
		return "seed " + seed + ", " + feeding + ", stream in base64 " + Base64.getEncoder().encodeToString(stream);
	}

}
