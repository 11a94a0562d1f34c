package io.nexus3.provider;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeaderLayers}.
 */
class HeaderLayersTests {

	@Test
	void aHigherLayerWinsWhateverTheCase() {
		assertThat(HeaderLayers.over(Map.of("X-TEAM", "red"), Map.of("x-team", "blue")))
			.containsExactly(Map.entry("X-TEAM", "red"));
	}

	@Test
	void whatOnlyOneLayerNamesStays() {
		assertThat(HeaderLayers.over(Map.of("b", "2"), Map.of("a", "1")))
			.containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "2"));
	}

	@ParameterizedTest(name = "{1} over {0} is {2}")
	@CsvSource(delimiter = '|', value = { "a | b | a,b", "a,b | b,c | a,b,c", "'a, b' | ' b ,a' | a,b", "a | '' | a",
			"'' | a | a", "a-2025 | A-2025 | a-2025,A-2025" })
	void listsOfFeaturesBecomeOneWithoutDoubles(String base, String over, String joined) {
		assertThat(HeaderLayers.over(Map.of("Anthropic-Beta", over), Map.of("anthropic-beta", base)))
			.containsExactly(Map.entry("anthropic-beta", joined));
	}

	@Test
	void theLayersAreLeftAsTheyAre() {
		Map<String, String> base = Map.of("a", "1");
		HeaderLayers.over(Map.of("a", "2"), base);
		assertThat(base).containsExactly(Map.entry("a", "1"));
	}

}
