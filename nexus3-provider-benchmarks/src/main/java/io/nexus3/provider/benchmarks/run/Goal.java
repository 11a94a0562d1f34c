package io.nexus3.provider.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What is to be reached, and what was.
 *
 * @param what what is compared
 * @param unit what stands behind the figures
 * @param goal at most this
 * @param stretch better still
 * @param reached what was measured, empty when it was not
 */
record Goal(String what, String unit, double goal, double stretch, OptionalDouble reached) {

	/** All goals, judged by these results. */
	static List<Goal> of(Results results) {
		List<Goal> goals = new ArrayList<>();
		s1(goals, results);
		for (String streams : List.of("64", "512")) {
			goals.add(times("S2 " + streams + " streams: CPU per event against one stream", 1.2, 1.05,
					results.ratio(Round.CPU, "s2-" + streams, Peer.NEXUS3, "s1-openai", Peer.NEXUS3)));
		}
		s3(goals, results);
		goals.add(cpu("S4 whole answers: CPU", "s4", Peer.WEBCLIENT, 1, 0.9, results));
		goals.add(times("S5 first event: delay against " + Peer.WEBCLIENT.title(), 0.7, 0.6,
				results.ratio(Round.FIRST_DELAY, "s5", Peer.NEXUS3, "s5", Peer.WEBCLIENT)));
		goals.add(cpu("S6 500 fragments: CPU", "s6-500", Peer.SPRING_AI, 1 / 8.0, 1 / 16.0, results));
		goals.add(cpu("S6 5,000 fragments: CPU", "s6-5000", Peer.SPRING_AI, 1 / 25.0, 1 / 50.0, results));
		goals.add(times("S6 CPU per fragment, 5,000 against 500", 1.1, 1.1,
				results.ratio(Round.CPU, "s6-5000", Peer.NEXUS3, "s6-500", Peer.NEXUS3)));
		goals.add(times("S7 CPU per event, 200,000 against 2,000", 1.1, 1.1,
				results.ratio(Round.CPU, "s7-200000", Peer.NEXUS3, "s7-2000", Peer.NEXUS3)));
		goals.add(times("S7 bytes per event, 200,000 against 2,000", 1.1, 1.1,
				results.ratio(Round.BYTES, "s7-200000", Peer.NEXUS3, "s7-2000", Peer.NEXUS3)));
		goals.add(count("S7 failures with an event of 2 MiB", "s7-event", results));
		goals.add(count("S7 failures with an answer of 1 MiB", "s7-answer", results));
		goals.add(startup(results));
		return goals;
	}

	private static void s1(List<Goal> goals, Results results) {
		goals.add(cpu("S1 OpenAI: CPU", "s1-openai", Peer.SPRING_AI, 1 / 10.0, 1 / 10.0, results));
		goals.add(cpu("S1 OpenAI: CPU", "s1-openai", Peer.LANGCHAIN4J, 1 / 3.0, 1 / 3.0, results));
		goals.add(cpu("S1 OpenAI: CPU", "s1-openai", Peer.WEBCLIENT_DRAIN, 3, 2.5, results));
		goals.add(bytes("S1 OpenAI: bytes per event", "s1-openai", 400, 300, results));
		goals.add(cpu("S1 `obfuscation`: CPU", "s1-obfuscated", Peer.SPRING_AI, 1 / 9.0, 1 / 10.0, results));
		goals.add(cpu("S1 `obfuscation`: CPU", "s1-obfuscated", Peer.LANGCHAIN4J, 1 / 2.7, 1 / 3.0, results));
		goals.add(bytes("S1 `obfuscation`: bytes per event", "s1-obfuscated", 450, 450, results));
		goals.add(cpu("S1 never matching: CPU", "s1-changing", Peer.SPRING_AI, 1 / 5.0, 1 / 6.0, results));
		goals.add(cpu("S1 never matching: CPU", "s1-changing", Peer.LANGCHAIN4J, 1 / 1.6, 1 / 1.9, results));
		goals.add(bytes("S1 never matching: bytes per event", "s1-changing", 500, 500, results));
		goals.add(cpu("S1 Anthropic: CPU", "s1-anthropic", Peer.SPRING_AI, 1 / 9.0, 1 / 11.0, results));
		goals.add(cpu("S1 Anthropic: CPU", "s1-anthropic", Peer.LANGCHAIN4J, 1 / 2.4, 1 / 3.0, results));
	}

	private static void s3(List<Goal> goals, Results results) {
		for (String streams : List.of("1000", "4000")) {
			String scenario = "s3-" + streams;
			goals.add(count("S3 " + streams + " paced streams: failures", scenario, results));
			goals.add(times("S3 " + streams + " paced streams: CPU against " + Peer.NETTY_DRAIN.title(), 1.3, 1.2,
					results.ratio(Round.CPU_SECONDS, scenario, Peer.NEXUS3, scenario, Peer.NETTY_DRAIN)));
			goals.add(new Goal("S3 " + streams + " paced streams: median delay of an event", "ms", 0.2, 0.2,
					results.median(scenario, Peer.NEXUS3, Round.DELAY)));
		}
		goals
			.add(new Goal("S3 heap per live stream", "KB", 30, 20, results.median("s3-heap", Peer.NEXUS3, Round.HEAP)));
	}

	private static Goal cpu(String what, String scenario, Peer other, double goal, double stretch, Results results) {
		return times(what + " against " + other.title(), goal, stretch,
				results.ratio(Round.CPU, scenario, Peer.NEXUS3, scenario, other));
	}

	private static Goal bytes(String what, String scenario, double goal, double stretch, Results results) {
		return new Goal(what, "B", goal, stretch, results.median(scenario, Peer.NEXUS3, Round.BYTES));
	}

	private static Goal count(String what, String scenario, Results results) {
		return new Goal(what, "", 0, 0, results.median(scenario, Peer.NEXUS3, Round.FAILURES));
	}

	private static Goal times(String what, double goal, double stretch, OptionalDouble reached) {
		return new Goal(what, "x", goal, stretch, reached);
	}

	private static Goal startup(Results results) {
		OptionalDouble with = results.median(Startup.WITH, Peer.NEXUS3, Round.CPU_SECONDS);
		OptionalDouble without = results.median(Startup.WITHOUT, Peer.NEXUS3, Round.CPU_SECONDS);
		return new Goal("Start-up: CPU that the starter adds", "ms", 150, 80, (with.isPresent() && without.isPresent())
				? OptionalDouble.of(1000 * (with.getAsDouble() - without.getAsDouble())) : OptionalDouble.empty());
	}

	/** One row of the table. */
	String row() {
		return "| " + this.what + " | " + figure(this.goal)
				+ ((this.stretch != this.goal) ? " (" + figure(this.stretch) + ")" : "") + " | "
				+ (this.reached.isPresent() ? figure(this.reached.getAsDouble()) : "not measured") + " | " + verdict()
				+ " |";
	}

	private String figure(double value) {
		if (this.unit.equals("x")) {
			return (value < 1 && value > 0) ? String.format(Locale.ROOT, "1/%.1f", 1 / value)
					: String.format(Locale.ROOT, "%.2fx", value);
		}
		String format = (this.unit.equals("ms") && value < 10) ? "%.2f" : "%,.0f";
		return String.format(Locale.ROOT, format, value) + (this.unit.isEmpty() ? "" : " " + this.unit);
	}

	String verdict() {
		if (this.reached.isEmpty()) {
			return "";
		}
		double value = this.reached.getAsDouble();
		if (value <= this.stretch) {
			return "reached";
		}
		return (value <= this.goal) ? "reached, stretch missed" : "**missed**";
	}

}
