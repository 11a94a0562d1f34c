package io.nexus3.provider.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The mistakes that users make most, each with all that is printed about it.
 */
@ExtendWith(OutputCaptureExtension.class)
class Nexus3FailureReportTests {

	private static final String BANNER = """
			***************************
			APPLICATION FAILED TO START
			***************************
			""";

	/** Everything after the banner; places as {@code line:column}. */
	private static String report(String yaml, CapturedOutput output) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.addInitializers(YamlText.of(yaml));
		assertThatException().isThrownBy(application::run);
		String all = output.getAll().replace(System.lineSeparator(), "\n");
		assertThat(all).containsOnlyOnce(BANNER);
		return all.substring(all.indexOf(BANNER) + BANNER.length())
			.strip()
			.replace("Byte array resource [resource loaded from byte array] - ", "");
	}

	@Test
	void anUnknownKey(CapturedOutput output) {
		assertThat(report("""
				nexus3:
				  providers:
				    openai: { basee-url: "https://api.openai.com/v1" }
				""", output)).isEqualTo("""
				Description:

				These properties are unknown:

				    - nexus3.providers.openai.basee-url (3:26)

				Action:

				Change or remove them:

				    - nexus3.providers.openai.basee-url: Did you mean 'base-url'?""");
	}

	@Test
	void anAliasWithADotAndNoBrackets(CapturedOutput output) {
		assertThat(report("""
				nexus3:
				  providers:
				    openai: {}
				  models:
				    gpt-4.1: { model-id: gpt-4.1 }
				""", output)).isEqualTo(
				"""
						Description:

						These properties are unknown:

						    - nexus3.models.gpt-4.1.model-id (5:26)

						Action:

						Change or remove them:

						    - nexus3.models.gpt-4.1.model-id: A name with a dot is written in brackets, and in quotes too in YAML: "[gpt-4.1]\"""");
	}

	@Test
	void anAliasWithASlashAndNoBrackets(CapturedOutput output) {
		assertThat(report("""
				nexus3:
				  providers:
				    openrouter: {}
				  models:
				    x-ai/grok: { model-id: x-ai/grok-4 }
				""", output)).isEqualTo("""
				Description:

				The configuration of the provider layer is invalid:

				    - nexus3.models.x-ai/grok: The name 'x-ai/grok' would be read as 'x-aigrok'

				Action:

				Change these properties:

				    - nexus3.models.x-ai/grok: Write it in brackets, and in quotes too in YAML: "[x-ai/grok]\"""");
	}

	@Test
	void anAliasWithADotAndASlashAndNoBrackets(CapturedOutput output) {
		assertThat(report("""
				nexus3:
				  providers:
				    openrouter: {}
				  models:
				    anthropic/claude-4.5: { model-id: anthropic/claude-sonnet-4.5 }
				""", output)).isEqualTo(
				"""
						Description:

						These properties are unknown:

						    - nexus3.models.anthropic/claude-4.5.model-id (5:39)

						Action:

						Change or remove them:

						    - nexus3.models.anthropic/claude-4.5.model-id: A name with a dot is written in brackets, and in quotes too in YAML: "[anthropic/claude-4.5]\"""");
	}

	@Test
	void aModelOfAnUnknownProvider(CapturedOutput output) {
		assertThat(report("""
				nexus3:
				  providers:
				    openai: {}
				  models:
				    fast: { provider: opnai, model-id: gpt-5 }
				""", output)).isEqualTo(
				"""
						Description:

						The configuration of the provider layer is invalid:

						    - nexus3.models.fast.provider: Model 'fast' names the provider 'opnai', which is not configured (5:23)

						Action:

						Change these properties:

						    - nexus3.models.fast.provider: Write one of the configured providers: [openai], or configure it""");
	}

	@Test
	void anUnknownType(CapturedOutput output) {
		assertThat(report("""
				nexus3:
				  providers:
				    box: { type: lamacpp }
				""", output)).isEqualTo(
				"""
						Description:

						The configuration of the provider layer is invalid:

						    - nexus3.providers.box.type: Unknown provider type 'lamacpp' (3:18)

						Action:

						Change these properties:

						    - nexus3.providers.box.type: Write one of [openrouter, openai, ollama, vllm, groq, deepseek, openai-compatible, anthropic, azure]""");
	}

	@Test
	void aBaseUrlWithoutEncryption(CapturedOutput output) {
		assertThat(report("""
				nexus3:
				  providers:
				    gpu-box: { type: vllm, base-url: "http://10.0.0.5:8000/v1" }
				""", output)).isEqualTo(
				"""
						Description:

						The configuration of the provider layer is invalid:

						    - nexus3.providers.gpu-box.base-url: Refused for security: host 10.0.0.5: it is plain http to another host than this one, and keys would travel unencrypted and it is a private address (private use, RFC 1918): set allow-insecure-http=true and allow-private-network=true if that is wanted (3:38)

						Action:

						Change these properties:

						    - nexus3.providers.gpu-box.base-url: Write a public https address, or the setting where the message names one""");
	}

	@Test
	void aBaseUrlThatIsNeverAllowed(CapturedOutput output) {
		assertThat(report("""
				nexus3:
				  providers:
				    openai: { base-url: "http://169.254.169.254/v1", allow-insecure-http: true }
				""", output)).isEqualTo(
				"""
						Description:

						The configuration of the provider layer is invalid:

						    - nexus3.providers.openai.base-url: Refused for security: host 169.254.169.254: it is refused under every setting (link-local and cloud metadata, RFC 3927) (3:25)

						Action:

						Change these properties:

						    - nexus3.providers.openai.base-url: Write a public https address, or the setting where the message names one""");
	}

	@Test
	void azureWithoutItsBaseUrl(CapturedOutput output) {
		assertThat(report("""
				nexus3:
				  providers:
				    azure: { deployment: chat }
				""", output)).isEqualTo(
				"""
						Description:

						The configuration of the provider layer is invalid:

						    - nexus3.providers.azure.base-url: A provider of type 'azure' needs a base URL

						Action:

						Change these properties:

						    - nexus3.providers.azure.base-url: Write the server's address, such as https://host/v1, or https://NAME.openai.azure.com for Azure""");
	}

	@Test
	void anSslBundleThatIsNotThere(CapturedOutput output) {
		assertThat(report("""
				nexus3:
				  providers:
				    openai: { ssl: { bundle: companyca } }
				""", output)).isEqualTo(
				"""
						Description:

						The configuration of the provider layer is invalid:

						    - nexus3.providers.openai.ssl.bundle: Unknown SSL bundle 'companyca' (3:30)

						Action:

						Change these properties:

						    - nexus3.providers.openai.ssl.bundle: Configure spring.ssl.bundle.jks.companyca or spring.ssl.bundle.pem.companyca""");
	}

	@Test
	void anUnknownDefaultModel(CapturedOutput output) {
		assertThat(report("""
				nexus3:
				  default-model: fsat
				  providers:
				    openai: {}
				  models:
				    fast: { model-id: gpt-5-mini }
				    deep: { model-id: gpt-5 }
				""", output)).isEqualTo("""
				Description:

				The configuration of the provider layer is invalid:

				    - nexus3.default-model: Unknown model alias 'fsat' (2:18)

				Action:

				Change these properties:

				    - nexus3.default-model: Write one of the configured aliases: [fast, deep]""");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, Nexus3AutoConfiguration.class })
	static class Application {

	}

}
