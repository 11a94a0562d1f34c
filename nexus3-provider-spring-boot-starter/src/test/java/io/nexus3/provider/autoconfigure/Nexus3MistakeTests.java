package io.nexus3.provider.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.config.ConfigurationProblem;
import io.nexus3.provider.config.InvalidConfigurationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class Nexus3MistakeTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, Nexus3AutoConfiguration.class));

	private List<ConfigurationProblem> mistakes(String yaml) {
		List<ConfigurationProblem> problems = new ArrayList<>();
		this.runner.withInitializer(YamlText.of(yaml))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationException.class, (ex) -> problems.addAll(ex.problems())));
		return problems;
	}

	private ConfigurationProblem onlyMistake(String yaml) {
		List<ConfigurationProblem> problems = mistakes(yaml);
		assertThat(problems).hasSize(1);
		return problems.get(0);
	}

	@Test
	@DisplayName("2: an unknown type is a mistake that lists the known ones")
	void anUnknownTypeListsTheKnownOnes() {
		ConfigurationProblem problem = onlyMistake("nexus3.providers.x.type: invalid_provider");
		assertThat(problem.property()).isEqualTo("nexus3.providers.x.type");
		assertThat(problem.description()).contains("invalid_provider");
		assertThat(problem.action()).contains("openrouter", "openai", "azure", "ollama", "vllm");
	}

	@ParameterizedTest
	@DisplayName("2: numbers out of their range are mistakes under their full name")
	@CsvSource(textBlock = """
			timeouts.connect,           0s
			timeouts.response,          0s
			timeouts.first-event,       -1s
			timeouts.idle,              0s
			timeouts.stall,             0s
			timeouts.total,             0s
			retry.max-retries,          -1
			retry.max-retries,          11
			retry.backoff,              0.5
			retry.backoff,              5.1
			retry.max-delay,            0s
			retry.max-retry-after,      -1s
			retry.budget,               -1
			limits.error-body,          0B
			limits.response-body,       3GB
			limits.sse-event,           0B
			limits.tool-arguments,      0B
			limits.events,              0
			limits.response-headers,    0B
			pool.max-connections,       0
			pool.pending-acquire-timeout, 0s
			pool.max-idle-time,         0s
			pool.max-life-time,         0s
			options.max-output-tokens,  0
			""")
	void aNumberOutOfItsRangeIsAMistakeUnderItsFullName(String key, String value) {
		ConfigurationProblem problem = onlyMistake("nexus3.providers.openai." + key + ": " + value);
		assertThat(problem.property()).isEqualTo("nexus3.providers.openai." + key);
		assertThat(problem.description()).containsPattern("must (be|not be)");
	}

	@Test
	@DisplayName("2: an unknown way to present the key stops the start")
	void anUnknownAuthMethodStopsTheStart() {
		this.runner.withPropertyValues("nexus3.providers.openai.auth-method=basic")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("basic"));
	}

	@ParameterizedTest
	@DisplayName("3: a model needs an id")
	@CsvSource({ "guidance: text", "model-id: ''", "model-id: ' '" })
	void aModelNeedsAnId(String model) {
		ConfigurationProblem problem = onlyMistake("""
				nexus3:
				  default-model: m
				  providers:
				    openai:
				  models.m: { %s }
				""".formatted(model));
		assertThat(problem.property()).isEqualTo("nexus3.models.m.model-id");
	}

	@Test
	@DisplayName("3: an empty model is a model without an id")
	void anEmptyModelIsAModelWithoutAnId() {
		ConfigurationProblem problem = onlyMistake("""
				nexus3:
				  providers:
				    openai:
				  models:
				    m:
				""");
		assertThat(problem.property()).isEqualTo("nexus3.models.m.model-id");
	}

	@ParameterizedTest
	@DisplayName("3: a context window below 1 is a mistake")
	@CsvSource({ "0", "-5" })
	void aContextWindowBelowOneIsAMistake(int window) {
		ConfigurationProblem problem = onlyMistake("""
				nexus3:
				  providers:
				    openai:
				  models.m: { model-id: gpt-5, context-window: %d }
				""".formatted(window));
		assertThat(problem.property()).isEqualTo("nexus3.models.m.context-window");
	}

	@Test
	@DisplayName("4: a default model that is no alias is a mistake that lists the aliases")
	void anUnknownDefaultModelListsTheAliases() {
		ConfigurationProblem problem = onlyMistake("""
				nexus3:
				  default-model: slow
				  providers:
				    openai:
				  models.fast.model-id: gpt-5
				""");
		assertThat(problem.property()).isEqualTo("nexus3.default-model");
		assertThat(problem.description()).isEqualTo("Unknown model alias 'slow'");
		assertThat(problem.action()).contains("[fast]");
	}

	@Test
	@DisplayName("4: a model of a provider that is not configured is a mistake that names both")
	void anUnknownProviderOfAModelNamesBoth() {
		ConfigurationProblem problem = onlyMistake("""
				nexus3:
				  providers:
				    openai:
				  models: { "[claude-4.5]": { provider: elsewhere, model-id: c } }
				""");
		assertThat(problem.property()).isEqualTo("nexus3.models[claude-4.5].provider");
		assertThat(problem.description()).contains("'claude-4.5'", "'elsewhere'");
		assertThat(problem.action()).contains("[openai]");
	}

	@Test
	void aModelWithoutAProviderNeedsExactlyOne() {
		ConfigurationProblem problem = onlyMistake("""
				nexus3:
				  providers:
				    openai:
				    openrouter:
				  models.fast.model-id: gpt-5
				""");
		assertThat(problem.property()).isEqualTo("nexus3.models.fast.provider");
		assertThat(problem.action()).contains("openai", "openrouter");
	}

	@Test
	@DisplayName("6: an unknown SSL bundle is a mistake that names it")
	void anUnknownSslBundleIsNamed() {
		ConfigurationProblem problem = onlyMistake("nexus3.providers.openai.ssl.bundle: nowhere");
		assertThat(problem.property()).isEqualTo("nexus3.providers.openai.ssl.bundle");
		assertThat(problem.description()).contains("'nowhere'");
	}

	@Test
	@DisplayName("6: an unreadable SSL bundle is a mistake that names it")
	void anUnreadableSslBundleIsNamed() {
		ConfigurationProblem problem = onlyMistake("""
				spring.ssl.bundle.jks.broken.truststore.location: classpath:ssl/missing.p12
				nexus3.providers.openai.ssl.bundle: broken
				""");
		assertThat(problem.property()).isEqualTo("nexus3.providers.openai.ssl.bundle");
		assertThat(problem.description()).contains("'broken'", "missing.p12");
	}

	@Test
	@DisplayName("7: Azure without a base URL is a mistake that says so")
	void azureWithoutABaseUrlIsAMistake() {
		ConfigurationProblem problem = onlyMistake("nexus3.providers.box.type: azure");
		assertThat(problem.property()).isEqualTo("nexus3.providers.box.base-url");
		assertThat(problem.description()).contains("azure", "needs a base URL");
	}

	@ParameterizedTest
	@CsvSource({ "api.openai.com/v1, scheme", "ftp://evil.com, not allowed", "http://10.0.0.5, security", "'', empty" })
	void aBadBaseUrlIsAMistake(String baseUrl, String expected) {
		ConfigurationProblem problem = onlyMistake("nexus3.providers.azure.base-url: '%s'".formatted(baseUrl));
		assertThat(problem.property()).isEqualTo("nexus3.providers.azure.base-url");
		assertThat(problem.description()).containsIgnoringCase(expected);
	}

	@Test
	void aBadKeyIsAMistakeThatDoesNotShowIt() {
		ConfigurationProblem problem = onlyMistake("nexus3.providers.openai.api-key: 'geheim schlüssel'");
		assertThat(problem.property()).isEqualTo("nexus3.providers.openai.api-key");
		assertThat(problem.toString()).doesNotContain("geheim", "schl");
	}

	@Test
	void aKeyInThePlaceOfAVariableIsAMistakeThatDoesNotShowIt() {
		ConfigurationProblem problem = onlyMistake("nexus3.providers.openai.api-key-env: sk-geheim");
		assertThat(problem.property()).isEqualTo("nexus3.providers.openai.api-key-env");
		assertThat(problem.toString()).doesNotContain("geheim");
	}

	@Test
	void aKeyAndAKeyVariableTogetherAreAMistake() {
		ConfigurationProblem problem = onlyMistake("nexus3.providers.openai: { api-key: k, api-key-env: K }");
		assertThat(problem.description()).contains("Both api-key and api-key-env");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{ effort: high, budget: 5 }      | reasoning
			{ enabled: false, effort: high } | reasoning
			{ budget: 0 }                    | reasoning.budget
			""")
	void contradictoryReasoningIsAMistake(String reasoning, String key) {
		ConfigurationProblem problem = onlyMistake("""
				nexus3:
				  providers:
				    openai:
				  models.m: { model-id: o, reasoning: %s }
				""".formatted(reasoning));
		assertThat(problem.property()).isEqualTo("nexus3.models.m." + key);
	}

	@Test
	void aHeaderThatCarriesCredentialsIsAMistakeAtProviderAndModel() {
		assertThat(mistakes("""
				nexus3:
				  providers.openai.extra-headers: { Authorization: geheim }
				  models.m: { model-id: o, extra-headers: { Api-Key: geheim } }
				""")).extracting(ConfigurationProblem::property)
			.containsExactly("nexus3.providers.openai.extra-headers", "nexus3.models.m.extra-headers");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{ port: 3128 }                            | host
			{ host: proxy.local }                     | port
			{ host: proxy.local, port: 0 }            | port
			{ host: p, port: 1, password: 'ge heim' } | password
			""")
	void anIncompleteProxyIsAMistake(String proxy, String key) {
		ConfigurationProblem problem = onlyMistake("nexus3.providers.openai.proxy: " + proxy);
		assertThat(problem.property()).isEqualTo("nexus3.providers.openai.proxy." + key);
		assertThat(problem.toString()).doesNotContain("heim");
	}

	@Test
	void aNameThatWouldBeChangedIsAMistake() {
		ConfigurationProblem problem = onlyMistake("""
				nexus3:
				  providers:
				    openrouter:
				  models:
				    anthropic/claude: { model-id: anthropic/claude-sonnet-4.5 }
				""");
		assertThat(problem.property()).isEqualTo("nexus3.models.anthropic/claude");
		assertThat(problem.description()).contains("'anthropicclaude'");
		assertThat(problem.action()).contains("\"[anthropic/claude]\"");
	}

	@Test
	void allMistakesAreToldTogether() {
		assertThat(mistakes("""
				nexus3:
				  default-model: nope
				  providers:
				    a: { type: invalid }
				    b: { type: azure, retry: { max-retries: 11, backoff: 9 } }
				    "[c.1]": { base-url: "http://169.254.169.254", timeouts: { idle: 0s } }
				  models:
				    m: { provider: zzz }
				""")).extracting(ConfigurationProblem::property)
			.containsExactlyInAnyOrder("nexus3.providers.b.retry.max-retries", "nexus3.providers.b.retry.backoff",
					"nexus3.providers[c.1].timeouts.idle", "nexus3.providers.a.type", "nexus3.providers.b.base-url",
					"nexus3.providers[c.1].base-url", "nexus3.models.m.provider", "nexus3.models.m.model-id",
					"nexus3.default-model");
	}

}
