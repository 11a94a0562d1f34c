package io.nexus3.provider.benchmarks.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts an empty WebFlux application with and without the starter, in turn.
 */
final class Startup {

	/** The scenario of the application with the starter. */
	static final String WITH = "startup-with";

	/** The scenario of the application without it. */
	static final String WITHOUT = "startup-without";

	private static final String MAIN = "io.nexus3.provider.benchmarks.startup.StartupApplication";

	private static final String[] ARGUMENTS = { MAIN, "--server.port=0", "--logging.level.root=warn",
			"--spring.main.banner-mode=off", "--nexus3.providers.bench.type=openai-compatible",
			"--nexus3.providers.bench.base-url=http://localhost:1/v1", "--nexus3.providers.bench.api-key=bench-key",
			"--nexus3.models.bench.provider=bench", "--nexus3.models.bench.model-id=bench-model-1" };

	private final ClassPaths classPaths;

	private final Path errors;

	Startup(ClassPaths classPaths, Path errors) {
		this.classPaths = classPaths;
		this.errors = errors;
	}

	List<Round> rounds(int count) throws IOException {
		List<Round> rounds = new ArrayList<>();
		for (int number = 1; number <= count; number++) {
			rounds.add(start(WITHOUT, "peers/startup-empty", number));
			rounds.add(start(WITH, "peers/startup-starter", number));
		}
		return rounds;
	}

	private Round start(String scenario, String module, int number) throws IOException {
		try (Worker worker = Worker.start(this.classPaths.of(module), this.errors, ARGUMENTS)) {
			Map<String, String> said = Worker.pairs(worker.await("RESULT "));
			return new Round(scenario, Peer.NEXUS3.id(), number, Map.of(Round.CPU_SECONDS,
					Double.parseDouble(said.get("cpu")) / 1e9, Round.WALL, Double.parseDouble(said.get("wall")) / 1e9),
					"");
		}
	}

}
