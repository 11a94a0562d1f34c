package io.nexus3.provider.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.nexus3.provider.autoconfigure.ConfigurationKeys.Key;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written about the configuration, for people and for tools, is what there is.
 * {@link Nexus3MetadataTests} looks at what the build makes of it.
 */
class ConfigurationReferenceTests {

	private static final Path PAGE = Path.of("../docs/configuration.md");

	private static final Path METADATA = Path
		.of("src/main/resources/META-INF/additional-spring-configuration-metadata.json");

	private final List<Key> keys;

	ConfigurationReferenceTests() throws IOException {
		this.keys = ConfigurationKeys.all();
	}

	private static void isUpToDate(Path file, String expected) throws IOException {
		if (Boolean.getBoolean("nexus3.docs.write")) {
			Files.writeString(file, expected);
		}
		assertThat(file).as("Stale: run this test with -Dnexus3.docs.write=true").content().isEqualTo(expected);
	}

	@Test
	void thePageTellsTheKeysThatThereAre() throws Exception {
		isUpToDate(PAGE, ConfigurationReference.of(this.keys));
	}

	@Test
	void theAdditionalMetadataHasTheKeysOfEntries() throws Exception {
		isUpToDate(METADATA, AdditionalMetadata.of(Files.readString(METADATA), this.keys));
	}

	@Test
	void everyKeyIsDescribedInWholeSentences() {
		assertThat(this.keys).hasSizeGreaterThan(60)
			.allSatisfy((key) -> assertThat(key.description()).as(key.name())
				.isNotEmpty()
				.endsWith(".")
				.doesNotContain("{@"));
	}

	@Test
	void defaultsThatDependOnTheCallAreToldInTheDescription() {
		assertThat(this.keys).filteredOn((key) -> key.defaults().size() > 1)
			.isNotEmpty()
			.allSatisfy((key) -> assertThat(key.description()).contains(key.defaults()));
	}

}
