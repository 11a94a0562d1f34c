package io.nexus3.provider.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.common.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Names of models as labels of meters. Applications may ask for any model by its raw id,
 * and servers may answer under any name: so that the number of time series stays bounded,
 * only the first names are kept, and all others are {@value #OTHER}. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class ModelLabels {

	/** The label of the models that are too many. */
	public static final String OTHER = "other";

	/** How many names are kept unless said otherwise. */
	public static final int DEFAULT_MAX = 100;

	private static final int MAX_LENGTH = 200;

	private final int max;

	private final Set<String> requested = ConcurrentHashMap.newKeySet();

	private final Set<String> answering = ConcurrentHashMap.newKeySet();

	/**
	 * Labels.
	 * @param max how many names of requested models are kept, and as many of answering
	 * ones; at least 1
	 * @throws IllegalArgumentException when it is less
	 */
	public ModelLabels(int max) {
		if (max < 1) {
			throw new IllegalArgumentException("The number of models must be at least 1, not " + max);
		}
		this.max = max;
	}

	/**
	 * The label of a model that is asked for.
	 * @param model what the vendor calls it
	 * @return the name, or {@value #OTHER}
	 */
	public String requested(String model) {
		return label(this.requested, model);
	}

	/**
	 * The label of a model that answered.
	 * @param model what the vendor calls it, or {@code null} when it did not say
	 * @return the name, {@value #OTHER}, or {@code none} when there is no name
	 */
	public String answering(@Nullable String model) {
		return (model != null) ? label(this.answering, model) : KeyValue.NONE_VALUE;
	}

	private String label(Set<String> names, String name) {
		if (names.contains(name)) {
			return name;
		}
		if (name.isBlank()) {
			return KeyValue.NONE_VALUE;
		}
		return (name.length() <= MAX_LENGTH && add(names, name)) ? name : OTHER;
	}

	private boolean add(Set<String> names, String name) {
		if (names.size() >= this.max) {
			return false;
		}
		synchronized (names) {
			return names.contains(name) || (names.size() < this.max && names.add(name));
		}
	}

}
