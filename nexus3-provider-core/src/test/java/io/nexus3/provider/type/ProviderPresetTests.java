package io.nexus3.provider.type;

import io.nexus3.provider.config.AuthMethod;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.type.ProviderType.ModelName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The presets of hosts that are one line of the catalogue.
 */
class ProviderPresetTests {

	@DisplayName("7: giving only the type is enough")
	@ParameterizedTest(name = "7: {0} is at {1} with the key of {2}")
	@CsvSource({ "openrouter, https://openrouter.ai/api/v1, OPENROUTER_API_KEY",
			"openai, https://api.openai.com/v1, OPENAI_API_KEY", "groq, https://api.groq.com/openai/v1, GROQ_API_KEY",
			"deepseek, https://api.deepseek.com, DEEPSEEK_API_KEY" })
	void thePresetIsApplied(String type, String baseUrl, String variable) {
		EffectiveProvider provider = new ProviderResolver(ProviderTypes.builtIn()).resolve(ProviderConfig.of(type));
		assertThat(provider.type().name()).isEqualTo(type);
		assertThat(provider.endpoint().baseUrl()).isEqualTo(BaseUrl.parse(baseUrl));
		assertThat(provider.authMethod()).isEqualTo(AuthMethod.BEARER);
		assertThat(provider.credential()).isNotNull();
		assertThat(provider.credential().toString()).contains(variable);
		assertThat(provider.type().routing().route(provider.endpoint(), new ModelName("m", null)).pathAndQuery())
			.isEqualTo("/chat/completions");
	}

	@DisplayName("8: the key of one of them is not sent to another's host")
	@ParameterizedTest(name = "8: {0} at {1}")
	@CsvSource({ "groq, https://api.deepseek.com", "deepseek, https://api.groq.com/openai/v1",
			"openai, https://api.groq.com/openai/v1" })
	void theKeyStaysAtHome(String type, String baseUrl) {
		EffectiveProvider provider = new ProviderResolver(ProviderTypes.builtIn())
			.resolve(ProviderConfig.of("mine", type).withBaseUrl(baseUrl));
		assertThat(provider.credential()).isInstanceOf(NoCredential.class);
	}

}
