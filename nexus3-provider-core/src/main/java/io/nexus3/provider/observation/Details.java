package io.nexus3.provider.observation;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is known and leaves out what is not. One per reading; not thread-safe.
 */
final class Details {

	private final List<KeyValue> known = new ArrayList<>();

	Details add(KeyName key, @Nullable Object value) {
		if (value != null) {
			this.known.add(key.withValue(value.toString()));
		}
		return this;
	}

	KeyValues keyValues() {
		return KeyValues.of(this.known);
	}

}
