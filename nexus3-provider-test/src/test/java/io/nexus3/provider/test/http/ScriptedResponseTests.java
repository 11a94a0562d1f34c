package io.nexus3.provider.test.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ScriptedResponseTests {

	private static List<String> writes(ScriptedResponse response) {
		return response.body()
			.stream()
			.filter(BodyStep.Write.class::isInstance)
			.map((step) -> new String(((BodyStep.Write) step).bytes(), StandardCharsets.UTF_8))
			.toList();
	}

	@Test
	void splitsAtOffsetsOfTheWholeBodyAndKeepsExistingCuts() {
		ScriptedResponse response = ScriptedResponse.sse("abcd").thenWrite("efgh").splitAt(6, 1, 100);
		assertThat(writes(response)).containsExactly("a", "bcd", "ef", "gh");
	}

	@Test
	void splitsIntoBytesAroundOtherSteps() {
		Gate gate = new Gate();
		ScriptedResponse response = ScriptedResponse.sse("ab").thenAwait(gate).thenWrite("c").oneBytePerWrite();
		assertThat(writes(response)).containsExactly("a", "b", "c");
		assertThat(response.body().get(2)).isEqualTo(new BodyStep.Await(gate));
	}

	@Test
	void aRandomSplitLosesNothingAndKeepsToItsLimit() {
		byte[] body = "0123456789".repeat(50).getBytes(StandardCharsets.US_ASCII);
		ScriptedResponse response = ScriptedResponse.sse(body).splitRandomly(new Random(7), 9);
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (BodyStep step : response.body()) {
			byte[] bytes = ((BodyStep.Write) step).bytes();
			assertThat(bytes).hasSizeBetween(1, 9);
			joined.writeBytes(bytes);
		}
		assertThat(joined.toByteArray()).isEqualTo(body);
	}

	@Test
	void keepsTheFirstWritesOnly() {
		ScriptedResponse response = ScriptedResponse.sse("a").thenPause(Duration.ZERO).thenWrite("b").thenWrite("c");
		assertThat(writes(response.withFirstWrites(2))).containsExactly("a", "b");
		assertThat(response.withFirstWrites(0).body()).isEmpty();
	}

	@Test
	void aHeaderIsReplacedWhateverItsCase() {
		ScriptedResponse response = ScriptedResponse.json(200, "{}").withHeader("CONTENT-TYPE", "text/html");
		assertThat(response.head()).isNotNull();
		assertThat(response.head().headers()).singleElement()
			.satisfies((header) -> assertThat(header.getValue()).isEqualTo("text/html"));
	}

	@Test
	void extendingAScriptLeavesTheOriginalAsItWas() {
		ScriptedResponse original = ScriptedResponse.sse("a");
		original.thenWrite("b");
		assertThat(writes(original)).containsExactly("a");
	}

	@Test
	void aRawScriptHasNoHeadToChange() {
		assertThatIllegalStateException().isThrownBy(() -> ScriptedResponse.raw("x").withStatus(200));
	}

	@Test
	void aStatusHasThreeDigits() {
		assertThatIllegalArgumentException().isThrownBy(() -> ScriptedResponse.status(1000));
	}

}
