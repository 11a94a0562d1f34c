package io.nexus3.provider.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Brings the JSON Schema of a tool's arguments into the form that all vendors take: an
 * object at the top, with {@code properties}. Several vendors refuse what JSON Schema
 * allows: no type, another type or alternatives at the top, arrays without {@code items},
 * objects without {@code properties}.
 * <ul>
 * <li>At the top: a schema without a type becomes an object; {@code oneOf} and
 * {@code anyOf} are removed; of a schema of another type only {@code title} and
 * {@code description} stay.</li>
 * <li>At every level: an object without {@code properties} gets empty ones, an array
 * without {@code items} gets {@code {}}.</li>
 * </ul>
 *
 * @see <a href="https://platform.openai.com/docs/guides/structured-outputs">OpenAI,
 * supported schemas</a>
 * @since 0.1.0
 */
public final class ToolSchema {

	private static final int MAX_DEPTH = 200;

	private static final int MAX_VALUES = 100_000;

	private static final Set<String> TOP_LEVEL_ALTERNATIVES = Set.of("oneOf", "anyOf");

	private static final Set<String> DESCRIPTIVE = Set.of("title", "description");

	/** Keywords whose value is a map of schemas by name. */
	private static final Set<String> NAMED_SCHEMAS = Set.of("properties", "patternProperties", "$defs", "definitions",
			"dependentSchemas");

	/** Keywords whose value is a schema or a list of schemas. */
	private static final Set<String> SCHEMAS = Set.of("items", "prefixItems", "additionalItems", "unevaluatedItems",
			"contains", "additionalProperties", "unevaluatedProperties", "propertyNames", "anyOf", "oneOf", "allOf",
			"not", "if", "then", "else");

	private final Set<Object> path = Collections.newSetFromMap(new IdentityHashMap<>());

	private int values;

	private ToolSchema() {
	}

	/**
	 * Normalise a schema.
	 * @param schema the schema as nested maps and lists, never changed
	 * @return a copy in the form that all vendors take; it shares no map or list with the
	 * original
	 * @throws IllegalArgumentException when the schema contains itself, nests deeper than
	 * 200 levels or has more than 100,000 values
	 */
	public static Map<String, @Nullable Object> normalise(Map<String, ?> schema) {
		Object type = schema.get("type");
		boolean object = type == null || hasType(type, "object");
		Map<String, @Nullable Object> normalised = new LinkedHashMap<>();
		normalised.put("type", "object");
		new ToolSchema().copySchema(schema).forEach((key, value) -> {
			if (object ? !TOP_LEVEL_ALTERNATIVES.contains(key) : DESCRIPTIVE.contains(key)) {
				normalised.put(key, value);
			}
		});
		normalised.put("type", "object");
		normalised.computeIfAbsent("properties", (key) -> new LinkedHashMap<>());
		return normalised;
	}

	private Map<String, @Nullable Object> copySchema(Map<?, ?> schema) {
		enter(schema);
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		for (Map.Entry<?, ?> entry : schema.entrySet()) {
			String keyword = String.valueOf(entry.getKey());
			copy.put(keyword, copyKeyword(keyword, entry.getValue()));
		}
		Object type = copy.get("type");
		if (hasType(type, "array") && !copy.containsKey("prefixItems")) {
			copy.computeIfAbsent("items", (key) -> new LinkedHashMap<>());
		}
		if (hasType(type, "object")) {
			copy.computeIfAbsent("properties", (key) -> new LinkedHashMap<>());
		}
		this.path.remove(schema);
		return copy;
	}

	private @Nullable Object copyKeyword(String keyword, @Nullable Object value) {
		if (value instanceof Map<?, ?> map && NAMED_SCHEMAS.contains(keyword)) {
			return copyNamedSchemas(map);
		}
		return copyValue(value, SCHEMAS.contains(keyword));
	}

	private Map<String, @Nullable Object> copyNamedSchemas(Map<?, ?> schemas) {
		enter(schemas);
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		schemas.forEach((name, schema) -> copy.put(String.valueOf(name), copyValue(schema, true)));
		this.path.remove(schemas);
		return copy;
	}

	private @Nullable Object copyValue(@Nullable Object value, boolean schema) {
		if (value instanceof Map<?, ?> map) {
			return schema ? copySchema(map) : copyMap(map);
		}
		if (value instanceof Iterable<?> list) {
			enter(list);
			List<@Nullable Object> copy = new ArrayList<>();
			list.forEach((element) -> copy.add(copyValue(element, schema)));
			this.path.remove(list);
			return copy;
		}
		count();
		return value;
	}

	/** A map that is data, such as a default: what looks like a keyword in it is none. */
	private Map<String, @Nullable Object> copyMap(Map<?, ?> map) {
		enter(map);
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		map.forEach((key, value) -> copy.put(String.valueOf(key), copyValue(value, false)));
		this.path.remove(map);
		return copy;
	}

	private void enter(Object container) {
		count();
		if (!this.path.add(container)) {
			throw new IllegalArgumentException("A tool's JSON Schema contains itself; use $defs and $ref instead");
		}
		if (this.path.size() > MAX_DEPTH) {
			throw new IllegalArgumentException("A tool's JSON Schema nests deeper than " + MAX_DEPTH + " levels");
		}
	}

	private void count() {
		if (++this.values > MAX_VALUES) {
			throw new IllegalArgumentException("A tool's JSON Schema has more than " + MAX_VALUES + " values");
		}
	}

	private static boolean hasType(@Nullable Object type, String name) {
		return name.equals(type) || (type instanceof Iterable<?> types && contains(types, name));
	}

	private static boolean contains(Iterable<?> types, String name) {
		for (Object type : types) {
			if (name.equals(type)) {
				return true;
			}
		}
		return false;
	}

}
