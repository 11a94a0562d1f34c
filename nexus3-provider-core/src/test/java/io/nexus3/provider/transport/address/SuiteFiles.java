package io.nexus3.provider.transport.address;

import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Finds the files of the endpoint policy suite, which are kept beside the project.
 * Another file of cases is given with {@code -Dnexus3.suite.ssrf=FILE}.
 */
final class SuiteFiles {

	private static final String FOLDER = "../shared/suites/ssrf/";

	private SuiteFiles() {
	}

	/**
	 * The cases.
	 * @return an array with at least one case; the test is skipped where the default file
	 * is absent, and fails where a given one is absent or empty
	 */
	static JsonNode cases() {
		String given = given();
		Path file = root().resolve((given != null) ? given : FOLDER + "cases.json");
		if (given == null) {
			assumeTrue(Files.exists(file), () -> "no suite at " + file);
		}
		assertThat(file).isNotEmptyFile();
		JsonNode cases = read(file);
		assertThat(cases.isArray()).as("an array in %s", file).isTrue();
		assertThat(cases).as("the cases of %s", file).isNotEmpty();
		return cases;
	}

	/**
	 * The special ranges, from beside a given file of cases, else from the default place.
	 * @return the file's content; the test is skipped where there is none
	 */
	static JsonNode ranges() {
		String given = given();
		Path beside = root().resolve((given != null) ? given : FOLDER + "cases.json")
			.resolveSibling("special-ranges.json");
		Path file = Files.exists(beside) ? beside : root().resolve(FOLDER + "special-ranges.json");
		assumeTrue(Files.exists(file), () -> "no ranges at " + file);
		return read(file);
	}

	private static @Nullable String given() {
		String given = System.getProperty("nexus3.suite.ssrf");
		return (given == null || given.isBlank()) ? null : given;
	}

	private static Path root() {
		return Path.of(System.getProperty("nexus3.project.root", ".."));
	}

	private static JsonNode read(Path file) {
		return new JsonMapper().readTree(file);
	}

}
