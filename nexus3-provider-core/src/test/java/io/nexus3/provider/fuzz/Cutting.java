package io.nexus3.provider.fuzz;

import java.util.Arrays;
import java.util.Random;

/**
 * Ways to cut a stream into pieces. They depend on the stream, so that a finding can be
 * repeated.
 */
final class Cutting {

	/** Beyond this, single bytes cost more than they show. */
	private static final int LARGEST_BY_BYTES = 1024;

	private Cutting() {
	}

	/** Where to cut, for each way; the first is nowhere. */
	static int[][] ways(byte[] stream) {
		Random random = new Random(Arrays.hashCode(stream));
		int[] some = random.ints(1 + random.nextInt(8), 0, stream.length + 1).sorted().toArray();
		int[] many = (stream.length <= LARGEST_BY_BYTES) ? bytes(stream.length)
				: random.ints(256, 0, stream.length + 1).sorted().toArray();
		return new int[][] { {}, some, many };
	}

	private static int[] bytes(int length) {
		int[] cuts = new int[Math.max(0, length - 1)];
		Arrays.setAll(cuts, (i) -> i + 1);
		return cuts;
	}

	/** Hand over the pieces, each in an array that is overwritten afterwards. */
	static void feed(byte[] stream, int[] cuts, Feeder feeder) {
		int from = 0;
		for (int i = 0; i <= cuts.length; i++) {
			int to = (i < cuts.length) ? cuts[i] : stream.length;
			byte[] piece = Arrays.copyOfRange(stream, from, to);
			feeder.feed(piece, 0, piece.length);
			Arrays.fill(piece, (byte) '!');
			from = to;
		}
	}

	interface Feeder {

		void feed(byte[] bytes, int offset, int length);

	}

}
