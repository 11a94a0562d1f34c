package io.nexus3.provider.autoconfigure;

import java.io.IOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
import org.springframework.util.ClassUtils;
import org.springframework.util.NumberUtils;
import org.springframework.util.unit.DataSize;

/**
 * Every key of the starter, taken from the properties' records: their javadoc, their
 * types, and the defaults that hold in fact.
 * <p>
 * An entry's name stands in brackets, as it may in a property's name too: behind a dot,
 * editors would take the keys for siblings of real entries and check neither.
 */
final class ConfigurationKeys {

	private static final Path SOURCES = Path.of("src/main/java");

	private static final String PROVIDER = "nexus3.providers[<name>].";

	private static final String MODEL = "nexus3.models[<alias>].";

	/** Defaults that depend on the type of the provider or on other keys. */
	private static final Set<String> OF_THE_TYPE = Set.of("type", "base-url", "auth-method", "api-version",
			"deployment");

	/** Known, so that it can be told what to write instead, and always refused. */
	private static final Set<String> REFUSED = Set.of(MODEL + "timeouts.connect");

	private final Map<String, List<String>> defaults = new LinkedHashMap<>();

	private final List<Key> keys = new ArrayList<>();

	private ConfigurationKeys() throws IOException {
		defaultsOfProviders();
		this.defaults.put(MODEL + "context-window",
				List.of(String.valueOf(ModelConfig.Traits.defaults().contextWindow())));
		walk("nexus3", Nexus3Properties.class);
	}

	/**
	 * The keys in the order of the records.
	 * @return the keys
	 * @throws IOException when a source cannot be read
	 */
	static List<Key> all() throws IOException {
		return List.copyOf(new ConfigurationKeys().keys);
	}

	/** As the endpoint tells them of a provider of which nothing is configured. */
	private void defaultsOfProviders() {
		ProviderConfig openai = ProviderConfig.of("openai");
		ProvidersConfig config = ProvidersConfig.of(List.of(openai), List.of(), null);
		try (ProviderRegistry registry = ProviderRegistry.builder(config).build()) {
			Nexus3Endpoint endpoint = new Nexus3Endpoint(registry, new RecentCalls(InstantSource.system()),
					new SettingOrigins(new MockEnvironment()), (provider) -> false);
			endpoint.provider("openai").settings().forEach((name, setting) -> {
				String key = name.replaceAll("response\\.(stream|complete)", "response");
				if (!OF_THE_TYPE.contains(key)) {
					this.defaults.merge(PROVIDER + key, List.of(text(key, setting.value())),
							(one, other) -> Stream.concat(one.stream(), other.stream()).distinct().toList());
				}
			});
		}
		this.defaults.put(PROVIDER + "ssl.verify", List.of(String.valueOf(openai.connections().tls().verify())));
		this.defaults.put(PROVIDER + "accept-truncated-streams",
				List.of(String.valueOf(openai.calls().acceptTruncatedStreams())));
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

	private void walk(String prefix, Class<?> type) throws IOException {
		Map<String, String> descriptions = descriptions(type);
		RecordComponent[] components = type.getRecordComponents();
		for (int i = 0; i < components.length; i++) {
			RecordComponent component = components[i];
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
			ResolvableType componentType = ResolvableType.forType(component.getGenericType());
			Class<?> valueType = componentType.asMap().getGeneric(1).resolve(Object.class);
			if (valueType.isRecord()) {
				walk(name + (name.endsWith("providers") ? "[<name>]" : "[<alias>]"), valueType);
			}
			else if (component.getType().isRecord()) {
				walk(name, component.getType());
			}
			else if (!REFUSED.contains(name)) {
				// The compiler keeps the annotation on the parameter of the constructor.
				Parameter parameter = type.getDeclaredConstructors()[0].getParameters()[i];
				this.keys.add(new Key(name, componentType, defaults(name, parameter),
						descriptions.getOrDefault(component.getName(), "")));
			}
		}
	}

	private List<String> defaults(String name, Parameter parameter) {
		DefaultValue annotation = parameter.getAnnotation(DefaultValue.class);
		return (annotation != null && annotation.value().length > 0) ? List.of(annotation.value())
				: this.defaults.getOrDefault(name, List.of());
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

	/**
	 * One key.
	 *
	 * @param name the whole name, with {@code <name>} or {@code <alias>} for entries
	 * @param type its type
	 * @param defaults the default, or that of streams and that of other answers where
	 * they differ, or none
	 * @param description what it is
	 */
	record Key(String name, ResolvableType type, List<String> defaults, String description) {

		boolean inEntry() {
			return this.name.contains("<");
		}

		/**
		 * The type as Boot's annotation processor writes it.
		 */
		String javaType() {
			return this.type.hasGenerics() ? this.type.toString().replace(", ", ",") : boxed().getName();
		}

		/**
		 * The one default that always holds, as Boot's annotation processor writes it, or
		 * {@code null}.
		 */
		@SuppressWarnings("unchecked")
		Object defaultValue() {
			if (this.defaults.size() != 1) {
				return null;
			}
			String text = this.defaults.get(0);
			if (boxed() == Boolean.class) {
				return Boolean.valueOf(text);
			}
			return Number.class.isAssignableFrom(boxed())
					? NumberUtils.parseNumber(text, (Class<? extends Number>) boxed()) : text;
		}

		private Class<?> boxed() {
			return ClassUtils.resolvePrimitiveIfNecessary(this.type.resolve(Object.class));
		}

	}

}
