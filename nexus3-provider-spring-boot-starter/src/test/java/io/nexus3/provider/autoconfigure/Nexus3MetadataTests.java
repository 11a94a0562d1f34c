package io.nexus3.provider.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.type.ProviderType;
import io.nexus3.provider.type.ProviderTypes;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.Hints;
import org.springframework.boot.configurationmetadata.ValueHint;
import org.springframework.boot.configurationmetadata.ValueProvider;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor offers.
 */
class Nexus3MetadataTests {

	/** A change of a resource alone does not make the compiler run. */
	private static final String STALE = "If it is in the additional metadata, build with clean";

	private static List<String> names(JsonNode nodes) {
		List<String> names = new ArrayList<>();
		nodes.forEach((node) -> names.add(node.path("name").asString("")));
		return names;
	}

	@Test
	void everyKeyHasItsTypeTextAndDefault() throws Exception {
		Map<String, ConfigurationMetadataProperty> properties = GeneratedMetadata.properties();
		assertThat(ConfigurationKeys.all()).as(STALE).allSatisfy((key) -> {
			ConfigurationMetadataProperty property = properties.get(key.name());
			assertThat(property).as(key.name()).isNotNull();
			assertThat(property.getType()).as(key.name()).isEqualTo(key.javaType());
			assertThat(property.getDescription()).as(key.name()).isEqualTo(key.description());
			assertThat(property.getDefaultValue()).as(key.name()).isEqualTo(key.defaultValue());
		});
	}

	@Test
	void thereIsNoKeyThatTheReferenceDoesNotHave() throws Exception {
		List<String> expected = new ArrayList<>(List.of("nexus3.providers", "nexus3.models"));
		ConfigurationKeys.all().forEach((key) -> expected.add(key.name()));
		assertThat(GeneratedMetadata.properties().keySet()).as(STALE)
			.filteredOn((name) -> !name.startsWith("management."))
			.containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void everyPropertyIsDescribedOnce() throws Exception {
		assertThat(names(GeneratedMetadata.json().path("properties"))).doesNotHaveDuplicates();
		assertThat(GeneratedMetadata.properties()).allSatisfy((name, property) -> {
			assertThat(property.getType()).isNotEmpty();
			assertThat(property.getDescription()).endsWith(".");
		});
	}

	@Test
	void providersAndModelsAreMapsOfWhatStandsInTheirEntries() throws Exception {
		Map<String, ConfigurationMetadataProperty> properties = GeneratedMetadata.properties();
		assertThat(properties.get("nexus3.providers").getType())
			.isEqualTo("java.util.Map<java.lang.String," + ProviderProperties.class.getName() + ">");
		assertThat(properties.get("nexus3.models").getType())
			.isEqualTo("java.util.Map<java.lang.String," + ModelProperties.class.getName() + ">");
	}

	@Test
	void namesAndTypesOfProvidersThatAreOfferedAreTheTypesAndOthersAreTaken() throws Exception {
		Map<String, ConfigurationMetadataProperty> properties = GeneratedMetadata.properties();
		Hints names = properties.get("nexus3.providers").getHints();
		Hints types = properties.get("nexus3.providers[<name>].type").getHints();
		offersTheTypesAndTakesOthers(names.getKeyHints(), names.getKeyProviders());
		offersTheTypesAndTakesOthers(types.getValueHints(), types.getValueProviders());
	}

	private static void offersTheTypesAndTakesOthers(List<ValueHint> values, List<ValueProvider> providers) {
		assertThat(values).extracting(ValueHint::getValue)
			.containsExactlyInAnyOrderElementsOf(
					ProviderTypes.builtIn().all().stream().map(ProviderType::name).toList());
		assertThat(providers).extracting(ValueProvider::getName).containsExactly("any");
	}

	@Test
	void hintsAreForKeysThatThereAre() throws Exception {
		Map<String, ConfigurationMetadataProperty> properties = GeneratedMetadata.properties();
		assertThat(names(GeneratedMetadata.json().path("hints"))).isNotEmpty()
			.allSatisfy((name) -> assertThat(properties).containsKey(name.replaceFirst("\\.(keys|values)$", "")));
	}

	@Test
	void conditionsAreEvaluatedWithoutLoadingClasses() {
		assertThat(new ClassPathResource("META-INF/spring-autoconfigure-metadata.properties").exists()).isTrue();
	}

}
