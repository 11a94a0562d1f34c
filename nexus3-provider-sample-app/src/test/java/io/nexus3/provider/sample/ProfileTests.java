package io.nexus3.provider.sample;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;

import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.sample.simulation.Simulation;
import io.nexus3.provider.test.SimulatedProviders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The profiles for real models. No key is set, and nothing is sent.
 */
class ProfileTests {

	@ParameterizedTest
	@CsvSource({ "openrouter,sonnet", "openai,gpt", "azure,azure-gpt", "anthropic,claude", "ollama,llama",
			"vllm,qwen" })
	void startsWithRealProvidersAndWithoutSimulation(String profile, String defaultModel) {
		try (ConfigurableApplicationContext context = start(profile)) {
			assertThat(context.getBeanProvider(SimulatedProviders.class).getIfAvailable()).isNull();
			assertThat(context.getBean(Simulation.class).running()).isFalse();
			assertThat(context.getBean(ProvidersConfig.class).defaultModel()).isEqualTo(defaultModel);
		}
	}

	@Test
	void takesSeveralProfilesTogether() {
		try (ConfigurableApplicationContext context = start("openrouter", "ollama")) {
			assertThat(context.getBean(ProvidersConfig.class).models()).containsKeys("sonnet", "llama");
		}
	}

	@Test
	void saysInTheLogThatRealModelsAnswer() {
		try (ConfigurableApplicationContext context = start("ollama")) {
			assertThat(context.getBean(StartupNotice.class).text("8080")).contains("llama (default)",
					"from the configured providers");
		}
	}

	@Test
	void marksOnlySimulatedModelsWhenBothAreUsed() {
		try (ConfigurableApplicationContext context = start("simulated", "ollama")) {
			ProvidersConfig config = context.getBean(ProvidersConfig.class);
			Simulation simulation = context.getBean(Simulation.class);
			assertThat(config.providers().values()).filteredOn((provider) -> !simulation.covers(provider))
				.singleElement()
				.satisfies((provider) -> assertThat(provider.name()).isEqualTo("ollama"));
		}
	}

	@Test
	void stopsTheSimulationWithTheApplication() {
		SimulatedProviders simulated;
		try (ConfigurableApplicationContext context = start("simulated")) {
			simulated = context.getBean(SimulatedProviders.class);
		}
		InetSocketAddress address = new InetSocketAddress("127.0.0.1", simulated.port());
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> {
			try (Socket socket = new Socket()) {
				socket.connect(address, 5000);
			}
		});
	}

	private static ConfigurableApplicationContext start(String... profiles) {
		return new SpringApplicationBuilder(SampleApplication.class).profiles(profiles)
			.web(WebApplicationType.NONE)
			.run("--AZURE_OPENAI_ENDPOINT=https://name.openai.azure.com");
	}

}
