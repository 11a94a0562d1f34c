package io.nexus3.provider.type;

import java.time.Duration;

import io.nexus3.provider.config.AuthMethod;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.InvalidConfigurationException;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProviderConfig.Access;
import io.nexus3.provider.config.ProviderConfig.Endpoint;
import io.nexus3.provider.type.ProviderType.ModelName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Presets of provider types, what overrides them, and where a type's key never goes.
 */
class ProviderResolverTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	@ParameterizedTest
	@DisplayName("7: a type alone gives its URL, key variable and way to present the key")
	@CsvSource(nullValues = "-",
			value = { "openrouter,https://openrouter.ai/api/v1,OPENROUTER_API_KEY,BEARER",
					"openai,https://api.openai.com/v1,OPENAI_API_KEY,BEARER",
					"ollama,http://localhost:11434/v1,-,BEARER", "vllm,http://localhost:8000/v1,-,BEARER" })
	void presets(String type, String url, @Nullable String variable, AuthMethod auth) {
		for (ProviderConfig config : new ProviderConfig[] { ProviderConfig.of("mine", type),
				ProviderConfig.of(type) }) {
			EffectiveProvider provider = resolve(config);
			assertThat(provider.type().name()).isEqualTo(type);
			assertThat(provider.endpoint().baseUrl()).hasToString(url);
			assertThat(provider.authMethod()).isEqualTo(auth);
			assertThat(variable(provider)).isEqualTo(variable);
			assertThat(provider.type().routing().route(provider.endpoint(), new ModelName("m", null)).pathAndQuery())
				.isEqualTo("/chat/completions");
		}
	}

	@Test
	@DisplayName("7: a provider that says nothing is of type openrouter")
	void defaultType() {
		EffectiveProvider provider = resolve(ProviderConfig.of("mine"));
		assertThat(provider.type().name()).isEqualTo("openrouter");
		assertThat(variable(provider)).isEqualTo("OPENROUTER_API_KEY");
	}

	@Test
	@DisplayName("7: an azure provider takes its key in the header api-key and has an api-version")
	void azure() {
		EffectiveProvider provider = resolve(ProviderConfig.of("azure").withBaseUrl("https://me.openai.azure.com"));
		assertThat(provider.authMethod()).isEqualTo(AuthMethod.API_KEY);
		assertThat(variable(provider)).isEqualTo("AZURE_OPENAI_KEY");
		assertThat(provider.endpoint().apiVersion()).isEqualTo("2024-02-01");
	}

	@ParameterizedTest
	@DisplayName("7: a type without a host of its own needs a base URL and says so")
	@ValueSource(strings = { "azure", "openai-compatible" })
	void missingBaseUrl(String type) {
		assertThatExceptionOfType(InvalidConfigurationException.class)
			.isThrownBy(() -> resolve(ProviderConfig.of("mine", type)))
			.withMessageContaining("nexus3.providers.mine.base-url")
			.withMessageContaining("'" + type + "'")
			.withMessageContaining("needs a base URL");
	}

	@Test
	@DisplayName("2: an unknown type is an error that lists the types")
	void unknownType() {
		assertThatExceptionOfType(InvalidConfigurationException.class)
			.isThrownBy(() -> resolve(ProviderConfig.of("mine", "invalid_provider")))
			.withMessageContaining("invalid_provider")
			.withMessageContaining("openrouter")
			.withMessageContaining("azure");
	}

	@Test
	@DisplayName("8: base URL, key and way to present it override the type's")
	void overrides() {
		CredentialSource mine = CredentialSource.environment("MY_KEY");
		EffectiveProvider provider = resolve(ProviderConfig.of("mine", "openai")
			.withBaseUrl("https://gateway.example/openai/v1/")
			.withAccess(new Access(mine, AuthMethod.X_API_KEY)));
		assertThat(provider.endpoint().baseUrl()).hasToString("https://gateway.example/openai/v1");
		assertThat(provider.credential()).isSameAs(mine);
		assertThat(provider.authMethod()).isEqualTo(AuthMethod.X_API_KEY);
	}

	@Test
	@DisplayName("8: no authentication needs no key, even where one is set")
	void noAuthentication() {
		EffectiveProvider provider = resolve(ProviderConfig.of("openai")
			.withAccess(new Access(CredentialSource.environment("MY_KEY"), AuthMethod.NONE)));
		assertThat(provider.credential()).isNull();
	}

	@Test
	@DisplayName("8: a type chosen on purpose takes its key along to another base URL")
	void chosenType() {
		assertThat(variable(resolve(ProviderConfig.of("mine", "openai").withBaseUrl("https://gateway.example/v1"))))
			.isEqualTo("OPENAI_API_KEY");
		assertThat(variable(resolve(ProviderConfig.of("openai").withBaseUrl("http://localhost:8000/v1"))))
			.as("the shared default of a type that needs no key")
			.isNull();
		assertThat(variable(resolve(ProviderConfig.of("openai").withBaseUrl("http://localhost:8123/v1"))))
			.isEqualTo("OPENAI_API_KEY");
	}

	@Test
	@DisplayName("8: a type that nobody chose does not lend its key to another host")
	void typeByDefault() {
		EffectiveProvider provider = resolve(ProviderConfig.of("mine").withBaseUrl("https://gateway.example/v1"));
		assertThat(variable(provider)).isNull();
		assertThat(provider.credential().description()).contains("api-key").contains("OPENROUTER_API_KEY");
	}

	@ParameterizedTest
	@DisplayName("8: a type's key never goes to the default host of another type")
	@CsvSource({ "openai,https://openrouter.ai/api/v1", "openai,https://OpenRouter.AI/api/v1",
			"openai,https://openrouter.ai:8443/api/v1", "openai,https://openrouter.ai:443/api/v1",
			"openrouter,https://api.openai.com/v1", "openrouter,https://api.openai.com:444/v1",
			"azure,https://api.openai.com/v1", "openai,http://localhost:11434/v1" })
	void hostOfAnotherType(String type, String url) {
		for (String name : new String[] { "mine", type }) {
			EffectiveProvider provider = resolve(ProviderConfig.of(name, type)
				.withEndpoint(new Endpoint(BaseUrl.parse(url), null, null, false, null)));
			assertThat(provider.credential()).isInstanceOf(NoCredential.class);
			assertThat(provider.credential().description()).contains("is not sent to");
			StepVerifier.create(provider.credential().get()).expectComplete().verify(LIMIT);
		}
	}

	@Test
	@DisplayName("8: a key given for a provider goes where its base URL says")
	void givenKey() {
		EffectiveProvider provider = resolve(
				ProviderConfig.of("mine", "openai").withBaseUrl("https://openrouter.ai/api/v1").withApiKey("k-1"));
		assertThat(provider.credential()).isNotNull().isNotInstanceOf(NoCredential.class);
		assertThat(provider.toString()).doesNotContain("k-1");
	}

	@Test
	@DisplayName("8: all mistakes of a provider are named together")
	void allMistakes() {
		assertThatExceptionOfType(InvalidConfigurationException.class)
			.isThrownBy(() -> resolve(ProviderConfig.of("mine", "azure")
				.withEndpoint(new Endpoint(BaseUrl.parse("http://10.0.0.5/v1"), "a/b", null, false, null))))
			.satisfies((ex) -> assertThat(ex.problems()).hasSize(2))
			.withMessageContaining("base-url")
			.withMessageContaining("api-version");
	}

	private static @Nullable String variable(EffectiveProvider provider) {
		CredentialSource credential = provider.credential();
		if (credential == null || credential instanceof NoCredential) {
			return null;
		}
		return credential.description().replace("environment variable ", "");
	}

	private static EffectiveProvider resolve(ProviderConfig config) {
		return new ProviderResolver(ProviderTypes.builtIn()).resolve(config);
	}

}
