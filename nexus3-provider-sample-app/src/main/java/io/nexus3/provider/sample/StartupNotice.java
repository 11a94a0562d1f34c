package io.nexus3.provider.sample;

import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.sample.simulation.Simulation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says in the log where the page is, which models there are and who answers.
 */
@Component
class StartupNotice {

	private static final Logger logger = LoggerFactory.getLogger(StartupNotice.class);

	private final ProvidersConfig config;

	private final Simulation simulation;

	StartupNotice(ProvidersConfig config, Simulation simulation) {
		this.config = config;
		this.simulation = simulation;
	}

	@EventListener
	void ready(ApplicationReadyEvent event) {
		String port = event.getApplicationContext().getEnvironment().getProperty("local.server.port", "8080");
		logger.info(text(port));
	}

	String text(String port) {
		String nl = System.lineSeparator();
		StringBuilder text = new StringBuilder();
		text.append(nl).append(nl);
		text.append("  Chat     http://localhost:").append(port).append('/').append(nl);
		text.append("  Models   ").append(models()).append(nl);
		text.append("  Answers  ").append(answers()).append(nl);
		text.append("  Health   http://localhost:").append(port).append("/actuator/health").append(nl);
		text.append("  Try      curl -N 'http://localhost:")
			.append(port)
			.append("/api/chat?message=What+is+12*7'")
			.append(nl);
		return text.toString();
	}

	private String models() {
		return this.config.models().isEmpty() ? "none: configure nexus3.models"
				: String.join(", ",
						this.config.models()
							.values()
							.stream()
							.map((model) -> model.alias().equals(this.config.defaultModel())
									? model.alias() + " (default)" : model.alias())
							.toList());
	}

	private String answers() {
		return this.simulation.running()
				? "simulated: no key is needed and nothing leaves this machine. "
						+ "Profiles openrouter, openai, azure, anthropic, ollama and vllm ask real models"
				: "from the configured providers";
	}

}
