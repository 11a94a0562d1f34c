package io.nexus3.provider.autoconfigure;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.nexus3.provider.autoconfigure.ConfigurationReference.Key;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written about the configuration is what there is.
 */
class ConfigurationReferenceTests {

	private static final Path PAGE = Path.of("../docs/configuration.md");

	private static Map<String, JsonNode> metadata() throws Exception {
		Map<String, JsonNode> byName = new HashMap<>();
		try (InputStream json = new ClassPathResource("META-INF/spring-configuration-metadata.json").getInputStream()) {
			JsonMapper.shared()
				.readTree(json)
				.path("properties")
				.forEach((property) -> byName.put(property.path("name").asString(), property));
		}
		return byName;
	}

	@Test
	void thePageTellsTheKeysThatThereAre() throws Exception {
		String expected = new ConfigurationReference().markdown();
		if (Boolean.getBoolean("nexus3.docs.write")) {
			Files.writeString(PAGE, expected);
		}
		assertThat(PAGE).as("Stale: run this test with -Dnexus3.docs.write=true").content().isEqualTo(expected);
	}

	@Test
	void everyKeyIsDescribedInWholeSentences() throws Exception {
		assertThat(new ConfigurationReference().keys()).hasSizeGreaterThan(60)
			.allSatisfy((key) -> assertThat(key.description()).as(key.name())
				.isNotEmpty()
				.endsWith(".")
				.doesNotContain("{@"));
	}

	@Test
	void everyKeyOutsideOfEntriesIsInTheMetadataWithTypeTextAndDefault() throws Exception {
		Map<String, JsonNode> metadata = metadata();
		assertThat(new ConfigurationReference().keys()).filteredOn((key) -> !key.inEntry()).allSatisfy((key) -> {
			JsonNode property = metadata.get(key.name());
			assertThat(property).as(key.name()).isNotNull();
			assertThat(property.path("type").asString()).isNotEmpty();
			assertThat(property.path("description").asString()).isEqualTo(key.description());
			assertThat(property.path("defaultValue").asString("")).isEqualTo(key.defaultValue());
		});
	}

	@Test
	void theMetadataHasNoKeyThatIsNotThere() throws Exception {
		assertThat(metadata().keySet()).filteredOn((name) -> !name.startsWith("management.")).allSatisfy((name) -> {
			boolean entries = name.equals("nexus3.providers") || name.equals("nexus3.models");
			assertThat(entries || new ConfigurationReference().keys().stream().map(Key::name).anyMatch(name::equals))
				.as(name)
				.isTrue();
		});
	}

}
