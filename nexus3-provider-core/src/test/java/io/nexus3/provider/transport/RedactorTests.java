package io.nexus3.provider.transport;

import java.nio.charset.StandardCharsets;

import io.nexus3.provider.config.ApiKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedactorTests {

	private static final String KEY = "sk-proj-0123456789abcdef";

	private final Redactor redactor = new Redactor(ApiKey.of(KEY));

	@Test
	void takesTheKeyOutWhereverItStands() {
		assertThat(this.redactor.redact(KEY + " and " + KEY)).isEqualTo("*** and ***");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "key sk-proj-0123456789abcdef!|key ***!", "key sk-proj-0123...|key ***...",
					"sk-proj-01 sk-proj-0123456789abcdef sk-proj-|*** *** ***", "sk-proj-sk-proj-99|******99",
					"a key begins with sk-|a key begins with sk-", "nothing|nothing" })
	void takesOutTheBeginningOfAKeyThatWasCut(String text, String shown) {
		assertThat(this.redactor.redactCut(text)).isEqualTo(shown);
	}

	@Test
	void leavesWordsAloneThatBeginLikeAShortKey() {
		Redactor redactor = new Redactor(ApiKey.of("simulated-key"));
		assertThat(redactor.redactCut("simulated simulated-key")).isEqualTo("simulated ***");
	}

	@Test
	void cutsABodyBeforeTheBeginningOfTheKeyAtItsEnd() {
		byte[] body = "key: sk-pr".getBytes(StandardCharsets.UTF_8);
		assertThat(this.redactor.redact(body, false)).asString().isEqualTo("key: ");
		assertThat(this.redactor.redact(body, true)).isSameAs(body);
	}

	@Test
	void changesNothingWithoutAKey() {
		byte[] body = KEY.getBytes(StandardCharsets.UTF_8);
		Redactor redactor = new Redactor(null);
		assertThat(redactor.redact(body, false)).isSameAs(body);
		assertThat(redactor.redactCut(KEY)).isEqualTo(KEY);
	}

}
