package io.nexus3.provider.autoconfigure;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.type.ProviderType;
import io.nexus3.provider.type.ProviderTypes;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor offers. The processor writes it, or nothing at all and no word about it.
 */
class Nexus3MetadataTests {

	private static JsonNode metadata() throws Exception {
		try (InputStream json = new ClassPathResource("META-INF/spring-configuration-metadata.json").getInputStream()) {
			return JsonMapper.shared().readTree(json);
		}
	}

	private static List<String> texts(JsonNode nodes, String field) {
		List<String> texts = new ArrayList<>();
		nodes.forEach((node) -> texts.add(node.path(field).asString("")));
		return texts;
	}

	@Test
	void everyPropertyIsDescribed() throws Exception {
		JsonNode properties = metadata().path("properties");
		assertThat(texts(properties, "name")).contains("nexus3.enabled", "nexus3.default-model", "nexus3.providers",
				"nexus3.models");
		assertThat(texts(properties, "description")).allMatch((text) -> text.endsWith("."));
	}

	@Test
	void propertiesOfObservationsAreOffered() throws Exception {
		assertThat(texts(metadata().path("properties"), "name")).contains("nexus3.observations.enabled",
				"nexus3.observations.include-content", "nexus3.observations.max-models");
	}

	@Test
	void namesOfProvidersThatAreOfferedAreTypesAndAnyOtherNameIsTaken() throws Exception {
		JsonNode hint = metadata().path("hints")
			.valueStream()
			.filter((one) -> one.path("name").asString().equals("nexus3.providers.keys"))
			.findFirst()
			.orElseThrow();
		assertThat(hint.path("name").asString()).isEqualTo("nexus3.providers.keys");
		assertThat(texts(hint.path("values"), "value")).isNotEmpty()
			.isSubsetOf(ProviderTypes.builtIn().all().stream().map(ProviderType::name).toList());
		assertThat(texts(hint.path("providers"), "name")).containsExactly("any");
	}

	@Test
	void conditionsAreEvaluatedWithoutLoadingClasses() {
		assertThat(new ClassPathResource("META-INF/spring-autoconfigure-metadata.properties").exists()).isTrue();
	}

}
