package io.nexus3.provider.autoconfigure;

import io.nexus3.provider.config.ProvidersConfig;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class Nexus3TruncatedStreamTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(Nexus3AutoConfiguration.class));

	private static boolean accepted(ProvidersConfig config) {
		return config.providers().get("vllm").calls().acceptTruncatedStreams();
	}

	@Test
	void truncatedStreamsAreErrorsUnlessTheyAreAccepted() {
		this.runner.withPropertyValues("nexus3.providers.vllm.type=vllm")
			.run((context) -> assertThat(accepted(context.getBean(ProvidersConfig.class))).isFalse());
		this.runner.withPropertyValues("nexus3.providers.vllm.accept-truncated-streams=true")
			.run((context) -> assertThat(accepted(context.getBean(ProvidersConfig.class))).isTrue());
	}

}
