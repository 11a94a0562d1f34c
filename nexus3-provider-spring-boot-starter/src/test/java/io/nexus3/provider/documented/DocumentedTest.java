package io.nexus3.provider.documented;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of a test's source that a document shows.
 *
 * @param shown the part, with the closing brace of its class
 */
record DocumentedTest(String shown) {

	private static final String END = "	// What follows is not in";

	private static final Path ROOT = Path.of(System.getProperty("nexus3.project.root", ".."));

	/**
	 * Reads the source of a test.
	 * @param test the class
	 * @param start what stands before the part, which ends where a comment says so
	 */
	static DocumentedTest of(Class<?> test, String start) throws IOException {
		String source = Files.readString(ROOT.resolve("nexus3-provider-spring-boot-starter/src/test/java")
			.resolve(test.getName().replace('.', '/') + ".java"));
		int from = source.indexOf(start) + start.length();
		return new DocumentedTest(source.substring(from, source.indexOf(END, from)).stripTrailing() + "\n\n}\n");
	}

	void isShownBy(String document) throws IOException {
		assertThat(Files.readString(ROOT.resolve(document))).contains("```java\n" + this.shown + "```");
	}

}
