package io.nexus3.provider.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * One recorded exchange: how it was served, its bytes, and what it means.
 *
 * @param name the folder's name
 * @param meta how it was served
 * @param body the bytes of the answer
 * @param expected what it means
 */
record WireCase(String name, JsonNode meta, byte[] body, JsonNode expected) {

	private static final JsonMapper JSON = new JsonMapper();

	/** Where the exchanges are; who asks is skipped where they are not. */
	static Path folder() {
		String given = System.getProperty("nexus3.wire.corpus");
		Path root = Path.of(System.getProperty("nexus3.project.root", ".."));
		Path folder = root.resolve((given != null) ? given : "../shared/wire").normalize();
		if (given == null) {
			assumeTrue(Files.isDirectory(folder), "the recorded exchanges are not here: " + folder);
		}
		assertThat(folder).isDirectory();
		return folder;
	}

	static List<WireCase> readAll(Path folder) {
		try (Stream<Path> folders = Files.list(folder)) {
			return folders.filter((path) -> Files.isRegularFile(path.resolve("meta.json")))
				.sorted()
				.map(WireCase::read)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static WireCase read(Path folder) {
		try {
			Path stream = folder.resolve("response.sse");
			byte[] body = Files.readAllBytes(Files.exists(stream) ? stream : folder.resolve("response.json"));
			return new WireCase(folder.getFileName().toString(), JSON.readTree(folder.resolve("meta.json").toFile()),
					body, JSON.readTree(folder.resolve("expected.json").toFile()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	WireCase withExpected(JsonNode other) {
		return new WireCase(this.name, this.meta, this.body, other);
	}

	/** The provider type that reads it. */
	String type() {
		String provider = this.meta.get("provider").stringValue();
		return provider.equals("other-compat") ? "openai-compatible" : provider;
	}

	/** The wire format that it is written in. */
	String format() {
		return this.meta.get("protocol").stringValue();
	}

	boolean isStream() {
		return this.meta.get("stream").booleanValue();
	}

	int status() {
		return this.meta.get("status").intValue();
	}

	String contentType() {
		return this.meta.get("content_type").asString("");
	}

	boolean isComplete() {
		return this.expected.get("complete").booleanValue();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
