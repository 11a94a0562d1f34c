package io.nexus3.provider.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.nexus3.provider.autoconfigure.ConfigurationKeys.Key;

import org.springframework.core.ResolvableType;

/**
 * Writes {@code docs/configuration.md}, the keys for people.
 */
final class ConfigurationReference {

	private static final String INTRODUCTION = """
			# Configuration

			Every key of the starter. This page is written from the code by a test, which fails when the two differ;
			`./mvnw test -pl nexus3-provider-spring-boot-starter -am -Dtest=ConfigurationReferenceTests -Dnexus3.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false` writes it anew.
			The starter's `META-INF/spring-configuration-metadata.json`, which tools read, has the same keys with the same types, texts and defaults.
			Unknown keys stop the application at its start and are told with what was probably meant. Where the default is empty, nothing is set.

			Durations are written like `10s`, `5m` or `200ms`, sizes like `512KB` or `8MB`. `[<name>]` stands for the provider's name and `[<alias>]` for the
			model's, as in `nexus3.providers.openai.base-url`. Only a name with a dot or a slash needs the brackets, and in YAML quotes too: `"[gpt-4.1]"`.
			""";

	private ConfigurationReference() {
	}

	static String of(List<Key> keys) {
		StringBuilder text = new StringBuilder(INTRODUCTION);
		Map<String, List<Key>> sections = keys.stream()
			.collect(Collectors.groupingBy((key) -> section(key.name()), LinkedHashMap::new, Collectors.toList()));
		sections.forEach((section, members) -> {
			text.append("\n## `").append(section).append("`\n| key | type | default | |\n|---|---|---|---|\n");
			members.forEach((key) -> text.append(row(key, section)));
		});
		return text.toString();
	}

	private static String row(Key key, String section) {
		return "| `%s` | %s | %s | %s |\n".formatted(key.name().substring(section.length() + 1), typeName(key.type()),
				key.defaults().isEmpty() ? "" : "`" + defaultText(key.defaults()) + "`",
				key.description().replace("|", "\\|"));
	}

	private static String section(String name) {
		int entry = name.indexOf(']');
		return (entry > 0) ? name.substring(0, entry + 1)
				: (name.indexOf('.', 7) > 0) ? name.substring(0, name.indexOf('.', 7)) : "nexus3";
	}

	private static String defaultText(List<String> defaults) {
		return (defaults.size() == 1) ? defaults.get(0)
				: "%s for streams, %s otherwise".formatted(defaults.get(0), defaults.get(1));
	}

	private static String typeName(ResolvableType type) {
		Class<?> resolved = type.resolve(Object.class);
		if (resolved.isEnum()) {
			return Arrays.stream(resolved.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", "));
		}
		if (List.class.isAssignableFrom(resolved)) {
			return "list of " + typeName(type.asCollection().getGeneric(0));
		}
		if (Map.class.isAssignableFrom(resolved)) {
			return "map to " + typeName(type.asMap().getGeneric(1));
		}
		return switch (resolved.getSimpleName()) {
			case "Integer", "int", "Long", "long" -> "whole number";
			case "Double", "double" -> "number";
			case "Boolean", "boolean" -> "true, false";
			case "DataSize" -> "size";
			case "Object" -> "any";
			case "String" -> "text";
			default -> resolved.getSimpleName().toLowerCase(Locale.ROOT);
		};
	}

}
