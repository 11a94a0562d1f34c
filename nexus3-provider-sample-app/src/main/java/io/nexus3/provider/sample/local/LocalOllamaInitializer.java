package io.nexus3.provider.sample.local;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Offers the models of an Ollama that runs on this machine beside whatever is configured:
 * as a provider {@code local-ollama} with its models by their own names. Asks once, for
 * half a second at most; {@code sample.local-ollama.enabled=false} turns it off. The
 * profile {@code ollama} says itself which models it wants, so nothing is asked there.
 *
 * @since 0.1.0
 */
public final class LocalOllamaInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String PROVIDER = "local-ollama";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		if (!environment.getProperty("sample.local-ollama.enabled", Boolean.class, true)
				|| environment.acceptsProfiles(Profiles.of("ollama"))) {
			return;
		}
		String address = environment.getProperty("sample.local-ollama.address", "http://localhost:11434");
		Duration timeout = environment.getProperty("sample.local-ollama.timeout", Duration.class,
				Duration.ofMillis(500));
		List<String> models = new LocalOllama(URI.create(address), timeout).models();
		if (!models.isEmpty()) {
			environment.getPropertySources().addLast(new MapPropertySource(PROVIDER, properties(address, models)));
		}
	}

	private static Map<String, Object> properties(String address, List<String> models) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("nexus3.providers." + PROVIDER + ".type", "ollama");
		properties.put("nexus3.providers." + PROVIDER + ".base-url", address + "/v1");
		for (String model : models) {
			String prefix = "nexus3.models[" + model + "].";
			properties.put(prefix + "provider", PROVIDER);
			properties.put(prefix + "model-id", model);
			properties.put(prefix + "guidance", "Runs on this machine");
		}
		return properties;
	}

}
