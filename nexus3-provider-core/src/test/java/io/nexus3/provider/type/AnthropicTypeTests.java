package io.nexus3.provider.type;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.config.AuthMethod;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.guard.Canary;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Framing;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ResponseHead;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.type.ProviderType.ModelName;
import io.nexus3.provider.type.ProviderType.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The preset of Anthropic's native API.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/overview">Anthropic, API
 * overview</a>
 */
class AnthropicTypeTests {

	private static final ProviderType TYPE = ProviderTypes.builtIn().find("anthropic");

	@Test
	void thePresetIsComplete() {
		assertThat(TYPE.defaults()).isEqualTo(new ProviderType.Defaults("https://api.anthropic.com",
				"ANTHROPIC_API_KEY", AuthMethod.X_API_KEY, null));
	}

	@ParameterizedTest
	@CsvSource({ "https://api.anthropic.com, /v1/messages", "https://api.anthropic.com/v1, /messages",
			"https://gateway.example/anthropic, /v1/messages", "https://gateway.example/anthropic/v1, /messages" })
	void requestsGoToMessagesWhetherTheBaseUrlNamesTheVersionOrNot(String baseUrl, String path) {
		Route route = TYPE.routing()
			.route(new ProviderEndpoint(BaseUrl.parse(baseUrl), null), new ModelName("claude-sonnet-4-5", null));
		assertThat(route).isEqualTo(new Route(path, "claude-sonnet-4-5"));
	}

	@Test
	void aRequestCarriesKeyAndVersionAsHeaders() {
		byte[] answer = ("{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],"
				+ "\"stop_reason\":\"end_turn\"}")
			.getBytes();
		ScriptedResponse response = new ScriptedResponse(List.of(),
				new ResponseHead(200, List.of(Map.entry("content-type", "application/json")), Framing.CHUNKED),
				List.of(), Ending.CLEAN)
			.thenWrite(answer);
		AtomicReference<ReceivedRequest> received = new AtomicReference<>();
		try (ScriptedServer server = ScriptedServer.start((request) -> {
			received.set(request);
			return response;
		}); ProviderRegistry registry = registry(server)) {
			StepVerifier.create(registry.get("anthropic", "claude-sonnet-4-5").complete(CompletionRequest.of("hi")))
				.expectNextMatches((AssistantMessage message) -> message.text().equals("Hi"))
				.expectComplete()
				.verify(Duration.ofSeconds(20));
			assertHeaders(received.get());
		}
	}

	private static void assertHeaders(ReceivedRequest request) {
		assertThat(request.path()).isEqualTo("/v1/messages");
		assertThat(request.header("x-api-key")).isEqualTo(Canary.KEY);
		assertThat(request.header("anthropic-version")).isEqualTo("2023-06-01");
		assertThat(request.header("authorization")).isNull();
	}

	private static ProviderRegistry registry(ScriptedServer server) {
		ProviderConfig config = ProviderConfig.of("anthropic", "anthropic")
			.withBaseUrl("http://127.0.0.1:" + server.port())
			.withApiKey(Canary.KEY);
		return ProviderRegistry.builder(ProvidersConfig.of(List.of(config), List.of(), null)).build();
	}

}
