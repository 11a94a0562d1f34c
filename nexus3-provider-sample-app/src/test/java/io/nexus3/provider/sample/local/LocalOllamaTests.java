package io.nexus3.provider.sample.local;

import java.net.URI;
import java.time.Duration;

import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.sample.SampleApplication;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.test.raw.ClosedPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class LocalOllamaTests {

	private static final String TAGS = "{\"models\":[{\"name\":\"llama3.2:latest\"},{\"name\":\"nomic-embed-text\"},"
			+ "{\"name\":\"qwen3:8b\"}]}";

	@Test
	void findsTheModelsThatCanTalk() {
		try (ScriptedServer server = ScriptedServer.start(0, (request) -> ScriptedResponse.json(200, TAGS))) {
			assertThat(ollama(server, Duration.ofSeconds(20)).models()).containsExactly("llama3.2:latest", "qwen3:8b");
			assertThat(server.exchanges().get(0).request().uri()).isEqualTo("/api/tags");
		}
	}

	@Test
	void findsNothingWhereNobodyListens() {
		try (ClosedPort closed = ClosedPort.take()) {
			assertThat(new LocalOllama(URI.create(closed.baseUrl()), Duration.ofSeconds(20)).models()).isEmpty();
		}
	}

	@Test
	void givesUpOnAServerThatKeepsSilent() {
		try (ScriptedServer server = ScriptedServer.start(0, (request) -> ScriptedResponse.noAnswer(Ending.STALL))) {
			assertThat(ollama(server, Duration.ofMillis(50)).models()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html>", "[]", "{\"models\":7}", "", "{\"models\":[{\"name\":null},3]}" })
	void findsNothingInAnAnswerOfAnotherKind(String body) {
		try (ScriptedServer server = ScriptedServer.start(0, (request) -> ScriptedResponse.json(200, body))) {
			assertThat(ollama(server, Duration.ofSeconds(20)).models()).isEmpty();
		}
	}

	@Test
	void asksNobodyButThisMachine() {
		assertThat(new LocalOllama(URI.create("http://192.0.2.1:11434"), Duration.ofSeconds(20)).models()).isEmpty();
	}

	@Test
	void offersTheModelsBesideTheConfiguredOnes() {
		try (ScriptedServer server = ScriptedServer.start(0, (request) -> ScriptedResponse.json(200, TAGS));
				ConfigurableApplicationContext context = start(server, true)) {
			ProvidersConfig config = context.getBean(ProvidersConfig.class);
			assertThat(config.models()).containsKeys("sonnet", "llama3.2:latest", "qwen3:8b");
			assertThat(config.models().get("qwen3:8b").provider()).isEqualTo("local-ollama");
			assertThat(config.defaultModel()).isEqualTo("sonnet");
		}
	}

	@Test
	void asksNobodyWhenSwitchedOff() {
		try (ScriptedServer server = ScriptedServer.start(0, (request) -> ScriptedResponse.json(200, TAGS));
				ConfigurableApplicationContext context = start(server, false)) {
			assertThat(context.getBean(ProvidersConfig.class).providers()).doesNotContainKey("local-ollama");
			assertThat(server.exchanges()).isEmpty();
		}
	}

	private static LocalOllama ollama(ScriptedServer server, Duration timeout) {
		return new LocalOllama(URI.create("http://localhost:" + server.port()), timeout);
	}

	private static ConfigurableApplicationContext start(ScriptedServer server, boolean enabled) {
		return new SpringApplicationBuilder(SampleApplication.class).web(WebApplicationType.NONE)
			.run("--sample.local-ollama.address=http://localhost:" + server.port(), "--sample.local-ollama.timeout=20s",
					"--sample.local-ollama.enabled=" + enabled);
	}

}
