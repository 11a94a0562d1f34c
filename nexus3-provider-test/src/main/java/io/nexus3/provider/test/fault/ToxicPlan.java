package io.nexus3.provider.test.fault;

import java.util.List;
import java.util.Random;

/**
 * Chooses what goes wrong on each connection, or on each exchange. It is asked on the
 * proxy's threads, from several at once.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ToxicPlan {

	/**
	 * Chooses.
	 * @param number the number of the connection or exchange, from 0
	 * @return its toxics
	 */
	Toxics choose(int number);

	/**
	 * The same for all.
	 * @param toxics the toxics
	 * @return the plan
	 */
	static ToxicPlan always(Toxics toxics) {
		return (number) -> toxics;
	}

	/**
	 * By chance, but the same for the same seed and number, so that a run can be
	 * repeated.
	 * @param seed the seed
	 * @param share how many are hit, from 0 to 1
	 * @param choices one of these hits, each as likely as the others
	 * @return the plan
	 * @throws IllegalArgumentException if the share is out of its range or there is
	 * nothing to choose from
	 */
	static ToxicPlan randomly(long seed, double share, List<Toxics> choices) {
		if (!(share >= 0 && share <= 1)) {
			throw new IllegalArgumentException("A share is from 0 to 1, not " + share);
		}
		List<Toxics> all = List.copyOf(choices);
		if (all.isEmpty()) {
			throw new IllegalArgumentException("There must be something to choose from");
		}
		return (number) -> {
			// Seeds that lie side by side begin alike; a multiplication parts them.
			Random random = new Random(seed ^ (number * 0x9E3779B97F4A7C15L));
			return (random.nextDouble() < share) ? all.get(random.nextInt(all.size())) : Toxics.none();
		};
	}

}
