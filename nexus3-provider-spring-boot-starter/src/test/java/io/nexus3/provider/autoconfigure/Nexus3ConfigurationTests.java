package io.nexus3.provider.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.nexus3.provider.CallTimeouts;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.AuthMethod;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.config.ProxySettings;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.type.EffectiveProvider;
import io.nexus3.provider.type.ProviderResolver;
import io.nexus3.provider.type.ProviderTypes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class Nexus3ConfigurationTests {

	private static final Duration WAIT = Duration.ofSeconds(10);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(Nexus3AutoConfiguration.class));

	private void configured(String yaml, Consumer<ProvidersConfig> check) {
		this.runner.withInitializer(YamlText.of(yaml))
			.run((context) -> check.accept(context.getBean(ProvidersConfig.class)));
	}

	private static EffectiveProvider effective(ProvidersConfig config, String provider) {
		return new ProviderResolver(ProviderTypes.builtIn()).resolve(config.providers().get(provider));
	}

	@Test
	@DisplayName("1: a provider with no settings is OpenRouter with every default")
	void aProviderWithoutSettingsIsOpenRouterWithEveryDefault() {
		configured("""
				nexus3:
				  providers:
				    main:
				""", (config) -> {
			ProviderConfig provider = config.providers().get("main");
			assertThat(provider.calls()).isEqualTo(ProviderConfig.Calls.defaults());
			assertThat(provider.connections()).isEqualTo(ProviderConfig.Connections.defaults());
			assertThat(provider.calls().retry().maxRetries()).isEqualTo(3);
			assertThat(provider.calls().retry().backoff()).isEqualTo(1.5);
			assertThat(provider.calls().promptCaching()).isTrue();
			assertThat(provider.connections().tls().verify()).isTrue();
			EffectiveProvider effective = effective(config, "main");
			assertThat(effective.type().name()).isEqualTo("openrouter");
			assertThat(effective.endpoint().baseUrl()).hasToString("https://openrouter.ai/api/v1");
		});
	}

	@Test
	@DisplayName("1: a provider named like a type is of that type, with its key variable")
	void aProviderNamedLikeATypeNeedsNothingElse() {
		configured("""
				nexus3:
				  providers:
				    openrouter: {}
				    openai:
				""", (config) -> {
			assertThat(effective(config, "openrouter").credential().description()).contains("OPENROUTER_API_KEY");
			assertThat(effective(config, "openai").credential().description()).contains("OPENAI_API_KEY");
		});
	}

	@Test
	@DisplayName("3: a model with its id alone has a window of 131072 and no reasoning setting")
	void aModelWithItsIdAloneHasDefaults() {
		configured("""
				nexus3:
				  providers:
				    openrouter:
				  models:
				    fast: { model-id: x-ai/grok-4 }
				""",
				(config) -> assertThat(config.models().get("fast"))
					.isEqualTo(ModelConfig.of("fast", "openrouter", "x-ai/grok-4"))
					.satisfies((model) -> assertThat(model.traits().contextWindow()).isEqualTo(131_072))
					.satisfies((model) -> assertThat(model.calls().options().reasoning()).isNull()));
	}

	@ParameterizedTest
	@DisplayName("7: each type with only its type set has its own URL, key variable and way to present it")
	@CsvSource(nullValues = "-", textBlock = """
			openrouter, https://openrouter.ai/api/v1, OPENROUTER_API_KEY, BEARER
			openai,     https://api.openai.com/v1,    OPENAI_API_KEY,     BEARER
			ollama,     http://localhost:11434/v1,    -,                  BEARER
			vllm,       http://localhost:8000/v1,     -,                  BEARER
			""")
	void eachTypeAloneHasItsPresets(String type, String baseUrl, String variable, AuthMethod authMethod) {
		configured("nexus3.providers.box.type: " + type, (config) -> {
			EffectiveProvider effective = effective(config, "box");
			assertThat(effective.endpoint().baseUrl()).hasToString(baseUrl);
			assertThat(effective.authMethod()).isEqualTo(authMethod);
			CredentialSource credential = effective.credential();
			assertThat((credential != null) ? credential.description() : null)
				.isEqualTo((variable != null) ? "environment variable " + variable : null);
		});
	}

	@Test
	@DisplayName("7: Azure with a base URL has its key variable, header and api-version")
	void azureWithABaseUrlHasItsPresets() {
		configured("nexus3.providers.azure.base-url: https://acme.openai.azure.com", (config) -> {
			EffectiveProvider effective = effective(config, "azure");
			assertThat(effective.credential().description()).contains("AZURE_OPENAI_KEY");
			assertThat(effective.authMethod()).isEqualTo(AuthMethod.API_KEY);
			assertThat(effective.endpoint().apiVersion()).isEqualTo("2024-02-01");
		});
	}

	@Test
	@DisplayName("8: what is set wins over the presets of the type")
	void whatIsSetWinsOverThePresets() {
		configured("""
				nexus3.providers.openai:
				  base-url: https://gateway.example.com/v1
				  api-key-env: GATEWAY_KEY
				  auth-method: x-api-key
				""", (config) -> {
			EffectiveProvider effective = effective(config, "openai");
			assertThat(effective.endpoint().baseUrl()).hasToString("https://gateway.example.com/v1");
			assertThat(effective.credential().description()).contains("GATEWAY_KEY");
			assertThat(effective.authMethod()).isEqualTo(AuthMethod.X_API_KEY);
		});
	}

	@Test
	@DisplayName("8: the key of one type is not sent to the default host of another")
	void theKeyOfOneTypeIsNotSentToAnother() {
		configured("nexus3.providers.openai.base-url: https://openrouter.ai/api/v1",
				(config) -> StepVerifier.create(effective(config, "openai").credential().get())
					.expectComplete()
					.verify(WAIT));
	}

	@Test
	void aKeyComesThroughAPlaceholder() {
		this.runner.withPropertyValues("MY_SECRET=sk-from-outside", "nexus3.providers.openai.api-key=${MY_SECRET}")
			.run((context) -> StepVerifier
				.create(effective(context.getBean(ProvidersConfig.class), "openai").credential().get())
				.expectNext(ApiKey.of("sk-from-outside"))
				.expectComplete()
				.verify(WAIT));
	}

	@Test
	void aBlankKeyIsAMissingKeyAndFallsBackToTheVariableOfTheType() {
		configured("nexus3.providers.openai.api-key: ${NOT_SET_ANYWHERE:}",
				(config) -> assertThat(effective(config, "openai").credential().description())
					.contains("OPENAI_API_KEY"));
	}

	@Test
	void aBlankKeyBesideAKeyVariableIsNoContradiction() {
		configured("nexus3.providers.openai: { api-key: '${NOT_SET_ANYWHERE:}', api-key-env: OTHER_KEY }",
				(config) -> assertThat(effective(config, "openai").credential().description()).contains("OTHER_KEY"));
	}

	@Test
	void aKeyIsReadFromTheEnvironmentVariable() {
		// Some variable that every machine has, and that is a text a key could be.
		String path = System.getenv("PATH");
		configured("nexus3.providers.openai.api-key-env: PATH",
				(config) -> StepVerifier.create(effective(config, "openai").credential().get())
					.expectNext(ApiKey.of(path))
					.expectComplete()
					.verify(WAIT));
	}

	@Test
	void allSettingsOfAProviderAreMapped() {
		configured(
				"""
						nexus3.providers.box:
						  type: vllm
						  base-url: http://10.0.0.5:8000/v1
						  api-version: 2024-10-21
						  deployment: d-1
						  allow-insecure-http: true
						  allow-private-network: true
						  prompt-caching: false
						  timeouts: { connect: 1s, response: 2s, first-event: 3s, idle: 4s, stall: 5s, total: 6s }
						  retry: { max-retries: 1, backoff: 2, max-delay: 3s, max-retry-after: 4s, budget: 5, retry-ambiguous: false }
						  limits: { error-body: 1KB, response-body: 2MB, sse-event: 3KB, tool-arguments: 4KB, events: 5, response-headers: 6KB }
						  pool: { max-connections: 1, pending-acquire-timeout: 2s, max-idle-time: 3s, max-life-time: 4s }
						  options: { max-output-tokens: 1, temperature: 0.5, top-p: 0.25, stop: [a, b], seed: 7, parallel-tool-calls: false }
						""",
				(config) -> {
					ProviderConfig box = config.providers().get("box");
					assertThat(box.endpoint()).isEqualTo(new ProviderConfig.Endpoint(
							BaseUrl.parse("http://10.0.0.5:8000/v1"), "2024-10-21", "d-1", true, true));
					assertThat(box.calls().timeouts())
						.isEqualTo(new Timeouts(seconds(1), new Timeouts.Response(seconds(2), seconds(2)), seconds(3),
								seconds(4), seconds(5), seconds(6)));
					assertThat(box.calls().retry())
						.isEqualTo(new RetrySettings(1, 2, seconds(3), seconds(4), 5, false));
					assertThat(box.calls().limits())
						.isEqualTo(new Limits(1024, 2 * 1024 * 1024, 3 * 1024, 4096, 5, 6 * 1024));
					assertThat(box.connections().pool())
						.isEqualTo(new PoolSettings(1, seconds(2), seconds(3), seconds(4)));
					assertThat(box.calls().promptCaching()).isFalse();
					assertThat(box.calls().options()).isEqualTo(RequestOptions.defaults()
						.withMaxOutputTokens(1)
						.withTemperature(0.5)
						.withTopP(0.25)
						.withStop(List.of("a", "b"))
						.withSeed(7)
						.withParallelToolCalls(false));
				});
	}

	@Test
	void extraBodyKeepsItsTypesNestingAndLists() {
		configured("""
				nexus3.providers.openrouter.extra-body:
				  top_k: 40
				  transforms: [middle-out]
				  provider: { order: [Anthropic, Google], allow_fallbacks: false }
				""",
				(config) -> assertThat(config.providers().get("openrouter").calls().options().extraBody())
					.isEqualTo(Map.of("top_k", 40, "transforms", List.of("middle-out"), "provider",
							Map.of("order", List.of("Anthropic", "Google"), "allow_fallbacks", false))));
	}

	@Test
	void extraHeadersKeepTheirNames() {
		configured("nexus3.providers.openrouter.extra-headers: { HTTP-Referer: 'https://acme.com', X-Title: Acme }",
				(config) -> assertThat(config.providers().get("openrouter").calls().options().extraHeaders())
					.containsExactlyInAnyOrderEntriesOf(Map.of("HTTP-Referer", "https://acme.com", "X-Title", "Acme")));
	}

	@Test
	void aProxyIsMappedWithItsPassword() {
		configured("nexus3.providers.openai.proxy: { host: proxy.local, port: 3128, username: u, password: p }",
				(config) -> assertThat(config.providers().get("openai").connections().proxy())
					.isEqualTo(new ProxySettings("proxy.local", 3128, "u", ApiKey.of("p"))));
	}

	@Test
	void allSettingsOfAModelAreMapped() {
		configured("""
				nexus3:
				  default-model: smart
				  providers:
				    openai:
				    openrouter: { timeouts: { idle: 7s } }
				  models:
				    smart:
				      provider: openrouter
				      model-id: x-ai/grok-4
				      deployment: d-2
				      context-window: 1000
				      guidance: For hard questions
				      reasoning: { effort: high }
				      options: { temperature: 0.1 }
				      timeouts: { stall: 9s }
				      extra-body: { top_k: 1 }
				      extra-headers: { X-A: b }
				""", (config) -> {
			assertThat(config.defaultModel()).isEqualTo("smart");
			ModelConfig smart = config.models().get("smart");
			assertThat(smart).extracting(ModelConfig::provider, ModelConfig::modelId, ModelConfig::deployment)
				.containsExactly("openrouter", "x-ai/grok-4", "d-2");
			assertThat(smart.traits()).isEqualTo(new ModelConfig.Traits(1000, "For hard questions"));
			assertThat(smart.calls().options()).isEqualTo(RequestOptions.defaults()
				.withTemperature(0.1)
				.withReasoning(Reasoning.effort(Reasoning.Level.HIGH))
				.withExtraBody(Map.of("top_k", 1))
				.withExtraHeaders(Map.of("X-A", "b"))
				.withTimeouts(CallTimeouts.unset().withStall(seconds(9))));
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			enabled: false | Off[]
			enabled: true  | Effort[level=MEDIUM]
			budget: 2000   | Budget[tokens=2000]
			effort: low    | Effort[level=LOW]
			""")
	void reasoningIsOneSettingInSeveralForms(String written, String expected) {
		configured("""
				nexus3:
				  providers:
				    openai:
				  models.m: { model-id: o, reasoning: { %s } }
				""".formatted(written),
				(config) -> assertThat(config.models().get("m").calls().options().reasoning()).hasToString(expected));
	}

	@Test
	void anAliasWithDotsAndSlashesIsKeptInBrackets() {
		configured("""
				nexus3:
				  default-model: anthropic/claude-4.5
				  providers:
				    openrouter:
				  models:
				    "[anthropic/claude-4.5]": { model-id: anthropic/claude-sonnet-4.5 }
				""", (config) -> assertThat(config.models()).containsOnlyKeys("anthropic/claude-4.5"));
	}

	@Test
	void anEmptyEntryIsFilledByAnotherSource() {
		this.runner.withInitializer(YamlText.of("""
				nexus3:
				  providers:
				    openai:
				""")).withPropertyValues("nexus3.providers.openai.retry.max-retries=1").run((context) -> {
			ProvidersConfig config = context.getBean(ProvidersConfig.class);
			assertThat(config.providers().get("openai").calls().retry().maxRetries()).isEqualTo(1);
		});
	}

	private static Duration seconds(int seconds) {
		return Duration.ofSeconds(seconds);
	}

}
