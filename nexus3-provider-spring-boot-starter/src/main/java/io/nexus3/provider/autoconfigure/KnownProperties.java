package io.nexus3.provider.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.ResolvableType;

/**
 * Knows which keys there are, and what was meant by one that is not.
 */
final class KnownProperties {

	static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("nexus3");

	private KnownProperties() {
	}

	/**
	 * The name of a property as the user wrote it, where that is known. The binder leaves
	 * out of a name what it does not take, such as slashes.
	 * @param property the property
	 * @return its name
	 */
	static String written(ConfigurationProperty property) {
		String name = property.getName().toString();
		return (property.getOrigin() instanceof PropertySourceOrigin origin
				&& origin.getPropertyName().startsWith(ROOT + ".")) ? origin.getPropertyName() : name;
	}

	/**
	 * Suggest what to write for an unknown property.
	 * @param property the property
	 * @return what to write
	 */
	static String suggest(ConfigurationProperty property) {
		ConfigurationPropertyName name = property.getName();
		ResolvableType type = ResolvableType.forClass(Nexus3Properties.class);
		for (int i = ROOT.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
			Class<?> resolved = type.resolve(Object.class);
			if (Map.class.isAssignableFrom(resolved)) {
				type = type.asMap().getGeneric(1);
			}
			else if (resolved.isRecord()) {
				Map<String, ResolvableType> keys = keysOf(type);
				ResolvableType next = keys.get(name.getElement(i, Form.DASHED));
				if (next == null) {
					return suggest(property, i, keys);
				}
				type = next;
			}
			else {
				return "This key takes a value and has nothing below it";
			}
		}
		return "This key takes no value of its own";
	}

	private static String suggest(ConfigurationProperty property, int unknown, Map<String, ResolvableType> keys) {
		ConfigurationPropertyName name = property.getName();
		int known = unknown + 1;
		while (known < name.getNumberOfElements() && !keys.containsKey(name.getElement(known, Form.DASHED))) {
			known++;
		}
		if (known < name.getNumberOfElements()) {
			List<String> elements = elements(property);
			return "A name with a dot is written in brackets, and in quotes too in YAML: \"["
					+ String.join(".", elements.subList(unknown - 1, known)) + "]\"";
		}
		String key = name.getElement(unknown, Form.DASHED);
		return keys.keySet()
			.stream()
			.filter((candidate) -> distance(key, candidate) <= Math.max(2, candidate.length() / 3))
			.min(Comparator.comparingInt((candidate) -> distance(key, candidate)))
			.map((candidate) -> "Did you mean '" + candidate + "'?")
			.orElse("The keys in this place are " + String.join(", ", keys.keySet()));
	}

	private static List<String> elements(ConfigurationProperty property) {
		ConfigurationPropertyName name = property.getName();
		List<String> written = List.of(written(property).split("\\."));
		return (written.size() == name.getNumberOfElements()) ? written
				: IntStream.range(0, name.getNumberOfElements())
					.mapToObj((i) -> name.getElement(i, Form.ORIGINAL))
					.toList();
	}

	private static Map<String, ResolvableType> keysOf(ResolvableType type) {
		Map<String, ResolvableType> keys = new LinkedHashMap<>();
		for (RecordComponent component : type.resolve(Object.class).getRecordComponents()) {
			keys.put(DataObjectPropertyName.toDashedForm(component.getName()),
					ResolvableType.forType(component.getGenericType()));
		}
		return keys;
	}

	/**
	 * Levenshtein's distance, where dashes do not count: {@code baseurl} is no mistake.
	 */
	private static int distance(String first, String second) {
		String from = first.replace("-", "");
		String to = second.replace("-", "");
		int[] previous = new int[to.length() + 1];
		Arrays.setAll(previous, (i) -> i);
		for (int i = 1; i <= from.length(); i++) {
			int[] current = new int[to.length() + 1];
			current[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int change = previous[j - 1] + ((from.charAt(i - 1) != to.charAt(j - 1)) ? 1 : 0);
				current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[to.length()];
	}

}
