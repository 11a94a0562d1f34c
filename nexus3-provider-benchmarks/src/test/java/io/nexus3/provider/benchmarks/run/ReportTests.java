package io.nexus3.provider.benchmarks.run;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ReportTests {

	private static Results results(double... cpu) {
		Results results = new Results();
		for (int i = 0; i < cpu.length; i++) {
			results.add(new Round("s1-openai", "nexus3", i + 1, Map.of(Round.CPU, cpu[i], Round.FAILURES, 0.0), ""));
		}
		return results;
	}

	@Test
	void theMedianOfAnEvenNumberOfRoundsLiesBetweenTheTwoInTheMiddle() {
		assertThat(results(4, 1, 2, 100).median("s1-openai", Peer.NEXUS3, Round.CPU)).hasValue(3);
	}

	@Test
	void aRoundWhoseCallsFailedIsNoFigure() {
		Results results = results(2);
		results.add(new Round("s1-openai", "nexus3", 2, Map.of(Round.CPU, 0.1, Round.FAILURES, 3.0), "refused"));
		assertThat(results.median("s1-openai", Peer.NEXUS3, Round.CPU)).hasValue(2);
		assertThat(results.failure("s1-openai", Peer.NEXUS3)).isEqualTo("refused");
	}

	@Test
	void aRatioNeedsBothSides() {
		assertThat(results(2).ratio(Round.CPU, "s1-openai", Peer.NEXUS3, "s1-openai", Peer.SPRING_AI)).isEmpty();
	}

	@Test
	void aGoalIsMissedAboveItAndReachedBelowItsStretch() {
		assertThat(new Goal("x", "B", 400, 300, OptionalDouble.of(401)).verdict()).contains("missed");
		assertThat(new Goal("x", "B", 400, 300, OptionalDouble.of(400)).verdict()).isEqualTo("reached, stretch missed");
		assertThat(new Goal("x", "B", 400, 300, OptionalDouble.of(300)).row())
			.isEqualTo("| x | 400 B (300 B) | 300 B | reached |");
	}

	@Test
	void figuresGoBetweenTheirMarkersAndNowhereElse() {
		String other = Report.begin(17) + "\nothers\n" + Report.end(17);
		String document = other + "\nbefore\n" + Report.begin(25) + "\nold\n" + Report.end(25) + "\nafter\n";
		assertThat(Report.between(document, 25, "new\n"))
			.isEqualTo(other + "\nbefore\n" + Report.begin(25) + "\nnew\n" + Report.end(25) + "\nafter\n");
		assertThatIllegalStateException().isThrownBy(() -> Report.between(other, 25, "new\n"))
			.withMessageContaining("JDK 25");
	}

	@Test
	void aResultIsOneLineOfJson() {
		Round round = new Round("s4", "nexus3", 1, Map.of(Round.CPU, 1.5), "a \"b\"");
		assertThat(Results.json(round)).isEqualTo(
				"{\"type\":\"round\",\"scenario\":\"s4\",\"peer\":\"nexus3\",\"round\":1,\"cpuMicros\":1.5000,\"failure\":\"a \\\"b\\\"\"}");
	}

	@Test
	void aChartIsAsLongAsItsLongestBar() {
		Chart chart = new Chart("x.svg", "A & B", "us",
				List.of(new Chart.Bar("ours", 1, true), new Chart.Bar("other", 2, false)));
		assertThat(chart.svg()).contains("A &amp; B", "1.00 us", "2.00 us", "width=\"420\"", "width=\"210\"");
	}

}
