package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * The rows of the table of faults, and how they went. One per run; not thread-safe.
 */
final class FaultTable {

	private static final Duration WATCHDOG = Duration.ofSeconds(30);

	private final Map<String, Row> rows = new TreeMap<>();

	/** A row that is checked for each format. */
	void row(String id, String title, Check check) {
		row(id, title, List.of(FaultFormat.values()), check);
	}

	/** A row that only one format can show, or that is the same for all. */
	void row(String id, String title, FaultFormat format, Check check) {
		row(id, title, List.of(format), check);
	}

	/** A row that cannot be built on this machine. */
	void cannotBeBuilt(String id, String reason) {
		add(new Row(id, "cannot be built here: " + reason, List.of()));
	}

	private void row(String id, String title, List<FaultFormat> formats, Check check) {
		Row row = new Row(id, title, new ArrayList<>());
		formats.forEach((format) -> row.tests
			.add(DynamicTest.dynamicTest(id + " " + format.type, () -> row.run(() -> check.run(format)))));
		add(row);
	}

	private void add(Row row) {
		if (this.rows.put(row.id, row) != null) {
			throw new IllegalStateException("The row " + row.id + " is there twice");
		}
	}

	List<DynamicContainer> containers() {
		return this.rows.values()
			.stream()
			.filter((row) -> !row.tests.isEmpty())
			.map((row) -> DynamicContainer.dynamicContainer(row.id + " " + row.title, row.tests))
			.toList();
	}

	/** The rows of this range that nobody wrote. */
	List<String> missing(int first, int last) {
		List<String> missing = new ArrayList<>();
		for (int number = first; number <= last; number++) {
			String id = "F%02d".formatted(number);
			if (!this.rows.containsKey(id)) {
				missing.add(id);
			}
		}
		return missing;
	}

	List<String> unbuildable() {
		return this.rows.values().stream().filter((row) -> row.tests.isEmpty()).map(Row::toString).toList();
	}

	/** The closing line. */
	String summary() {
		long passed = this.rows.values().stream().filter(Row::passed).count();
		long failed = this.rows.values().stream().filter((row) -> row.failed > 0).count();
		return "faults: %d rows, %d pass, %d fail".formatted(this.rows.size(), passed, failed);
	}

	FaultTable with(FaultRows... groups) {
		Arrays.stream(groups).forEach((group) -> group.addTo(this));
		return this;
	}

	/** What a row expects of a provider of a format. */
	@FunctionalInterface
	interface Check {

		void run(FaultFormat format) throws Exception;

	}

	/** Rows that belong together. */
	@FunctionalInterface
	interface FaultRows {

		void addTo(FaultTable table);

	}

	private static final class Row {

		private final String id;

		private final String title;

		private final List<DynamicTest> tests;

		private int succeeded;

		private int failed;

		Row(String id, String title, List<DynamicTest> tests) {
			this.id = id;
			this.title = title;
			this.tests = tests;
		}

		void run(org.junit.jupiter.api.function.Executable check) {
			try {
				assertTimeoutPreemptively(WATCHDOG, check);
				this.succeeded++;
			}
			catch (Throwable ex) {
				this.failed++;
				throw ex;
			}
		}

		boolean passed() {
			return this.failed == 0 && this.succeeded == this.tests.size() && this.succeeded > 0;
		}

		@Override
		public String toString() {
			return this.id + ": " + this.title;
		}

	}

}
