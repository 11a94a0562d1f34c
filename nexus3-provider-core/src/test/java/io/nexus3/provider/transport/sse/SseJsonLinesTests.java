package io.nexus3.provider.transport.sse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class SseJsonLinesTests {

	@ParameterizedTest
	@ValueSource(strings = { "{}\n{}", "{\"a\":1}\n[1]\n[DONE]", " [DONE] \n{}", "{}\nnull", "1\n{}", "{}\n{} " })
	void linesThatAreJsonValuesOrDoneStandAlone(String data) {
		assertThat(standAlone(data)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\n}", "{\"a\":\n1}", "[1,\n2]", "{} {}\n{}", "{}\n", "\n{}", "{}\n\n{}", "{}\nend",
			"{\"a\":1}\n{\"a\":", "{}\n[DONE", "{}\n{a:1}", "{}\n01", "text\n[DONE]", "\uFEFF{}\n{}" })
	void aLineThatIsNoJsonValueKeepsTheLinesTogether(String data) {
		assertThat(standAlone(data)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1\n2", "\"a\"\n\"b\"", "true\nnull\n1.5" })
	void scalarsAloneAreText(String data) {
		assertThat(standAlone(data)).isFalse();
	}

	@Test
	void bytesThatLookLikeAnotherEncodingAreNoJson() {
		assertThat(standAlone("{\0}\0\n{\0}\0")).isFalse();
	}

	@Test
	void nestingTooDeepForAParserIsNoJson() {
		String deep = "[".repeat(100_000) + "]".repeat(100_000);
		assertThat(standAlone(deep + "\n" + deep)).isFalse();
	}

	@Test
	void onlyTheSliceIsLookedAt() {
		byte[] data = "x{}\n{}x".getBytes(UTF_8);
		assertThat(JsonLines.standAlone(data, 1, 6)).isTrue();
	}

	private static boolean standAlone(String data) {
		byte[] bytes = data.getBytes(UTF_8);
		return JsonLines.standAlone(bytes, 0, bytes.length);
	}

}
