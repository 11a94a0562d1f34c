package io.nexus3.provider.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.nexus3.provider.config.ConfigurationProblem;
import io.nexus3.provider.config.InvalidConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the mistakes of one configuration, one for each property: what follows from a
 * mistake is not told as another. One per mapping; not thread-safe.
 */
final class Problems {

	private static final String OUT_OF_RANGE_ACTION = "Write a value that is allowed, or leave the property out for the default";

	private final Map<String, ConfigurationProblem> byProperty = new LinkedHashMap<>();

	void add(String property, String description, String action) {
		this.byProperty.putIfAbsent(property, new ConfigurationProblem(property, description, action));
	}

	/**
	 * Add what core found, under the names that can be written in a configuration.
	 * @param found what was found
	 * @param prefix how core begins the properties
	 * @param written how the user does
	 */
	void addAll(InvalidConfigurationException found, String prefix, String written) {
		for (ConfigurationProblem problem : found.problems()) {
			String property = problem.property();
			add(property.startsWith(prefix) ? written + property.substring(prefix.length()) : property,
					problem.description(), problem.action());
		}
	}

	/**
	 * Make a value that may be refused.
	 * @param <T> the type of value
	 * @param property the property that it is made of
	 * @param action what to write instead
	 * @param value makes the value
	 * @return the value, or {@code null} when it was refused
	 */
	<T> @Nullable T attempt(String property, String action, Supplier<T> value) {
		try {
			return value.get();
		}
		catch (IllegalArgumentException ex) {
			add(property, String.valueOf(ex.getMessage()), action);
			return null;
		}
	}

	/**
	 * Begin to change a value by properties.
	 * @param <T> the type of value
	 * @param prefix what the properties' names begin with
	 * @param base the value that holds where properties are unset
	 * @return the value in the making
	 */
	<T> Layer<T> over(String prefix, T base) {
		return new Layer<>(prefix, base);
	}

	void throwIfAny() {
		if (!this.byProperty.isEmpty()) {
			throw new InvalidConfigurationException(List.copyOf(this.byProperty.values()));
		}
	}

	/**
	 * A value whose parts are replaced one by one, so that every mistake is told with its
	 * own property.
	 *
	 * @param <T> the type of value
	 */
	final class Layer<T> {

		private final String prefix;

		private T value;

		private Layer(String prefix, T value) {
			this.prefix = prefix;
			this.value = value;
		}

		<V> Layer<T> set(String key, @Nullable V part, BiFunction<T, V, T> with) {
			if (part != null) {
				T changed = attempt(this.prefix + "." + key, OUT_OF_RANGE_ACTION, () -> with.apply(this.value, part));
				this.value = (changed != null) ? changed : this.value;
			}
			return this;
		}

		T value() {
			return this.value;
		}

	}

}
