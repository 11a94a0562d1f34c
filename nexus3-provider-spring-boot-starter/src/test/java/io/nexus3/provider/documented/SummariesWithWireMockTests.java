package io.nexus3.provider.documented;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.registry.ProviderRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

@ContextConfiguration(classes = SummariesTests.Application.class)
// What is above is not in the documentation.
@SpringBootTest(properties = "nexus3.providers.openai.api-key=test")
class SummariesWithWireMockTests {

	@RegisterExtension
	static final WireMockExtension server = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	@DynamicPropertySource
	static void provider(DynamicPropertyRegistry properties) {
		properties.add("nexus3.providers.openai.base-url", () -> server.baseUrl() + "/v1");
	}

	@Test
	void takesAnAnswer(@Autowired ProviderRegistry registry) {
		server.stubFor(post("/v1/chat/completions").willReturn(okJson("""
				{"id":"c-1","object":"chat.completion","model":"gpt-5","choices":[{"index":0,"finish_reason":"stop",
				"message":{"role":"assistant","content":"Short."}}]}""")));
		AssistantMessage summary = registry.get("openai", "gpt-5").complete("Long.").block(Duration.ofSeconds(20));
		assertThat(summary.text()).isEqualTo("Short.");
		server.verify(
				postRequestedFor(urlEqualTo("/v1/chat/completions")).withHeader("Authorization", equalTo("Bearer test"))
					.withRequestBody(matchingJsonPath("$.messages[0].content", equalTo("Long."))));
	}

	@Test
	void takesAStreamInPieces(@Autowired ProviderRegistry registry) {
		server.stubFor(post("/v1/chat/completions").willReturn(okForContentType("text/event-stream", """
				data: {"id":"c-1","model":"gpt-5","choices":[{"index":0,"delta":{"role":"assistant","content":"Sh"}}]}

				data: {"id":"c-1","model":"gpt-5","choices":[{"index":0,"delta":{"content":"ort."}}]}

				data: {"id":"c-1","model":"gpt-5","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

				data: [DONE]

				""").withChunkedDribbleDelay(20, 100)));
		List<StreamEvent> events = registry.get("openai", "gpt-5")
			.stream("Long.")
			.collectList()
			.block(Duration.ofSeconds(20));
		assertThat(events).startsWith(new ContentDelta("Sh"), new ContentDelta("ort."));
	}

	// What follows is not in the documentation.
	@Test
	void theDocumentationShowsThisTest() throws IOException {
		DocumentedTest.of(getClass(), "// What is above is not in the documentation.\n").isShownBy("docs/testing.md");
	}

}
