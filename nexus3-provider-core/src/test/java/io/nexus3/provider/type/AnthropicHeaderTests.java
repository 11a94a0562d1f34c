package io.nexus3.provider.type;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.config.AuthMethod;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The headers that really leave, over all layers of settings.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/beta-headers">Anthropic, beta
 * headers</a>
 */
class AnthropicHeaderTests {

	private static final String KEY = "sk-ant-0123456789";

	@Test
	void betaFeaturesOfProviderModelAndRequestAreOneHeader() {
		ReceivedRequest request = send(provider().withOptions(beta("anthropic-beta", "a-2025, b-2025")),
				beta("Anthropic-Beta", "b-2025,c-2025"), beta("ANTHROPIC-BETA", "d-2025,a-2025"));
		assertThat(request.headers().entrySet())
			.filteredOn((header) -> header.getKey().equalsIgnoreCase("anthropic-beta"))
			.singleElement()
			.satisfies((header) -> assertThat(header.getValue()).containsExactly("a-2025,b-2025,c-2025,d-2025"));
	}

	@Test
	void withoutBetaFeaturesThereIsNoSuchHeader() {
		assertThat(send(provider(), RequestOptions.defaults(), RequestOptions.defaults()).header("anthropic-beta"))
			.isNull();
	}

	@Test
	void theVersionCanBeSetOverTheLibrarys() {
		ReceivedRequest request = send(provider(), beta("Anthropic-Version", "2024-01-01"), RequestOptions.defaults());
		assertThat(request.header("anthropic-version")).isEqualTo("2024-01-01");
	}

	@DisplayName("14: a gateway may take the key in another header, and gets the version all the same")
	@ParameterizedTest(name = "14: {0} is presented as {1}")
	@CsvSource({ "BEARER,authorization,'Bearer ',x-api-key", "X_API_KEY,x-api-key,'',authorization",
			"API_KEY,api-key,'',x-api-key" })
	void theKeyIsPresentedAsTheAuthMethodSays(AuthMethod method, String header, String prefix, String other) {
		ProviderConfig config = provider();
		ReceivedRequest request = send(
				config.withAccess(new ProviderConfig.Access(config.access().credential(), method)),
				RequestOptions.defaults(), RequestOptions.defaults());
		assertThat(request.header(header)).isEqualTo(prefix + KEY);
		assertThat(request.header(other)).isNull();
		assertThat(request.header("anthropic-version")).isEqualTo("2023-06-01");
	}

	private static RequestOptions beta(String name, String value) {
		return RequestOptions.defaults().withExtraHeaders(Map.of(name, value));
	}

	private static ProviderConfig provider() {
		return ProviderConfig.of("anthropic", "anthropic").withApiKey(KEY);
	}

	private static ReceivedRequest send(ProviderConfig provider, RequestOptions model, RequestOptions request) {
		ScriptedResponse answer = ScriptedResponse.json(200,
				"{\"type\":\"message\",\"content\":[],\"stop_reason\":\"end_turn\"}");
		try (ScriptedServer server = ScriptedServer.start((received) -> answer);
				ProviderRegistry registry = ProviderRegistry
					.builder(ProvidersConfig.of(List.of(provider.withBaseUrl(server.baseUrl())),
							List.of(ModelConfig.of("claude", "anthropic", "claude-sonnet-4-5").withOptions(model)),
							null))
					.build()) {
			registry.getForModel("claude")
				.complete(CompletionRequest.of("hi").withOptions(request))
				.block(Duration.ofSeconds(20));
			return server.requests().get(0);
		}
	}

}
