package io.nexus3.provider;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Puts layers of request headers together. Case makes no difference to names. A header of
 * a higher layer takes the place of the same one below; headers whose name ends with
 * {@code -beta}, such as {@code anthropic-beta}, list features, and what all layers list
 * becomes one list without doubles.
 *
 * @see <a href= "https://platform.claude.com/docs/en/api/beta-headers">Anthropic, beta
 * headers</a>
 * @since 0.1.0
 */
public final class HeaderLayers {

	private HeaderLayers() {
	}

	/**
	 * Put a layer on top of another.
	 * @param headers the layer that wins
	 * @param base the layer that holds where the other is silent
	 * @return a new map in the order of the base
	 */
	public static Map<String, String> over(Map<String, String> headers, Map<String, String> base) {
		Map<String, String> merged = new LinkedHashMap<>(base);
		headers.forEach((name, value) -> {
			String below = same(base, name);
			if (below == null) {
				merged.put(name, value);
			}
			else if (isList(name)) {
				merged.merge(below, value, HeaderLayers::join);
			}
			else {
				merged.remove(below);
				merged.put(name, value);
			}
		});
		return merged;
	}

	private static @Nullable String same(Map<String, String> headers, String name) {
		for (String candidate : headers.keySet()) {
			if (candidate.equalsIgnoreCase(name)) {
				return candidate;
			}
		}
		return null;
	}

	private static boolean isList(String name) {
		return name.toLowerCase(Locale.ROOT).endsWith("-beta");
	}

	private static String join(String one, String other) {
		Set<String> features = Arrays.stream((one + "," + other).split(","))
			.map(String::strip)
			.filter((feature) -> !feature.isEmpty())
			.collect(Collectors.toCollection(LinkedHashSet::new));
		return String.join(",", features);
	}

}
