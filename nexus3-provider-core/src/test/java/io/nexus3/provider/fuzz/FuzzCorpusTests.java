package io.nexus3.provider.fuzz;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * What the ordinary build runs of the fuzzing: the corpus, which holds every input that
 * ever was a finding, and seeded mutations of it.
 */
class FuzzCorpusTests {

	/** Of each target; a release runs more, and Jazzer. */
	private static final int EXECUTIONS = Integer.getInteger("nexus3.fuzz.executions", 5_000);

	private static final long SEED = Long.getLong("nexus3.fuzz.seed", 20260301);

	@ParameterizedTest
	@EnumSource
	void everyInputOfTheCorpusHoldsTheRules(FuzzTarget target) throws Exception {
		for (Path file : corpus(target)) {
			byte[] input = Files.readAllBytes(file);
			assertThatCode(() -> target.run(input)).as(file.getFileName().toString()).doesNotThrowAnyException();
		}
	}

	@ParameterizedTest
	@EnumSource
	void mutationsOfTheCorpusHoldTheRules(FuzzTarget target) throws Exception {
		List<byte[]> seeds = new ArrayList<>();
		for (Path file : corpus(target)) {
			seeds.add(Files.readAllBytes(file));
		}
		Mutator mutator = new Mutator(seeds, SEED);
		int done = 0;
		while (done < EXECUTIONS) {
			byte[] input = mutator.next();
			try {
				target.run(input);
				done++;
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError(
						"Execution " + done + ", input in base64 " + Base64.getEncoder().encodeToString(input), ex);
			}
		}
		assertThat(done).isEqualTo(EXECUTIONS);
	}

	private static List<Path> corpus(FuzzTarget target) throws IOException, URISyntaxException {
		URL folder = target.owner().getResource(target.owner().getSimpleName() + "Inputs/fuzz");
		assertThat(folder).as("the corpus of %s", target).isNotNull();
		try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
			List<Path> sorted = files.sorted().toList();
			assertThat(sorted).isNotEmpty();
			return sorted;
		}
	}

}
