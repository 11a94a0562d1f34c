package io.nexus3.provider.transport.sse;

import java.util.Base64;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SseOracleTests {

	@Test
	void theDecoderAgreesWithTheAlgorithmWrittenPlainly() {
		int differences = 0;
		String first = "none";
		for (long seed = 100_001; seed <= 120_000; seed++) {
			byte[] stream = new SseRandomStream(seed).bytes();
			SseOutcome expected = SseOracle.decode(stream);
			SseOutcome actual = SseOutcome.ofOneBuffer(stream, SseOutcome.NO_LIMIT);
			if (!actual.equals(expected) && differences++ == 0) {
				first = "seed " + seed + ", stream in base64 " + Base64.getEncoder().encodeToString(stream)
						+ "\nexpected " + expected + "\nbut was  " + actual;
			}
		}
		assertThat(differences).as("differences, the first: %s", first).isZero();
	}

}
