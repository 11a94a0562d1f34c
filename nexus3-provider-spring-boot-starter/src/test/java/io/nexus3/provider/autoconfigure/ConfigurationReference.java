package io.nexus3.provider.autoconfigure;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.nexus3.provider.actuate.Nexus3Endpoint;
import io.nexus3.provider.actuate.RecentCalls;
import io.nexus3.provider.actuate.SettingOrigins;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.ProviderRegistry;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.ResolvableType;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

/**
 * Writes {@code docs/configuration.md} from the properties' records: their javadoc, their
 * types, and the defaults that hold in fact.
 */
final class ConfigurationReference {

	private static final Path SOURCES = Path.of("src/main/java");

	/** Defaults that depend on the type of the provider or on other keys. */
	private static final List<String> OF_THE_TYPE = List.of("type", "base-url", "auth-method", "api-version",
			"deployment");

	private final Map<String, String> defaults = new LinkedHashMap<>();

	private final List<Key> keys = new ArrayList<>();

	ConfigurationReference() throws IOException {
		defaultsOfProviders();
		this.defaults.put("nexus3.models.<alias>.context-window",
				String.valueOf(ModelConfig.Traits.defaults().contextWindow()));
		walk("nexus3", Nexus3Properties.class);
	}

	/** As the endpoint tells them of a provider of which nothing is configured. */
	private void defaultsOfProviders() {
		ProvidersConfig config = ProvidersConfig.of(List.of(ProviderConfig.of("openai")), List.of(), null);
		try (ProviderRegistry registry = ProviderRegistry.builder(config).build()) {
			Nexus3Endpoint endpoint = new Nexus3Endpoint(registry, new RecentCalls(InstantSource.system()),
					new SettingOrigins(new MockEnvironment()), (provider) -> false);
			endpoint.provider("openai").settings().forEach((name, setting) -> {
				String key = name.replaceAll("response\\.(stream|complete)", "response");
				if (!OF_THE_TYPE.contains(key)) {
					String value = text(key, setting.value());
					this.defaults.merge("nexus3.providers.<name>." + key, value,
							(one, other) -> one.equals(other) ? one : one + " for streams, " + other + " otherwise");
				}
			});
		}
	}

	private static String text(String key, Object value) {
		if (key.startsWith("limits.") && !key.endsWith(".events")) {
			return size(DataSize.ofBytes(((Number) value).longValue()));
		}
		return value.toString().startsWith("PT") ? duration(Duration.parse(value.toString())) : value.toString();
	}

	private static String size(DataSize size) {
		return (size.toMegabytes() > 0) ? size.toMegabytes() + "MB" : size.toKilobytes() + "KB";
	}

	private static String duration(Duration duration) {
		return (duration.toMinutesPart() > 0 && duration.toSecondsPart() == 0) ? duration.toMinutes() + "m"
				: duration.toSeconds() + "s";
	}

	List<Key> keys() {
		return List.copyOf(this.keys);
	}

	private void walk(String prefix, Class<?> type) throws IOException {
		Map<String, String> descriptions = descriptions(type);
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
			ResolvableType componentType = ResolvableType.forType(component.getGenericType());
			Class<?> valueType = componentType.asMap().getGeneric(1).resolve(Object.class);
			if (valueType.isRecord()) {
				walk(name + (name.endsWith("providers") ? ".<name>" : ".<alias>"), valueType);
			}
			else if (component.getType().isRecord()) {
				walk(name, component.getType());
			}
			else {
				this.keys.add(new Key(name, typeName(componentType), defaultOf(name, component),
						descriptions.getOrDefault(component.getName(), "")));
			}
		}
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

	private String defaultOf(String name, RecordComponent component) {
		// The compiler keeps the annotation on the parameter of the constructor.
		DefaultValue annotation = component.getDeclaringRecord().getDeclaredConstructors().length == 0 ? null
				: parameterDefault(component);
		if (annotation != null && annotation.value().length > 0) {
			return String.join(", ", annotation.value());
		}
		return this.defaults.getOrDefault(name, "");
	}

	private static DefaultValue parameterDefault(RecordComponent component) {
		RecordComponent[] components = component.getDeclaringRecord().getRecordComponents();
		for (int i = 0; i < components.length; i++) {
			if (components[i].getName().equals(component.getName())) {
				for (var annotation : component.getDeclaringRecord().getDeclaredConstructors()[0]
					.getParameterAnnotations()[i]) {
					if (annotation instanceof DefaultValue value) {
						return value;
					}
				}
			}
		}
		return null;
	}

	/** The texts of the {@code @param} tags above a record, which its source has. */
	private static Map<String, String> descriptions(Class<?> type) throws IOException {
		Class<?> file = (type.getNestHost() != null) ? type.getNestHost() : type;
		String source = Files.readString(SOURCES.resolve(file.getName().replace('.', '/') + ".java"));
		int end = source.indexOf("record " + type.getSimpleName() + "(");
		String javadoc = source.substring(source.lastIndexOf("/**", end), source.lastIndexOf("*/", end));
		String plain = Pattern.compile("^\\s*/?\\*+ ?", Pattern.MULTILINE).matcher(javadoc).replaceAll("");
		Map<String, String> descriptions = new LinkedHashMap<>();
		Matcher matcher = Pattern.compile("@param (\\w+) ([^@]*)").matcher(plain);
		while (matcher.find()) {
			descriptions.put(matcher.group(1), matcher.group(2).replaceAll("\\s+", " ").strip());
		}
		return descriptions;
	}

	String markdown() {
		StringBuilder text = new StringBuilder(
				"""
						# Configuration

						Every key of the starter. This page is written from the code by a test, which fails when the two differ;
						`./mvnw test -pl nexus3-provider-spring-boot-starter -am -Dtest=ConfigurationReferenceTests -Dnexus3.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false` writes it anew.
						Unknown keys stop the application at its start and are told with what was probably meant. Where the default is empty, nothing is set.

						Durations are written like `10s`, `5m` or `200ms`, sizes like `512KB` or `8MB`. `<name>` is the provider's name and `<alias>` the model's; one
						with a dot or a slash is written in brackets, and in quotes too in YAML: `"[gpt-4.1]"`.
						""");
		String section = "";
		for (Key key : this.keys) {
			String next = key.section();
			if (!next.equals(section)) {
				section = next;
				text.append("\n## `").append(section).append("`\n| key | type | default | |\n|---|---|---|---|\n");
			}
			text.append("| `")
				.append(key.name().substring(section.length() + 1))
				.append("` | ")
				.append(key.type())
				.append(" | ")
				.append(key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`")
				.append(" | ")
				.append(key.description().replace("|", "\\|"))
				.append(" |\n");
		}
		return text.toString();
	}

	/**
	 * One key.
	 *
	 * @param name the whole name, with {@code <name>} or {@code <alias>} for entries
	 * @param type its type in words
	 * @param defaultValue the default, or nothing
	 * @param description what it is
	 */
	record Key(String name, String type, String defaultValue, String description) {

		boolean inEntry() {
			return this.name.contains("<");
		}

		private String section() {
			int entry = this.name.indexOf('>');
			return (entry > 0) ? this.name.substring(0, entry + 1)
					: (this.name.indexOf('.', 7) > 0) ? this.name.substring(0, this.name.indexOf('.', 7)) : "nexus3";
		}

	}

}
