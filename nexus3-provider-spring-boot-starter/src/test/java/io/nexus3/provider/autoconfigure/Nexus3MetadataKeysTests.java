package io.nexus3.provider.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nexus3.provider.Reasoning;
import io.nexus3.provider.config.AuthMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The starter, which refuses unknown keys, takes every key of its metadata. Each key of
 * an entry is set in an entry of its own, because some of them exclude each other.
 */
class Nexus3MetadataKeysTests {

	private static final String EXAMPLE = "example";

	private static final Map<Class<?>, String> BY_TYPE = Map.of(Boolean.class, "true", Integer.class, "1", Long.class,
			"1", Double.class, "1", Duration.class, "7s", DataSize.class, "77KB", AuthMethod.class, "x-api-key",
			Reasoning.Level.class, "xhigh");

	/** Texts that have a form. */
	private static final Map<String, String> BY_KEY = Map.of("nexus3.providers[<name>].base-url",
			"https://api.example.com/v1", "nexus3.providers[<name>].type", "anthropic");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, Nexus3AutoConfiguration.class))
		.withPropertyValues("nexus3.providers.example.type=vllm", "nexus3.models.example.provider=example",
				"nexus3.models.example.model-id=example",
				"spring.ssl.bundle.pem.example.truststore.certificate=classpath:ssl/server.crt");

	private static List<ConfigurationMetadataProperty> keys() throws IOException {
		return GeneratedMetadata.properties()
			.values()
			.stream()
			.filter((key) -> key.getId().startsWith("nexus3."))
			.filter((key) -> !List.of("nexus3.providers", "nexus3.models").contains(key.getId()))
			.toList();
	}

	/** Where a key stands in this test. */
	private static String place(ConfigurationMetadataProperty key) {
		String id = key.getId();
		return id.replaceFirst("\\[<.*>]",
				"." + id.substring(id.indexOf(']') + 1).replaceFirst("^\\.", "").replace('.', '-'));
	}

	/** What a key needs beside it, and the key. */
	private static Stream<String> settings(ConfigurationMetadataProperty key) {
		String place = place(key);
		String setting = place + (isMap(key) ? ".example=" : "=") + text(key);
		if (place.startsWith("nexus3.models.")) {
			String entry = place.substring(0, place.indexOf('.', "nexus3.models.".length()));
			return Stream.of(entry + ".provider=example", entry + ".model-id=example", setting);
		}
		if (place.contains(".proxy.")) {
			String proxy = place.substring(0, place.lastIndexOf('.'));
			return Stream.of(proxy + ".host=example", proxy + ".port=1", setting);
		}
		return Stream.of(setting);
	}

	private static boolean isMap(ConfigurationMetadataProperty key) {
		return rawType(key) == Map.class;
	}

	private static Class<?> rawType(ConfigurationMetadataProperty key) {
		return ClassUtils.resolveClassName(key.getType().replaceFirst("<.*", ""), null);
	}

	private static String text(ConfigurationMetadataProperty key) {
		return BY_KEY.getOrDefault(key.getId(), BY_TYPE.getOrDefault(rawType(key), EXAMPLE));
	}

	private static Object value(ConfigurationMetadataProperty key) {
		return isMap(key) ? Map.of(EXAMPLE, text(key))
				: ApplicationConversionService.getSharedInstance().convert(text(key), rawType(key));
	}

	private static Object valueAt(Object properties, String place) {
		Object value = properties;
		for (String name : place.substring("nexus3.".length()).split("\\.")) {
			value = (value instanceof Map<?, ?> entries) ? entries.get(name) : component(value, name);
		}
		return value;
	}

	private static Object component(Object properties, String name) {
		return Arrays.stream(properties.getClass().getRecordComponents())
			.filter((component) -> DataObjectPropertyName.toDashedForm(component.getName()).equals(name))
			.map((component) -> ReflectionUtils.invokeMethod(component.getAccessor(), properties))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void everyKeyIsTakenWithItsValue() throws Exception {
		List<ConfigurationMetadataProperty> keys = keys();
		this.runner.withPropertyValues(keys.stream().flatMap(Nexus3MetadataKeysTests::settings).toArray(String[]::new))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				Nexus3Properties properties = context.getBean(Nexus3Properties.class);
				assertThat(keys).hasSizeGreaterThan(60)
					.allSatisfy(
							(key) -> assertThat(valueAt(properties, place(key))).as(key.getId()).isEqualTo(value(key)));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "nexus3.providers.example.no-such-key", "nexus3.models.example.options.no-such-key",
			"nexus3.models.example.timeouts.connect" })
	void whatIsNoKeyOfTheMetadataIsRefused(String name) throws Exception {
		assertThat(GeneratedMetadata.properties()).doesNotContainKey(
				name.replace("providers.example", "providers[<name>]").replace("models.example", "models[<alias>]"));
		this.runner.withPropertyValues(name + "=7s").run((context) -> assertThat(context).hasFailed());
	}

}
