package io.nexus3.provider.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;
import org.springframework.core.io.ClassPathResource;

/**
 * What an editor gets. Boot's annotation processor writes it, or nothing at all and no
 * word about it.
 */
final class GeneratedMetadata {

	private static final ClassPathResource FILE = new ClassPathResource("META-INF/spring-configuration-metadata.json");

	private GeneratedMetadata() {
	}

	static JsonNode json() throws IOException {
		try (InputStream json = FILE.getInputStream()) {
			return JsonMapper.shared().readTree(json);
		}
	}

	/**
	 * The properties by name, as Boot's own reader of the format sees them.
	 */
	static Map<String, ConfigurationMetadataProperty> properties() throws IOException {
		try (InputStream json = FILE.getInputStream()) {
			return ConfigurationMetadataRepositoryJsonBuilder.create(json).build().getAllProperties();
		}
	}

}
