package io.nexus3.provider.benchmarks.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The rounds of a run, and their medians.
 */
final class Results {

	private final List<Round> rounds = new ArrayList<>();

	void add(Round round) {
		this.rounds.add(round);
	}

	List<Round> rounds() {
		return List.copyOf(this.rounds);
	}

	/** The median of a figure, empty when it was never taken or calls failed. */
	OptionalDouble median(String scenario, Peer peer, String figure) {
		double[] values = this.rounds.stream()
			.filter((round) -> round.scenario().equals(scenario) && round.peer().equals(peer.id()))
			.filter((round) -> figure.equals(Round.FAILURES) || round.values().getOrDefault(Round.FAILURES, 0.0) == 0)
			.filter((round) -> round.values().containsKey(figure))
			.mapToDouble((round) -> round.values().get(figure))
			.sorted()
			.toArray();
		if (values.length == 0) {
			return OptionalDouble.empty();
		}
		int middle = values.length / 2;
		return OptionalDouble.of((values.length % 2 == 1) ? values[middle] : (values[middle - 1] + values[middle]) / 2);
	}

	/** One median over another. */
	OptionalDouble ratio(String figure, String scenario, Peer peer, String otherScenario, Peer other) {
		OptionalDouble a = median(scenario, peer, figure);
		OptionalDouble b = median(otherScenario, other, figure);
		return (a.isPresent() && b.isPresent() && b.getAsDouble() > 0)
				? OptionalDouble.of(a.getAsDouble() / b.getAsDouble()) : OptionalDouble.empty();
	}

	/** Why the calls of a client failed, empty when they did not. */
	String failure(String scenario, Peer peer) {
		return this.rounds.stream()
			.filter((round) -> round.scenario().equals(scenario) && round.peer().equals(peer.id()))
			.map(Round::failure)
			.filter((failure) -> !failure.isEmpty())
			.findFirst()
			.orElse("");
	}

	static String json(Round round) {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("type", Json.text("round"));
		fields.put("scenario", Json.text(round.scenario()));
		fields.put("peer", Json.text(round.peer()));
		fields.put("round", Integer.toString(round.number()));
		round.values().forEach((name, value) -> fields.put(name, Json.number(value)));
		if (!round.failure().isEmpty()) {
			fields.put("failure", Json.text(round.failure()));
		}
		return Json.object(fields);
	}

}
