package io.nexus3.provider.sample.simulation;

import java.util.List;

import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.test.SimulatedProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Knows which answers are simulated, so that nobody takes them for a model's.
 *
 * @since 0.1.0
 */
@Component
public class Simulation {

	private final @Nullable SimulatedProviders providers;

	Simulation(ObjectProvider<SimulatedProviders> providers) {
		this.providers = providers.getIfAvailable();
	}

	/**
	 * Whether simulated providers run in this application.
	 * @return {@code false} when only real providers are configured
	 */
	public boolean running() {
		return this.providers != null;
	}

	/**
	 * What can be made to go wrong.
	 * @return the scenarios; none when only real providers are configured
	 */
	public List<Scenario> scenarios() {
		return running() ? List.of(Scenario.values()) : List.of();
	}

	/**
	 * One of the scenarios.
	 * @param id its id
	 * @return the scenario, or {@code null} when there is none of that id here
	 */
	public @Nullable Scenario scenario(String id) {
		return scenarios().stream().filter((scenario) -> scenario.id().equals(id)).findFirst().orElse(null);
	}

	/**
	 * Whether a provider is a simulated one: told by its address, not by its name.
	 * @param provider the provider as configured
	 * @return whether its answers are simulated
	 */
	public boolean covers(ProviderConfig provider) {
		BaseUrl baseUrl = provider.endpoint().baseUrl();
		return this.providers != null && baseUrl != null && baseUrl.host().equals("127.0.0.1")
				&& baseUrl.port() == this.providers.port();
	}

}
