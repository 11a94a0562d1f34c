package io.nexus3.provider.actuate;

import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Finds where settings were written. Names only, never values.
 *
 * @since 0.1.0
 */
public final class SettingOrigins {

	private final Environment environment;

	/**
	 * Origins of an environment.
	 * @param environment what was written
	 */
	public SettingOrigins(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Where the settings of an entry were written.
	 * @param prefix the entries' prefix, such as {@code nexus3.providers}
	 * @param entry the entry's name
	 * @return the origins by the settings' names without prefix and entry
	 */
	public Map<String, String> of(String prefix, String entry) {
		ConfigurationPropertyName root = ConfigurationPropertyName.of(prefix);
		Map<String, String> origins = new TreeMap<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter((name) -> root.isAncestorOf(name)
							&& name.getNumberOfElements() > root.getNumberOfElements() + 1)
					.filter((name) -> name.getElement(root.getNumberOfElements(), Form.ORIGINAL).equals(entry))
					.forEach((name) -> origins.putIfAbsent(name.subName(root.getNumberOfElements() + 1).toString(),
							origin(source, name)));
			}
		}
		return origins;
	}

	private static String origin(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		Origin origin = (property != null) ? property.getOrigin() : null;
		if (origin != null) {
			return origin.toString();
		}
		// Its text may show all that it holds.
		return (source.getUnderlyingSource() instanceof PropertySource<?> named) ? named.getName() : "unknown";
	}

}
