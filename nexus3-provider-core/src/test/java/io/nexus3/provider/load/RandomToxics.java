package io.nexus3.provider.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.nexus3.provider.test.fault.Toxic;
import io.nexus3.provider.test.fault.ToxicPlan;
import io.nexus3.provider.test.fault.Toxics;

/**
 * Everything that the proxy can do wrong, at places drawn by chance.
 */
final class RandomToxics {

	private static final int VARIANTS = 40;

	private static final int REQUEST_BYTES = 450;

	private static final int ANSWER_BYTES = 2_500;

	private RandomToxics() {
	}

	/** Hits a share of the exchanges, each kind of toxic alike. */
	static ToxicPlan plan(long seed, double share) {
		Random random = new Random(seed);
		List<Toxics> choices = new ArrayList<>();
		for (int i = 0; i < VARIANTS; i++) {
			choices.add(Toxics.onDownstream(new Toxic.Latency(millis(random, 10), millis(random, 10))));
			choices.add(Toxics.onDownstream(new Toxic.Bandwidth(20_000 + random.nextInt(200_000))));
			choices.add(Toxics.onDownstream(new Toxic.SlowClose(millis(random, 50)),
					new Toxic.LimitData(random.nextInt(ANSWER_BYTES))));
			choices.add(Toxics.onDownstream(new Toxic.Stall(random.nextInt(ANSWER_BYTES))));
			choices.add(Toxics.onDownstream(new Toxic.Reset(random.nextInt(ANSWER_BYTES))));
			choices.add(Toxics.onDownstream(new Toxic.LimitData(random.nextInt(ANSWER_BYTES))));
			choices.add(Toxics.onDownstream(new Toxic.Slicer(20 + random.nextInt(200), Duration.ofNanos(50_000))));
			choices.add(Toxics.onUpstream(new Toxic.Latency(millis(random, 10), millis(random, 10))));
			choices.add(Toxics.onUpstream(new Toxic.Slicer(20 + random.nextInt(100), Duration.ofNanos(50_000))));
			choices.add(Toxics.onUpstream(new Toxic.Stall(random.nextInt(REQUEST_BYTES))));
			choices.add(Toxics.onUpstream(new Toxic.Reset(random.nextInt(REQUEST_BYTES))));
			choices.add(Toxics.onUpstream(new Toxic.LimitData(random.nextInt(REQUEST_BYTES))));
		}
		return ToxicPlan.randomly(seed, share, choices);
	}

	private static Duration millis(Random random, int bound) {
		return Duration.ofMillis(random.nextInt(bound));
	}

}
