package io.nexus3.provider.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UrlSegment}.
 */
class UrlSegmentTests {

	@ParameterizedTest
	@ValueSource(strings = { "my.deploy_1-2", "2024-10-01-preview", "v1", "gpt-4.1", "..a", "..." })
	void acceptsWhatNeedsNoEncoding(String value) {
		assertThat(UrlSegment.of("deployment", value).value()).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "a/b", "a\\b", "a#f", "a?b", "a b", "a\u0000", "a\n", "\uff0e\uff0e",
			"a%2fb", "{deployment}", "2024-02-01&api-version=x", "a;b", "\u00e9" })
	void refusesWhatCouldChangeTheUrl(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> UrlSegment.of("deployment", value))
			.withMessageStartingWith("The deployment must be");
		assertThatIllegalArgumentException().isThrownBy(() -> new UrlSegment(value));
	}

	@Test
	void isAtMost128CharactersLong() {
		assertThat(UrlSegment.of("deployment", "a".repeat(128)).value()).hasSize(128);
		assertThatIllegalArgumentException().isThrownBy(() -> UrlSegment.of("deployment", "a".repeat(129)));
	}

}
