package io.nexus3.provider.test.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.format.Violation;
import tools.jackson.databind.JsonNode;

/**
 * What is wrong with one request, in the order in which it was found. Not thread-safe.
 */
final class Complaints {

	private final List<Violation> violations = new ArrayList<>();

	List<Violation> violations() {
		return List.copyOf(this.violations);
	}

	void add(String message, String page) {
		add(ApiError.of(400, message), page);
	}

	void add(ApiError error, String page) {
		this.violations.add(new Violation(error, page));
	}

	/**
	 * Refuses the fields of an object that the format does not have.
	 * @param prefix what is written before the name of a field
	 */
	void checkFields(JsonNode object, Set<String> known, String prefix, String page) {
		for (String field : object.propertyNames()) {
			if (!known.contains(field)) {
				add(prefix + field + ": Extra inputs are not permitted", page);
			}
		}
	}

	/** The refusal of an object whose type the format does not have. */
	void addUnknownTag(String path, String tag, Set<String> known, String page) {
		add("%s: Input tag '%s' found using 'type' does not match any of the expected tags: '%s'".formatted(path, tag,
				String.join("', '", known.stream().sorted().toList())), page);
	}

}
