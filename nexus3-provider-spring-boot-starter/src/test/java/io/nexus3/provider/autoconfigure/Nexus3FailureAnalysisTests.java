package io.nexus3.provider.autoconfigure;

import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user reads when the application does not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class Nexus3FailureAnalysisTests {

	private static void fail(String yaml) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.addInitializers(YamlText.of(yaml));
		assertThatException().isThrownBy(application::run);
	}

	@Test
	void everyMistakeIsToldWithItsPlaceAndWhatToWrite(CapturedOutput output) {
		fail("""
				nexus3.providers.openai:
				  timeouts: { idle: 0s }
				  base-url: api.openai.com
				""");
		assertThat(output).contains("The configuration of the provider layer is invalid:")
			.containsPattern("nexus3.providers.openai.timeouts.idle: the idle timeout must be longer .*2:21")
			.containsPattern("nexus3.providers.openai.base-url: .*scheme")
			.contains("Change these properties:")
			.contains("nexus3.providers.openai.base-url: Write an address such as https://host/v1");
	}

	@Test
	void theWholeTextOfMistakes(CapturedOutput output) {
		fail("""
				nexus3.providers.openai:
				  timeouts: { idle: 0s }
				  base-url: api.openai.com
				""");
		assertThat(output).contains(
				"""
						***************************
						APPLICATION FAILED TO START
						***************************

						Description:

						The configuration of the provider layer is invalid:

						    - nexus3.providers.openai.timeouts.idle: the idle timeout must be longer than 0, not PT0S (%1$s2:21)
						    - nexus3.providers.openai.base-url: The base URL has no scheme: write https://api.openai.com (%1$s3:13)

						Action:

						Change these properties:

						    - nexus3.providers.openai.timeouts.idle: %2$s
						    - nexus3.providers.openai.base-url: Write an address such as https://host/v1
						"""
					.formatted("Byte array resource [resource loaded from byte array] - ",
							"Write a value that is allowed, or leave the property out for the default"));
	}

	@Test
	void aValueOutOfRangeOutsideOfEntriesIsToldTheSameWay(CapturedOutput output) {
		fail("nexus3.health.failures-in-a-row: 0");
		assertThat(output).contains("The configuration of the provider layer is invalid:")
			.contains("nexus3.health.failures-in-a-row: One call at least must fail, not 0")
			.contains("nexus3.health.failures-in-a-row: Write 1 or more");
	}

	@ParameterizedTest
	@DisplayName("2: an unknown key is a mistake that says what was probably meant")
	@CsvSource({ "providers.openai.basee-url, base-url", "providers.openai.baseurll, base-url",
			"providers.openai.timeout.idle, timeouts", "providers.openai.retry.max-retry, max-retries",
			"models.fast.modelid2, model-id", "default-modell, default-model", "provider.openai.type, providers" })
	void anUnknownKeyIsToldWithWhatWasMeant(String key, String meant, CapturedOutput output) {
		fail("nexus3." + key + ": 3");
		assertThat(output).contains("These properties are unknown:")
			.contains("nexus3." + key)
			.contains("Did you mean '" + meant + "'?")
			.doesNotContain("Binding to target");
	}

	@Test
	void aKeyUnlikeAnyOtherIsToldWithTheKeysThatThereAre(CapturedOutput output) {
		fail("nexus3.models.fast.zzzzzzzz: 3");
		assertThat(output).contains("The keys in this place are provider, model-id, deployment");
	}

	@Test
	void aKeyBelowAValueIsToldSo(CapturedOutput output) {
		fail("nexus3.models.fast.model-id.name: 3");
		assertThat(output).contains("nexus3.models.fast.model-id.name: This key takes a value");
	}

	@Test
	void anAliasWithADotIsToldToNeedBrackets(CapturedOutput output) {
		fail("""
				nexus3:
				  models:
				    gpt-4.1: { provider: openai }
				""");
		assertThat(output).contains("\"[gpt-4.1]\"");
	}

	@Test
	void theValueOfAnUnknownKeyIsNotShown(CapturedOutput output) {
		fail("nexus3.providers.openai.api-kei: sk-geheim");
		assertThat(output).contains("Did you mean 'api-key'?").doesNotContain("geheim");
	}

	@Test
	void aKeyInThePlaceOfAProviderIsNotShown(CapturedOutput output) {
		fail("nexus3.providers.openai: sk-geheim");
		assertThat(output).contains("nexus3.providers.openai").doesNotContain("geheim");
	}

	@Test
	void unknownKeysOfOthersAreLeftToBoot() {
		ConfigurationProperty other = new ConfigurationProperty(ConfigurationPropertyName.of("other.key"), "1", null);
		assertThat(new UnknownPropertyFailureAnalyzer()
			.analyze(new UnboundConfigurationPropertiesException(Set.of(other)))).isNull();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(Nexus3AutoConfiguration.class)
	static class Application {

	}

}
