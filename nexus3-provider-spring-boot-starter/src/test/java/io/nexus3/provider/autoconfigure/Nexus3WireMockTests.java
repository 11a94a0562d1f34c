package io.nexus3.provider.autoconfigure;

import java.time.Duration;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.registry.ProviderRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A second, independent server: what the simulated providers and the library might get
 * wrong together shows here.
 */
class Nexus3WireMockTests {

	private static final Duration WAIT = Duration.ofSeconds(20);

	private static final String PATH = "/v1/chat/completions";

	private static final String ANSWER = """
			{"id":"c-1","object":"chat.completion","model":"m-1","choices":[{"index":0,"finish_reason":"stop",
			"message":{"role":"assistant","content":"Hello from WireMock"}}],
			"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}
			""";

	@RegisterExtension
	static final WireMockExtension server = WireMockExtension.newInstance()
		.options(WireMockConfiguration.wireMockConfig()
			.dynamicPort()
			.dynamicHttpsPort()
			.keystorePath("ssl/server.p12")
			.keystoreType("PKCS12")
			.keystorePassword("changeit")
			.keyManagerPassword("changeit"))
		.build();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				Nexus3AutoConfiguration.class))
		.withPropertyValues("nexus3.providers.vllm.retry.max-delay=50ms", "nexus3.models.m.model-id=m-1");

	private ApplicationContextRunner plain() {
		return this.runner
			.withPropertyValues("nexus3.providers.vllm.base-url=http://localhost:" + server.getPort() + "/v1");
	}

	private ApplicationContextRunner encrypted() {
		return this.runner
			.withPropertyValues("nexus3.providers.vllm.base-url=https://localhost:" + server.getHttpsPort() + "/v1");
	}

	@Test
	@DisplayName("20: 503 and then 200 gives the answer with two requests")
	void anAnswerComesWithTheSecondRequest() {
		server.stubFor(post(PATH).inScenario("recovers")
			.whenScenarioStateIs(Scenario.STARTED)
			.willReturn(aResponse().withStatus(503))
			.willSetStateTo("well"));
		server.stubFor(post(PATH).inScenario("recovers").whenScenarioStateIs("well").willReturn(okJson(ANSWER)));
		plain().run((context) -> StepVerifier
			.create(context.getBean(ProviderRegistry.class).getForModel().complete("Hello"))
			.assertNext((message) -> assertThat(message.text()).isEqualTo("Hello from WireMock"))
			.expectComplete()
			.verify(WAIT));
		server.verify(2, postRequestedFor(urlEqualTo(PATH)));
	}

	@Test
	@DisplayName("47: a stream that dribbles in cut anywhere is put together")
	void aStreamThatDribblesInIsPutTogether() {
		server.stubFor(post(PATH).willReturn(okForContentType("text/event-stream", """
				data: {"id":"c","model":"m-1","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

				data: {"id":"c","model":"m-1","choices":[{"index":0,"delta":{"content":"Grüße"}}]}

				data: {"id":"c","model":"m-1","choices":[{"index":0,"delta":{"content":" aus 東京"}}]}

				data: {"id":"c","model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

				data: [DONE]

				""").withChunkedDribbleDelay(40, 400)));
		plain()
			.run((context) -> StepVerifier.create(context.getBean(ProviderRegistry.class).getForModel().stream("Hello"))
				.expectNext(new ContentDelta("Grüße"), new ContentDelta(" aus 東京"))
				.assertNext((event) -> assertThat(event).isInstanceOfSatisfying(StreamComplete.class,
						(complete) -> assertThat(complete.message().text()).isEqualTo("Grüße aus 東京")))
				.expectComplete()
				.verify(WAIT));
	}

	@Test
	@DisplayName("6: a server whose authority is in the SSL bundle is trusted")
	void aServerOfTheBundleIsTrusted() {
		server.stubFor(post(PATH).willReturn(okJson(ANSWER)));
		encrypted()
			.withPropertyValues("spring.ssl.bundle.pem.corp.truststore.certificate=classpath:ssl/server.crt",
					"nexus3.providers.vllm.ssl.bundle=corp")
			.run((context) -> StepVerifier
				.create(context.getBean(ProviderRegistry.class).getForModel().complete("Hello"))
				.assertNext((message) -> assertThat(message.text()).isEqualTo("Hello from WireMock"))
				.expectComplete()
				.verify(WAIT));
	}

	@Test
	@DisplayName("6: a server whose authority nobody named is not trusted")
	void aServerOfAnUnknownAuthorityIsNotTrusted() {
		encrypted().run((context) -> StepVerifier
			.create(context.getBean(ProviderRegistry.class).getForModel().complete("Hello"))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(ProviderException.class,
					(failure) -> assertThat(failure.kind()).isEqualTo(ErrorKind.TLS)))
			.verify(WAIT));
		server.verify(0, postRequestedFor(urlEqualTo(PATH)));
	}

}
