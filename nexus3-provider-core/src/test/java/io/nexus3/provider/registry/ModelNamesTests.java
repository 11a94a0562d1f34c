package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.InvalidConfigurationException;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ModelConfig.Traits;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Models by the names that callers use, and configurations whose names do not fit.
 */
class ModelNamesTests {

	private static final List<ProviderConfig> PROVIDERS = List.of(ProviderConfig.of("openai"),
			ProviderConfig.of("openrouter"));

	private static final ModelConfig NATIVE = ModelConfig.of("native", "openai", "gpt-x");

	private static final ModelConfig SLASHED = ModelConfig.of("x-ai/grok", "openrouter", "x-ai/grok-4");

	@Test
	@DisplayName("5: an alias gives its model")
	void alias() {
		assertThat(names("native").resolve("native")).isEqualTo(new ResolvedModel("native", "openai", "gpt-x", NATIVE));
	}

	@Test
	@DisplayName("5: no alias gives the default model")
	void defaultModel() {
		assertThat(names("x-ai/grok").resolve(null).modelId()).isEqualTo("x-ai/grok-4");
	}

	@Test
	@DisplayName("5: provider and alias give the model under its bare alias")
	void providerAndAlias() {
		assertThat(names(null).resolve("openai/native"))
			.isEqualTo(new ResolvedModel("native", "openai", "gpt-x", NATIVE));
		assertThat(names(null).resolve("openrouter/x-ai/grok").alias()).isEqualTo("x-ai/grok");
	}

	@Test
	@DisplayName("5: an alias with a slash is an alias first")
	void aliasWithASlash() {
		assertThat(names(null).resolve("x-ai/grok").modelId()).isEqualTo("x-ai/grok-4");
	}

	@Test
	@DisplayName("5: an alias that is named like a provider and a model wins over them")
	void aliasBeforeQualifiedName() {
		ModelConfig odd = ModelConfig.of("openai/native", "openrouter", "odd");
		ProvidersConfig config = ProvidersConfig.of(PROVIDERS, List.of(NATIVE, odd), null);
		assertThat(new ModelNames(config).resolve("openai/native").modelId()).isEqualTo("odd");
	}

	@ParameterizedTest
	@DisplayName("5: a name that is nobody's is an error that lists what exists")
	@ValueSource(strings = { "openai/unknown", "x/native", "unknown", "openrouter/native", "", "/", "openai/",
			"/native", "NATIVE" })
	void unknown(String name) {
		assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> names("native").resolve(name))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(ErrorKind.CONFIGURATION))
			.satisfies((ex) -> assertThat(ex.retryable()).isFalse())
			.withMessageContaining("'" + name + "'")
			.withMessageContaining("[native, x-ai/grok]")
			.withMessageContaining("[openai, openrouter]");
	}

	@Test
	@DisplayName("5: without a default the only model is it; of several none is")
	void noDefault() {
		ProvidersConfig one = ProvidersConfig.of(PROVIDERS, List.of(NATIVE), null);
		assertThat(new ModelNames(one).resolve(null).alias()).isEqualTo("native");
		assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> names(null).resolve(null))
			.withMessageContaining("nexus3.default-model")
			.withMessageContaining("[native, x-ai/grok]");
	}

	@Test
	@DisplayName("5: a raw model id needs a configured provider and nothing else")
	void rawModelId() {
		ResolvedModel model = names(null).raw("openrouter", "any/model");
		assertThat(model.provider()).isEqualTo("openrouter");
		assertThat(model.modelId()).isEqualTo("any/model");
		assertThat(model.config().traits()).isEqualTo(Traits.defaults());
		assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> names(null).raw("x", "any/model"))
			.withMessageContaining("'x'")
			.withMessageContaining("[openai, openrouter]");
	}

	@Test
	@DisplayName("3: a model has a window of 131072 unless it says otherwise, and no options")
	void modelDefaults() {
		assertThat(NATIVE.traits().contextWindow()).isEqualTo(131072);
		assertThat(NATIVE.calls().options().reasoning()).isNull();
	}

	@ParameterizedTest
	@DisplayName("3: a blank model id or alias is an error")
	@ValueSource(strings = { "", " ", "\t" })
	void blankNames(String blank) {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> ModelConfig.of("native", "openai", blank))
			.withMessageContaining("'native'")
			.withMessageContaining("model-id");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> ModelConfig.of(blank, "openai", "gpt-x"))
			.withMessageContaining("alias");
	}

	@ParameterizedTest
	@DisplayName("3: a window of no tokens is an error")
	@ValueSource(ints = { 0, -1, Integer.MIN_VALUE })
	void window(int window) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Traits(window, null))
			.withMessageContaining("context-window")
			.withMessageContaining(String.valueOf(window));
	}

	@Test
	@DisplayName("4: a default that is no alias is an error that lists the aliases")
	void unknownDefault() {
		assertThatExceptionOfType(InvalidConfigurationException.class).isThrownBy(() -> names("gone"))
			.withMessageContaining("Unknown model alias 'gone'")
			.withMessageContaining("[native, x-ai/grok]")
			.withMessageContaining("nexus3.default-model");
	}

	@Test
	@DisplayName("4: a model whose provider is not configured is an error that names both, beside all others")
	void unknownProvider() {
		assertThatExceptionOfType(InvalidConfigurationException.class)
			.isThrownBy(() -> ProvidersConfig.of(PROVIDERS, List.of(ModelConfig.of("lost", "gone", "m")), "missing"))
			.withMessageContaining("'lost'")
			.withMessageContaining("'gone'")
			.withMessageContaining("[openai, openrouter]")
			.withMessageContaining("'missing'")
			.satisfies((ex) -> assertThat(ex.problems()).hasSize(2));
	}

	@Test
	@DisplayName("4: a name under which something of another name is filed is an error")
	void namesThatDoNotMatch() {
		assertThatExceptionOfType(InvalidConfigurationException.class)
			.isThrownBy(() -> new ProvidersConfig(Map.of("a", ProviderConfig.of("openai")),
					Map.of("b", ModelConfig.of("native", "a", "gpt-x")), null, Duration.ZERO))
			.withMessageContaining("'a'")
			.withMessageContaining("'openai'")
			.withMessageContaining("'b'")
			.withMessageContaining("'native'");
	}

	private static ModelNames names(@Nullable String defaultModel) {
		return new ModelNames(ProvidersConfig.of(PROVIDERS, List.of(NATIVE, SLASHED), defaultModel));
	}

}
