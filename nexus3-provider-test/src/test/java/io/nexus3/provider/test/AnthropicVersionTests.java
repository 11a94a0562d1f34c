package io.nexus3.provider.test;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a version of Anthropic's format refuses that the one before takes.
 */
class AnthropicVersionTests {

	private static final String BEFORE = "2023-06-01";

	private static final String NEWEST = "2026-10-21";

	private static final String CITING = """
			{"type":"text","text":"a","citations":[{"type":"char_location","cited_text":"a","document_index":0,
			"document_title":"d","start_char_index":0,"end_char_index":1}]}""";

	private static List<String> violations(String version, String body) {
		return RequestValidator.of(Dialect.ANTHROPIC)
			.validate("/v1/messages", Map.of("x-api-key", "k", "anthropic-version", version), body)
			.stream()
			.map((violation) -> violation.error().message())
			.toList();
	}

	private static String user(String block) {
		return ChatClient.with(ChatClient.with(ChatClient.with(ChatClient.user("Hi"), "max_tokens", "99"), "model",
				"\"claude-3-opus\""), "messages", "[{\"role\":\"user\",\"content\":[%s]}]".formatted(block));
	}

	private static String text() {
		return user("{\"type\":\"text\",\"text\":\"a\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { BEFORE, NEWEST })
	void anOrdinaryRequestIsTaken(String version) {
		assertThat(violations(version, text())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "temperature", "top_p", "top_k" })
	void samplingIsRemovedFromTheNewestVersionWithItsDefaults(String field) {
		String body = ChatClient.with(text(), field, "1");
		assertThat(violations(BEFORE, body)).isEmpty();
		assertThat(violations(NEWEST, body)).containsExactly(field + ": Extra inputs are not permitted");
	}

	@Test
	void onlyTheAssistantCitesInTheNewestVersion() {
		assertThat(violations(BEFORE, user(CITING))).isEmpty();
		assertThat(violations(NEWEST, user(CITING)))
			.containsExactly("messages.0.content.0.text.citations: Extra inputs are not permitted");
	}

	@Test
	void aSearchResultDoesNotCiteInTheNewestVersion() {
		String body = user(
				"{\"type\":\"search_result\",\"source\":\"s\",\"title\":\"t\",\"content\":[%s]}".formatted(CITING));
		assertThat(violations(BEFORE, body)).isEmpty();
		assertThat(violations(NEWEST, body)).containsExactly(
				"messages.0.content.0.search_result.content.0.text.citations: Extra inputs are not permitted");
	}

}
