package io.nexus3.provider.sample.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProviders;
import io.nexus3.provider.test.model.Pace;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Starts simulated providers in the profile {@code simulated} and says where they are in
 * properties such as {@code simulated.openai.base-url}. An initializer, because the port
 * must be known before {@code nexus3.*} is bound. They stop with the application.
 *
 * @since 0.1.0
 */
public final class SimulationInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String BEAN_NAME = "simulatedProviders";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		if (environment.acceptsProfiles(Profiles.of("simulated"))) {
			SimulatedProviders providers = SimulatedProviders.start(0, pace(environment));
			new ScenarioScript(slowStart(environment)).install(providers);
			environment.getPropertySources().addFirst(new MapPropertySource(BEAN_NAME, addresses(providers)));
			DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
			beans.registerSingleton(BEAN_NAME, providers);
			// A registered singleton is not closed by itself. Beans are closed in reverse
			// order, so this one outlives the registry that calls it.
			beans.registerDisposableBean(BEAN_NAME, providers::close);
		}
	}

	private static Pace pace(ConfigurableEnvironment environment) {
		Pace usual = Pace.conversational();
		Duration perToken = environment.getProperty("simulated.per-token", Duration.class, usual.perToken());
		return new Pace(environment.getProperty("simulated.first-token", Duration.class, usual.firstToken()), perToken);
	}

	private static Duration slowStart(ConfigurableEnvironment environment) {
		return environment.getProperty("simulated.slow-start", Duration.class, Duration.ofSeconds(4));
	}

	private static Map<String, Object> addresses(SimulatedProviders providers) {
		Map<String, Object> addresses = new HashMap<>();
		for (Dialect dialect : Dialect.values()) {
			addresses.put("simulated." + dialect.name().toLowerCase(Locale.ROOT) + ".base-url",
					providers.baseUrl(dialect));
		}
		return addresses;
	}

}
