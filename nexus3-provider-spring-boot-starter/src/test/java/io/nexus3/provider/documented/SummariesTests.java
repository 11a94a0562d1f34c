package io.nexus3.provider.documented;

import java.io.IOException;
import java.time.Duration;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.autoconfigure.Nexus3AutoConfiguration;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.script.ProviderScript;
import io.nexus3.provider.test.spring.AutoConfigureSimulatedProvider;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static io.nexus3.provider.test.script.RequestPattern.any;
import static io.nexus3.provider.test.script.ScriptedAnswer.error;
import static io.nexus3.provider.test.script.ScriptedAnswer.text;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@AutoConfigureSimulatedProvider(name = "openai")
class SummariesTests {

	@Test
	void triesAgainAfterAnOverload(@Autowired ProviderRegistry registry, @Autowired ProviderScript script) {
		script.next().answer(error(503, "overloaded")).then(text("Short."));
		Mono<String> summary = registry.get("openai", "gpt-5").complete("Long.").map(AssistantMessage::text);
		assertThat(summary.block(Duration.ofSeconds(20))).isEqualTo("Short.");
		script.received().attempts(0, 2).request(0, any().model("gpt-5").messages("user: Long."));
	}

	// What follows is not in the README.
	@Test
	void theReadmeShowsThisTest() throws IOException {
		DocumentedTest.of(getClass(), "static org.assertj.core.api.Assertions.assertThat;\n\n").isShownBy("README.md");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
			ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
			Nexus3AutoConfiguration.class })
	static class Application {

	}

}
