package io.nexus3.provider.test.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a small value that is valid for a JSON schema, out of a user's text where that
 * fits. One per value; not thread-safe.
 */
final class SchemaFiller {

	private static final int MAX_DEPTH = 16;

	private static final Set<String> EXPRESSIONS = Set.of("expression", "expr", "formula", "equation", "calculation");

	private final JsonNodeFactory nodes = JsonNodeFactory.instance;

	private final JsonNode root;

	private final TextHints hints;

	SchemaFiller(JsonNode schema, String text) {
		this.root = schema;
		this.hints = new TextHints(text);
	}

	JsonNode fill() {
		return fill("", this.root, 0);
	}

	private JsonNode fill(String name, JsonNode reference, int depth) {
		JsonNode schema = resolve(reference);
		if (depth > MAX_DEPTH) {
			return this.nodes.nullNode();
		}
		if (schema.has("const")) {
			return schema.path("const");
		}
		if (schema.path("enum").isArray()) {
			return choose(schema.path("enum"));
		}
		for (String choice : new String[] { "anyOf", "oneOf", "allOf" }) {
			if (schema.path(choice).isArray() && !schema.path(choice).isEmpty()) {
				return fill(name, schema.path(choice).get(0), depth + 1);
			}
		}
		return switch (type(schema)) {
			case "object" -> object(schema, depth);
			case "array" -> array(name, schema, depth);
			case "integer", "number" -> number(schema);
			case "boolean" -> this.nodes.booleanNode(true);
			case "null" -> this.nodes.nullNode();
			default -> string(name, schema);
		};
	}

	private JsonNode resolve(JsonNode schema) {
		JsonNode resolved = schema;
		for (int i = 0; i < MAX_DEPTH && resolved.path("$ref").asString("").startsWith("#"); i++) {
			resolved = this.root.at(resolved.path("$ref").asString("").substring(1));
		}
		return resolved;
	}

	private static String type(JsonNode schema) {
		JsonNode type = schema.path("type");
		if (type.isArray() && !type.isEmpty()) {
			return type.get(0).asString("");
		}
		if (type.isString()) {
			return type.asString("");
		}
		return schema.has("properties") ? "object" : (schema.has("items") ? "array" : "string");
	}

	private JsonNode choose(JsonNode values) {
		for (JsonNode value : values) {
			if (value.isString() && this.hints.mentions(value.asString(""))) {
				return value;
			}
		}
		return values.isEmpty() ? this.nodes.nullNode() : values.get(0);
	}

	/**
	 * What is required, or every property where the schema does not say.
	 */
	private JsonNode object(JsonNode schema, int depth) {
		ObjectNode object = this.nodes.objectNode();
		JsonNode properties = schema.path("properties");
		Collection<String> names = schema.has("required")
				? schema.path("required").valueStream().map((name) -> name.asString("")).toList()
				: properties.propertyNames();
		for (String name : names) {
			object.set(name, fill(name, properties.path(name), depth + 1));
		}
		return object;
	}

	private JsonNode array(String name, JsonNode schema, int depth) {
		ArrayNode array = this.nodes.arrayNode();
		int size = Math.max(schema.path("minItems").asInt(0), (depth < 4) ? 1 : 0);
		for (int i = 0; i < Math.min(size, schema.path("maxItems").asInt(size)); i++) {
			array.add(fill(name, schema.path("items"), depth + 1));
		}
		return array;
	}

	private JsonNode number(JsonNode schema) {
		String found = this.hints.nextNumber();
		BigDecimal value = (found != null) ? new BigDecimal(found) : schema.path("default").asDecimal(BigDecimal.ONE);
		BigDecimal minimum = bound(schema, "minimum", "exclusiveMinimum", BigDecimal.ONE);
		BigDecimal maximum = bound(schema, "maximum", "exclusiveMaximum", BigDecimal.ONE.negate());
		value = (minimum != null) ? value.max(minimum) : value;
		value = (maximum != null) ? value.min(maximum) : value;
		if (type(schema).equals("integer")) {
			return this.nodes.numberNode(value.setScale(0, RoundingMode.FLOOR).toBigInteger());
		}
		return this.nodes.numberNode(value);
	}

	private static @Nullable BigDecimal bound(JsonNode schema, String name, String exclusiveName, BigDecimal step) {
		if (schema.path(exclusiveName).isNumber()) {
			return schema.path(exclusiveName).decimalValue().add(step);
		}
		return schema.path(name).isNumber() ? schema.path(name).decimalValue() : null;
	}

	private JsonNode string(String name, JsonNode schema) {
		String value = null;
		if (EXPRESSIONS.contains(name.toLowerCase(Locale.ROOT))) {
			value = this.hints.expression();
		}
		value = (value != null) ? value : this.hints.subject();
		value = (value != null) ? value : this.hints.text();
		value = value + "x".repeat(Math.max(0, schema.path("minLength").asInt(0) - value.length()));
		int maximum = schema.path("maxLength").asInt(Integer.MAX_VALUE);
		return this.nodes.stringNode((value.length() <= maximum) ? value : value.substring(0, maximum));
	}

}
