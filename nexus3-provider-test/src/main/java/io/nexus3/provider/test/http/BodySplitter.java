package io.nexus3.provider.test.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Cuts the writes among the steps of a body; all other steps stay where they are.
 */
final class BodySplitter {

	private BodySplitter() {
	}

	static List<BodyStep> everyByte(List<BodyStep> steps) {
		List<BodyStep> result = new ArrayList<>();
		for (BodyStep step : steps) {
			if (step instanceof BodyStep.Write write) {
				for (byte single : write.bytes()) {
					result.add(new BodyStep.Write(new byte[] { single }));
				}
			}
			else {
				result.add(step);
			}
		}
		return result;
	}

	static List<BodyStep> at(List<BodyStep> steps, int... offsets) {
		TreeSet<Integer> cuts = new TreeSet<>();
		for (int offset : offsets) {
			cuts.add(offset);
		}
		List<BodyStep> result = new ArrayList<>();
		int position = 0;
		for (BodyStep step : steps) {
			if (step instanceof BodyStep.Write write) {
				int end = position + write.bytes().length;
				int from = position;
				for (int cut : cuts.subSet(position, false, end, false)) {
					result.add(piece(write, from - position, cut - position));
					from = cut;
				}
				result.add(piece(write, from - position, end - position));
				position = end;
			}
			else {
				result.add(step);
			}
		}
		return result;
	}

	static List<BodyStep> randomly(List<BodyStep> steps, Random random, int maxBytes) {
		List<BodyStep> result = new ArrayList<>();
		for (BodyStep step : steps) {
			if (step instanceof BodyStep.Write write) {
				int from = 0;
				while (from < write.bytes().length) {
					int to = Math.min(write.bytes().length, from + 1 + random.nextInt(maxBytes));
					result.add(piece(write, from, to));
					from = to;
				}
			}
			else {
				result.add(step);
			}
		}
		return result;
	}

	static List<BodyStep> pausing(List<BodyStep> steps, Duration duration) {
		List<BodyStep> result = new ArrayList<>();
		boolean first = true;
		for (BodyStep step : steps) {
			if (step instanceof BodyStep.Write) {
				if (!first) {
					result.add(new BodyStep.Pause(duration));
				}
				first = false;
			}
			result.add(step);
		}
		return result;
	}

	static List<BodyStep> firstWrites(List<BodyStep> steps, int writes) {
		List<BodyStep> result = new ArrayList<>();
		int seen = 0;
		for (BodyStep step : steps) {
			if (seen == writes) {
				break;
			}
			result.add(step);
			if (step instanceof BodyStep.Write) {
				seen++;
			}
		}
		return result;
	}

	private static BodyStep piece(BodyStep.Write write, int from, int to) {
		return new BodyStep.Write(Arrays.copyOfRange(write.bytes(), from, to));
	}

}
