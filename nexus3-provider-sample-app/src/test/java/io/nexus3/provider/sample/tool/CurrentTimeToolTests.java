package io.nexus3.provider.sample.tool;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import io.nexus3.provider.ToolArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class CurrentTimeToolTests {

	private final CurrentTimeTool tool = new CurrentTimeTool(
			Clock.fixed(Instant.parse("2026-01-15T23:30:00Z"), ZoneOffset.UTC));

	@Test
	void tellsDateAndTimeInATimeZone() {
		assertAnswer("Asia/Tokyo", "Friday, 16 January 2026, 08:30:00 in Asia/Tokyo (UTC+09:00)");
	}

	@Test
	void tellsUtcWithoutAnOffset() {
		assertAnswer("UTC", "Thursday, 15 January 2026, 23:30:00 in UTC (UTC)");
	}

	@ParameterizedTest
	@CsvSource({ "Tokyo,Asia/Tokyo", "new york,America/New_York", "europe/lisbon,Europe/Lisbon", "+02:00,+02:00" })
	void findsATimeZoneByWhatModelsWrite(String written, String zone) {
		assertThat(TimeZones.find(written).getId()).isEqualTo(zone);
	}

	@Test
	void saysWhatToWriteWhenThereIsNoSuchTimeZone() {
		assertFailure(Map.of("time_zone", "Atlantis"), "There is no time zone 'Atlantis'. Use an IANA name");
	}

	@Test
	void asksForTheTimeZoneWhenItIsMissing() {
		assertFailure(Map.of(), "\"time_zone\"");
	}

	private void assertAnswer(String zone, String answer) {
		StepVerifier.create(this.tool.call(ToolArguments.of(Map.of("time_zone", zone))))
			.expectNext(answer)
			.expectComplete()
			.verify(Duration.ofSeconds(5));
	}

	private void assertFailure(Map<String, Object> arguments, String message) {
		StepVerifier.create(this.tool.call(ToolArguments.of(arguments)))
			.expectErrorSatisfies(
					(error) -> assertThat(error).isInstanceOf(ToolFailedException.class).hasMessageContaining(message))
			.verify(Duration.ofSeconds(5));
	}

}
