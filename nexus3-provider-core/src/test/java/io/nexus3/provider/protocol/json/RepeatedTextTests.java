package io.nexus3.provider.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RepeatedText}.
 */
class RepeatedTextTests {

	private final SliceParser slices = new SliceParser();

	private final RepeatedText text = new RepeatedText();

	@Test
	void makesAStringOnlyWhereItHasChanged() {
		List<String> values = values("\"gpt-1\"", "\"gpt-1\"", "\"gpt-2\"", "\"gpt-2\"", "\"gpt-10\"", "\"gpt-1\"");
		assertThat(values).containsExactly("gpt-1", "gpt-1", "gpt-2", "gpt-2", "gpt-10", "gpt-1");
		assertThat(values.get(1)).isSameAs(values.get(0));
		assertThat(values.get(3)).isSameAs(values.get(2));
	}

	@Test
	void readsEscapesAndWhatIsLongerThanTheParsersBuffer() {
		String longer = "é".repeat(70_000);
		assertThat(values("\"a\\u00e9b\"", "\"aéb\"", '"' + longer + '"', '"' + longer + '"', "\"\\ud83d\\ude00\""))
			.containsExactly("aéb", "aéb", longer, longer, "😀");
	}

	@Test
	void takesOtherScalarsAndLeavesOutWhatIsEmpty() {
		assertThat(values("1", "\"1\"", "1.50", "true", "\"\"", "\"\"", "true")).containsExactly("1", "1", "1.50",
				"true", null, null, "true");
	}

	@Test
	void refusesWhatIsNoScalar() {
		assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> values("\"a\"", "{\"a\":1}"))
			.withMessageContaining("'model' should be a string");
	}

	private List<String> values(String... json) {
		List<String> values = new ArrayList<>();
		for (String value : json) {
			byte[] bytes = ("{\"model\":" + value + "}").getBytes(StandardCharsets.UTF_8);
			this.slices.read(bytes, 0, bytes.length, (parser, slices) -> {
				parser.nextToken();
				parser.nextToken();
				values.add(this.text.scalar(parser, "model"));
				parser.nextToken();
			});
		}
		return values;
	}

}
