package io.nexus3.provider.benchmarks.run;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes figures per unit of what a client's process says.
 */
final class Measurement {

	private Measurement() {
	}

	static Round of(Scenario scenario, Peer peer, int number, Map<String, String> said) {
		Map<String, Double> values = new LinkedHashMap<>();
		double units = scenario.units();
		double cpu = number(said, "cpu");
		double jit = number(said, "jit");
		double gc = number(said, "gc");
		String failure = said.getOrDefault("failure", "");
		double failures = number(said, "failures");
		if (failures == 0 && !peer.drain() && scenario.kind() != Scenario.Kind.ACCEPTED
				&& number(said, "characters") < scenario.units()) {
			failures = 1;
			failure = "text_is_missing";
		}
		values.put(Round.CPU, cpu / 1000 / units);
		values.put(Round.GC, gc / 1000 / units);
		values.put(Round.BYTES, number(said, "allocated") / units);
		values.put(Round.JIT_SHARE, jit / Math.max(cpu + jit + gc, 1));
		values.put(Round.CPU_SECONDS, (cpu + gc) / 1e9);
		values.put(Round.THREADS, number(said, "threads"));
		put(values, Round.DELAY, number(said, "delay50") / 1e6);
		put(values, Round.DELAY_99, number(said, "delay99") / 1e6);
		put(values, Round.FIRST_DELAY, number(said, "first50") / 1e6);
		if (scenario.kind() == Scenario.Kind.HEAP) {
			values.put(Round.HEAP, number(said, "heap") / 1000 / scenario.concurrency());
		}
		values.put(Round.FAILURES, failures);
		values.put(Round.WALL, number(said, "wall") / 1e9);
		return new Round(scenario.id(), peer.id(), number, values, failure);
	}

	private static void put(Map<String, Double> values, String name, double value) {
		if (value >= 0) {
			values.put(name, value);
		}
	}

	private static double number(Map<String, String> said, String name) {
		return Double.parseDouble(said.getOrDefault(name, "0"));
	}

}
