package io.nexus3.provider.config;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link ExtraHeaders}.
 */
class ExtraHeadersTests {

	@Test
	void keepsHeadersAsTheyAre() {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("HTTP-Referer", "https://example.com");
		headers.put("X-Title", "my app");
		headers.put("anthropic-beta", "");
		headers.put("cf-aig-authorization", "Bearer x");
		ExtraHeaders checked = new ExtraHeaders(headers);
		headers.clear();
		assertThat(checked.values()).containsExactly(Map.entry("HTTP-Referer", "https://example.com"),
				Map.entry("X-Title", "my app"), Map.entry("anthropic-beta", ""),
				Map.entry("cf-aig-authorization", "Bearer x"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "authorization", "AUTHORIZATION", "api-key", "Api-Key", "x-api-key",
			"Proxy-Authorization", "Cookie", "Set-Cookie", "Host", "hOST", "Content-Length", "Transfer-Encoding", "TE",
			"Trailer", "Connection", "Keep-Alive", "Proxy-Connection", "Upgrade", "HTTP2-Settings", "Expect",
			"Content-Type", "Content-Encoding", "Accept", "Accept-Encoding" })
	void refusesWhatWouldChangeTheRequestItself(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ExtraHeaders(Map.of(name, "sk-secret")))
			.withMessageContaining("'" + name + "'")
			.withMessageNotContaining("sk-secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "X A", "X:A", "X-A\r\nX-B", "X-\u00e9", "X-A\u0000", "(x)", ":authority", "X\tA",
			" X-A", "X-A " })
	void refusesNamesThatAreNoTokens(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ExtraHeaders(Map.of(name, "sk-secret")))
			.withMessageContaining("name")
			.withMessageNotContaining("sk-secret")
			.withMessageNotContaining("\r");
	}

	@ParameterizedTest
	@ValueSource(strings = { "v\r\nX-Evil: 1", "v\nX-Evil: 1", "v\rX", "v\u0000", "v\u007f", "\u00e9", "a\tb", " v",
			"v ", "\u2028" })
	void refusesValuesThatAreNotPrintable(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ExtraHeaders(Map.of("X-A", value)))
			.withMessageContaining("'X-A'")
			.withMessageNotContaining("Evil");
	}

	@Test
	void refusesANameThatDiffersInCaseOnly() {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("X-A", "1");
		headers.put("x-a", "2");
		assertThatIllegalArgumentException().isThrownBy(() -> new ExtraHeaders(headers))
			.withMessageContaining("'x-a' is given twice");
	}

	@Test
	void doesNotRepeatAValueWrittenIntoTheName() {
		Throwable refusal = catchThrowable(() -> new ExtraHeaders(Map.of("Authorization: Bearer sk-secret", "")));
		assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'Authorization...'");
		assertThat(refusal.getMessage()).doesNotContain("sk-secret");
	}

	@Test
	void printsNamesAlone() {
		assertThat(new ExtraHeaders(Map.of("X-Gateway-Key", "sk-secret"))).hasToString("ExtraHeaders[X-Gateway-Key]");
	}

}
