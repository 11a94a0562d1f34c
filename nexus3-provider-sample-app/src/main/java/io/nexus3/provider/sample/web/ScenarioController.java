package io.nexus3.provider.sample.web;

import java.util.List;

import io.nexus3.provider.sample.simulation.Simulation;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says what can be made to go wrong at simulated providers.
 *
 * @since 0.1.0
 */
@RestController
public class ScenarioController {

	private final List<Entry> scenarios;

	ScenarioController(Simulation simulation) {
		this.scenarios = simulation.scenarios()
			.stream()
			.map((scenario) -> new Entry(scenario.id(), scenario.title(), scenario.description(), scenario.message()))
			.toList();
	}

	/**
	 * List the scenarios.
	 * @return the scenarios; none when no provider is simulated
	 */
	@GetMapping("/api/scenarios")
	public List<Entry> scenarios() {
		return this.scenarios;
	}

	/**
	 * A scenario.
	 *
	 * @param id what requests call it
	 * @param title a few words
	 * @param description what happens
	 * @param message a question that shows it well
	 */
	public record Entry(String id, String title, String description, String message) {

	}

}
