package io.nexus3.provider.transport.sse;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SseLineEndsTests {

	@Test
	void theFirstLineEndIsFoundAmongAllBytesAtAllPositions() {
		Random random = new Random(7);
		for (int round = 0; round < 100_000; round++) {
			byte[] bytes = new byte[random.nextInt(40)];
			random.nextBytes(bytes);
			// Bytes around the two that are looked for are where a trick goes wrong.
			for (int i = random.nextInt(8); i > 0 && bytes.length > 0; i--) {
				bytes[random
					.nextInt(bytes.length)] = (byte) (random.nextInt(20) - 1 + (random.nextBoolean() ? 128 : 0));
			}
			int from = random.nextInt(bytes.length + 1);
			int end = from + random.nextInt(bytes.length - from + 1);
			assertThat(LineEnds.next(bytes, from, end)).isEqualTo(expected(bytes, from, end));
		}
	}

	@Test
	void everyByteIsToldApartFromALineEnd() {
		for (int value = 0; value < 256; value++) {
			byte[] bytes = new byte[17];
			Arrays.fill(bytes, (byte) value);
			bytes[16] = '\n';
			int found = LineEnds.next(bytes, 0, bytes.length);
			assertThat(found).as("byte %d", value).isEqualTo((value == '\n' || value == '\r') ? 0 : 16);
		}
	}

	private static int expected(byte[] bytes, int from, int end) {
		for (int i = from; i < end; i++) {
			if (bytes[i] == '\n' || bytes[i] == '\r') {
				return i;
			}
		}
		return end;
	}

}
