package io.nexus3.provider.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Writes what came of a run: tables of goals and of medians, and charts.
 */
final class Report {

	private static final String DOCUMENT = "performance.md";

	private final Machine machine;

	private final Results results;

	private final List<Scenario> scenarios;

	/** Figures of several JDKs stand beside each other. */
	private final int jdk = Runtime.version().feature();

	Report(Machine machine, Results results, List<Scenario> scenarios) {
		this.machine = machine;
		this.results = results;
		this.scenarios = scenarios;
	}

	/** Write the report, and into a document between its markers if there is one. */
	void write(Path output, Path docs) throws IOException {
		String figures = figures();
		Files.writeString(output.resolve("report.md"), figures);
		for (Chart chart : charts()) {
			Files.writeString(docs.resolve(chart.file()), chart.svg());
		}
		Path document = docs.resolve(DOCUMENT);
		if (Files.exists(document)) {
			Files.writeString(document, between(Files.readString(document), this.jdk, figures));
		}
	}

	/** A document with figures in the place that it has for those of a JDK. */
	static String between(String document, int jdk, String figures) {
		int begin = document.indexOf(begin(jdk));
		int end = document.indexOf(end(jdk));
		if (begin < 0 || end < begin) {
			throw new IllegalStateException(
					"The document has no place for figures: " + begin(jdk) + " ... " + end(jdk));
		}
		return document.substring(0, begin + begin(jdk).length()) + "\n" + figures + document.substring(end);
	}

	static String begin(int jdk) {
		return "<!-- figures on JDK " + jdk + ": begin, written by the benchmark -->";
	}

	static String end(int jdk) {
		return "<!-- figures on JDK " + jdk + ": end -->";
	}

	private String figures() {
		List<String> lines = new ArrayList<>();
		lines.add(this.machine.date() + ", " + facts());
		lines.add("");
		lines.add("Versions: " + this.machine.versions()
			.entrySet()
			.stream()
			.map((version) -> version.getKey() + " " + version.getValue())
			.collect(Collectors.joining(", ")) + ".");
		lines.add("");
		for (Chart chart : charts()) {
			lines.add("![" + chart.title() + "](" + chart.file() + ")");
		}
		lines.add("");
		lines.add("### Goals");
		lines.add("| what | goal (stretch) | measured | |");
		lines.add("|---|---|---|---|");
		Goal.of(this.results).forEach((goal) -> lines.add(goal.row()));
		for (Scenario scenario : this.scenarios) {
			lines.add("");
			lines.addAll(table(scenario));
		}
		return String.join("\n", lines) + "\n";
	}

	private String facts() {
		return this.machine.facts()
			.entrySet()
			.stream()
			.map((fact) -> fact.getKey() + " " + fact.getValue())
			.collect(Collectors.joining(", "));
	}

	private List<String> table(Scenario scenario) {
		List<Column> columns = Column.of(scenario.kind());
		List<String> lines = new ArrayList<>();
		lines.add("### " + scenario.title());
		lines.add("| | " + columns.stream().map(Column::title).collect(Collectors.joining(" | ")) + " |");
		lines.add("|---|" + "---|".repeat(columns.size()));
		for (Peer peer : Peer.values()) {
			if (this.results.median(scenario.id(), peer, Round.FAILURES).isPresent()) {
				lines.add("| " + peer.title() + " | "
						+ columns.stream()
							.map((column) -> cell(scenario, peer, column))
							.collect(Collectors.joining(" | "))
						+ " |");
			}
		}
		return lines;
	}

	private String cell(Scenario scenario, Peer peer, Column column) {
		OptionalDouble value = this.results.median(scenario.id(), peer, column.figure());
		if (column.figure().equals(Round.FAILURES) && value.isPresent() && value.getAsDouble() > 0) {
			return String.format(Locale.ROOT, "%,.0f", value.getAsDouble()) + " ("
					+ excerpt(this.results.failure(scenario.id(), peer)) + ")";
		}
		return value.isPresent() ? String.format(Locale.ROOT, column.format(), value.getAsDouble()) : "-";
	}

	private static String excerpt(String failure) {
		String words = failure.replace('_', ' ').replace('|', ' ').replaceAll("<.*", "");
		return (words.length() > 80) ? words.substring(0, 80) + "..." : words;
	}

	private List<Chart> charts() {
		List<Chart> charts = new ArrayList<>();
		chart(charts, "s1-openai", Round.CPU, "CPU per event, one burst stream, OpenAI format", "us");
		chart(charts, "s1-openai", Round.BYTES, "Bytes allocated per event, one burst stream, OpenAI format", "B");
		chart(charts, "s1-anthropic", Round.CPU, "CPU per event, one burst stream, Anthropic format", "us");
		chart(charts, "s4", Round.CPU, "CPU per whole answer, 64 at once", "us");
		chart(charts, "s6-5000", Round.CPU, "CPU per fragment of tool arguments, 5,000 fragments", "us");
		return charts;
	}

	private void chart(List<Chart> charts, String scenario, String figure, String title, String unit) {
		List<Chart.Bar> bars = new ArrayList<>();
		for (Peer peer : Peer.values()) {
			this.results.median(scenario, peer, figure)
				.ifPresent((value) -> bars.add(new Chart.Bar(peer.title(), value, peer == Peer.NEXUS3)));
		}
		if (!bars.isEmpty()) {
			charts.add(new Chart("performance-jdk" + this.jdk + "-" + scenario + "-"
					+ (figure.equals(Round.BYTES) ? "bytes" : "cpu") + ".svg", title, unit, bars));
		}
	}

	/**
	 * A column of a table.
	 *
	 * @param title its head
	 * @param figure which figure
	 * @param format how it is written
	 */
	private record Column(String title, String figure, String format) {

		private static final Column FAILURES = new Column("failed calls", Round.FAILURES, "%,.0f");

		private static final Column THREADS = new Column("threads", Round.THREADS, "%,.0f");

		static List<Column> of(Scenario.Kind kind) {
			String unit = (kind == Scenario.Kind.CALLS) ? "call" : "event";
			Column cpu = new Column("us CPU per " + unit, Round.CPU, "%.2f");
			Column bytes = new Column("bytes per " + unit, Round.BYTES, "%,.0f");
			return switch (kind) {
				case EVENTS, CALLS -> List.of(cpu, new Column("us of the collector", Round.GC, "%.2f"), bytes, THREADS,
						new Column("JIT share", Round.JIT_SHARE, "%.2f"), FAILURES);
				case PACED -> List.of(new Column("CPU s", Round.CPU_SECONDS, "%.1f"), THREADS,
						new Column("median delay, ms", Round.DELAY, "%.2f"),
						new Column("99th, ms", Round.DELAY_99, "%.2f"),
						new Column("first event, ms", Round.FIRST_DELAY, "%.2f"), bytes, FAILURES);
				case HEAP -> List.of(new Column("KB of heap per live stream", Round.HEAP, "%.1f"), THREADS, FAILURES);
				case ACCEPTED -> List.of(FAILURES);
			};
		}

	}

}
