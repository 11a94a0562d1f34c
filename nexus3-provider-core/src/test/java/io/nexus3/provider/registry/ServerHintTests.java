package io.nexus3.provider.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.wire.WireHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerHintTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private static @Nullable Duration hint(String... namesAndValues) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
		}
		return ServerHint.of(WireHeaders.of(headers), () -> NOW);
	}

	@ParameterizedTest
	@CsvSource({ "2,2000", "0,0", "1.5,1500", "' 3 ',3000", "999999999999,999999999999000" })
	void readsSeconds(String value, long millis) {
		assertThat(hint("Retry-After", value)).isLessThanOrEqualTo(Duration.ofMillis(millis))
			.isGreaterThanOrEqualTo(Duration.ofMillis(Math.min(millis, Long.MAX_VALUE / 1_000_000)));
	}

	@Test
	void readsMilliseconds() {
		assertThat(hint("retry-after-ms", "1500")).hasMillis(1500);
	}

	@Test
	void prefersMilliseconds() {
		assertThat(hint("Retry-After", "2", "retry-after-ms", "1500")).hasMillis(1500);
	}

	@Test
	void readsADate() {
		assertThat(hint("Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT")).hasSeconds(30);
	}

	@Test
	void readsADateByTheServersOwnTime() {
		assertThat(hint("Retry-After", "Sun, 01 Mar 2026 10:00:30 GMT", "Date", "Sun, 01 Mar 2026 10:00:00 GMT"))
			.hasSeconds(30);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "soon", "-1", "NaN", "1e9", "0x10", "Sun, 01 Mar 2026 11:00:00 GMT", "1;2",
			"99999999999999999999" })
	void takesNonsenseForNoHint(String value) {
		assertThat(hint("Retry-After", value)).isNull();
	}

	@Test
	void takesAHintThatIsSentTwiceForNone() {
		WireHeaders headers = WireHeaders.of(Map.of("Retry-After", List.of("2", "3")));
		assertThat(ServerHint.of(headers, () -> NOW)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "1s,1000", "6m0s,360000", "20ms,20", "1h2m3.5s,3723500", "1d,86400000", "7,7000" })
	void readsResetsOfUsedUpLimits(String reset, long millis) {
		assertThat(hint("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", reset)).hasMillis(millis);
	}

	@Test
	void ignoresResetsOfLimitsWithSomethingLeft() {
		assertThat(hint("x-ratelimit-remaining-requests", "5", "x-ratelimit-reset-requests", "30s")).isNull();
	}

	@Test
	void waitsForTheLastOfSeveralLimits() {
		assertThat(hint("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "1s",
				"x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "9s"))
			.hasSeconds(9);
	}

	@Test
	void readsResetsGivenAsMoments() {
		assertThat(hint("anthropic-ratelimit-tokens-remaining", "0", "anthropic-ratelimit-tokens-reset",
				"2026-03-01T12:00:12Z"))
			.hasSeconds(12);
	}

	@Test
	void findsNothingWhereNothingIs() {
		assertThat(hint()).isNull();
	}

}
