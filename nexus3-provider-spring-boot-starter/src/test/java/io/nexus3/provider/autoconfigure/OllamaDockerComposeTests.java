package io.nexus3.provider.autoconfigure;

import io.nexus3.provider.registry.ProviderRegistry;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactory;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class OllamaDockerComposeTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, WebClientAutoConfiguration.class,
				Nexus3AutoConfiguration.class))
		.withBean(OllamaConnectionDetails.class, () -> () -> "http://127.0.0.1:32768/v1");

	private static String baseUrl(ProviderRegistry registry, String provider) {
		return registry.provider(provider).endpoint().baseUrl().toString();
	}

	@Test
	void theFactoryIsFound() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
			.load(ConnectionDetailsFactory.class,
					SpringFactoriesLoader.FailureHandler.logging(LogFactory.getLog(OllamaDockerComposeTests.class))))
			.anyMatch(OllamaDockerComposeConnectionDetailsFactory.class::isInstance);
	}

	@Test
	void theAddressIsTheOneThatDockerGave() {
		RunningService service = mock(RunningService.class);
		ConnectionPorts ports = mock(ConnectionPorts.class);
		given(service.host()).willReturn("127.0.0.1");
		given(service.ports()).willReturn(ports);
		given(ports.get(11434)).willReturn(32768);
		DockerComposeConnectionSource source = mock(DockerComposeConnectionSource.class);
		given(source.getRunningService()).willReturn(service);
		assertThat(
				new OllamaDockerComposeConnectionDetailsFactory().getDockerComposeConnectionDetails(source).baseUrl())
			.isEqualTo("http://127.0.0.1:32768/v1");
	}

	@Test
	void aProviderWithoutAnAddressIsWhereOllamaWasStarted() {
		this.runner.withPropertyValues("nexus3.providers.ollama.pool.max-connections=10")
			.run((context) -> assertThat(baseUrl(context.getBean(ProviderRegistry.class), "ollama"))
				.isEqualTo("http://127.0.0.1:32768/v1"));
	}

	@Test
	void anAddressThatIsConfiguredStays() {
		this.runner.withPropertyValues("nexus3.providers.ollama.base-url=http://localhost:9999/v1")
			.run((context) -> assertThat(baseUrl(context.getBean(ProviderRegistry.class), "ollama"))
				.isEqualTo("http://localhost:9999/v1"));
	}

	@Test
	void providersOfOtherTypesStayWhereTheyAre() {
		this.runner.withPropertyValues("nexus3.providers.vllm.pool.max-connections=10")
			.run((context) -> assertThat(baseUrl(context.getBean(ProviderRegistry.class), "vllm"))
				.isEqualTo("http://localhost:8000/v1"));
	}

}
