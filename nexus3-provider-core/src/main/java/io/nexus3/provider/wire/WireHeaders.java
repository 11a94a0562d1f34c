package io.nexus3.provider.wire;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The headers of an answer, looked up without regard to case.
 *
 * @since 0.1.0
 */
public final class WireHeaders {

	private static final List<String> REQUEST_IDS = List.of("x-request-id", "request-id", "apim-request-id",
			"x-generation-id", "cf-ray");

	private static final WireHeaders EMPTY = new WireHeaders(Map.of());

	private final Map<String, List<String>> values;

	private WireHeaders(Map<String, List<String>> values) {
		this.values = values;
	}

	/**
	 * Headers from their names and values.
	 * @param headers the values by name
	 * @return the headers
	 */
	public static WireHeaders of(Map<String, List<String>> headers) {
		Map<String, List<String>> values = new TreeMap<>();
		headers.forEach((name, list) -> values.put(name.toLowerCase(Locale.ROOT), List.copyOf(list)));
		return new WireHeaders(Collections.unmodifiableMap(values));
	}

	/**
	 * No headers.
	 * @return the headers
	 */
	public static WireHeaders empty() {
		return EMPTY;
	}

	/**
	 * The first value of a header.
	 * @param name its name in lower case
	 * @return the value, or {@code null} when there is none
	 */
	public @Nullable String first(String name) {
		List<String> list = this.values.get(name);
		return (list != null && !list.isEmpty()) ? list.get(0) : null;
	}

	/**
	 * The value of a header that must not be sent twice.
	 * @param name its name in lower case
	 * @return the value, or {@code null} when there is none, or more than one: which one
	 * counts is then unknown
	 */
	public @Nullable String only(String name) {
		List<String> list = this.values.get(name);
		return (list != null && list.size() == 1) ? list.get(0) : null;
	}

	/**
	 * What the server says about another try, by {@code x-should-retry}.
	 * @return whether it wants one, or {@code null} when it said nothing
	 */
	public @Nullable Boolean shouldRetry() {
		String said = first("x-should-retry");
		boolean clear = "true".equalsIgnoreCase(said) || "false".equalsIgnoreCase(said);
		return clear ? Boolean.valueOf(said) : null;
	}

	/**
	 * All headers.
	 * @return the values by name in lower case, unmodifiable
	 */
	public Map<String, List<String>> asMap() {
		return this.values;
	}

	/**
	 * The vendor's id of the request, under the names that vendors use.
	 * @return the id, or {@code null}
	 */
	public @Nullable String requestId() {
		for (String name : REQUEST_IDS) {
			String value = first(name);
			if (value != null) {
				return value;
			}
		}
		return null;
	}

	@Override
	public String toString() {
		return this.values.keySet().toString();
	}

}
