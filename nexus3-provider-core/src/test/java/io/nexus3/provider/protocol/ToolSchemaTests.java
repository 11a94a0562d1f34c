package io.nexus3.provider.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ToolSchema}.
 */
class ToolSchemaTests {

	private static final Map<String, Object> EMPTY_OBJECT = Map.of("type", "object", "properties", Map.of());

	@Test
	@DisplayName("34: {} becomes an object with empty properties")
	void emptySchemaBecomesObject() {
		assertThat(ToolSchema.normalise(Map.of())).isEqualTo(EMPTY_OBJECT);
	}

	@Test
	@DisplayName("34: an object with a title gets properties")
	void objectGetsProperties() {
		assertThat(ToolSchema.normalise(Map.of("type", "object", "title", "Args")))
			.isEqualTo(Map.of("type", "object", "title", "Args", "properties", Map.of()));
	}

	@Test
	@DisplayName("34: a nested array gets items, a nested object gets properties")
	void nestedSchemasAreCompleted() {
		Map<String, Object> schema = Map.of("type", "object", "properties",
				Map.of("tags", Map.of("type", "array"), "extra", Map.of("type", "object")));
		assertThat(ToolSchema.normalise(schema))
			.isEqualTo(Map.of("type", "object", "properties", Map.of("tags", Map.of("type", "array", "items", Map.of()),
					"extra", Map.of("type", "object", "properties", Map.of()))));
	}

	@Test
	@DisplayName("34: a top-level array becomes an object that keeps the title")
	void topLevelArrayBecomesObject() {
		assertThat(ToolSchema.normalise(Map.of("type", "array", "title", "List", "items", Map.of("type", "string"))))
			.isEqualTo(Map.of("type", "object", "title", "List", "properties", Map.of()));
	}

	@Test
	@DisplayName("34: top-level oneOf and anyOf are removed, the title is kept")
	void topLevelAlternativesAreRemoved() {
		List<Map<String, String>> either = List.of(Map.of("type", "object"), Map.of("type", "string"));
		assertThat(ToolSchema.normalise(Map.of("title", "Either", "oneOf", either)))
			.isEqualTo(Map.of("type", "object", "title", "Either", "properties", Map.of()));
		assertThat(ToolSchema.normalise(Map.of("title", "Either", "anyOf", either)))
			.isEqualTo(Map.of("type", "object", "title", "Either", "properties", Map.of()));
	}

	@Test
	@DisplayName("34: existing empty properties stay")
	void emptyPropertiesStay() {
		assertThat(ToolSchema.normalise(EMPTY_OBJECT)).isEqualTo(EMPTY_OBJECT);
	}

	@Test
	@DisplayName("34: the caller's schema is not changed, and the copy shares nothing with it")
	void callersSchemaIsNotChanged() {
		Map<String, Object> tags = new HashMap<>(Map.of("type", "array"));
		Map<String, Object> properties = new HashMap<>(Map.of("tags", tags));
		Map<String, Object> schema = new HashMap<>(Map.of("properties", properties));
		Map<String, Object> normalised = ToolSchema.normalise(schema);
		assertThat(schema).isEqualTo(Map.of("properties", Map.of("tags", Map.of("type", "array"))));
		tags.put("type", "string");
		assertThat(normalised).isEqualTo(
				Map.of("type", "object", "properties", Map.of("tags", Map.of("type", "array", "items", Map.of()))));
	}

	@Test
	void nestedAlternativesStayAndAreCompleted() {
		Map<String, Object> schema = Map.of("type", "object", "properties",
				Map.of("value", Map.of("anyOf", List.of(Map.of("type", "array"), Map.of("type", "null")))));
		assertThat(ToolSchema.normalise(schema)).isEqualTo(Map.of("type", "object", "properties", Map.of("value",
				Map.of("anyOf", List.of(Map.of("type", "array", "items", Map.of()), Map.of("type", "null"))))));
	}

	@Test
	void schemasBehindKeywordsAreCompleted() {
		Map<String, String> array = Map.of("type", "array");
		Map<String, Object> completed = Map.of("type", "array", "items", Map.of());
		Map<String, Object> schema = Map.of("type", "object", "properties",
				Map.of("list", Map.of("type", "array", "items", array)), "$defs", Map.of("one", array),
				"additionalProperties", array, "not", array, "allOf", List.of(array));
		assertThat(ToolSchema.normalise(schema)).isEqualTo(Map.of("type", "object", "properties",
				Map.of("list", Map.of("type", "array", "items", completed)), "$defs", Map.of("one", completed),
				"additionalProperties", completed, "not", completed, "allOf", List.of(completed)));
	}

	@Test
	void tupleArraysAreComplete() {
		Map<String, Object> tuple = Map.of("type", "array", "prefixItems", List.of(Map.of("type", "string")));
		assertThat(ToolSchema.normalise(Map.of("properties", Map.of("pair", tuple))))
			.isEqualTo(Map.of("type", "object", "properties", Map.of("pair", tuple)));
	}

	@Test
	void aListOfTypesCounts() {
		Map<String, Object> schema = Map.of("type", List.of("object", "null"), "properties",
				Map.of("tags", Map.of("type", List.of("array", "null"))));
		assertThat(ToolSchema.normalise(schema)).isEqualTo(Map.of("type", "object", "properties",
				Map.of("tags", Map.of("type", List.of("array", "null"), "items", Map.of()))));
	}

	@Test
	void dataThatLooksLikeASchemaStays() {
		Map<String, Object> property = Map.of("type", "object", "properties", Map.of(), "default",
				Map.of("type", "array"), "enum", List.of(Map.of("type", "object")), "x-vendor",
				Map.of("type", "array"));
		assertThat(ToolSchema.normalise(Map.of("properties", Map.of("mode", property))))
			.isEqualTo(Map.of("type", "object", "properties", Map.of("mode", property)));
	}

	@Test
	void propertiesNamedLikeKeywordsAreProperties() {
		Map<String, Object> schema = Map.of("type", "object", "properties", Map.of("type", Map.of("type", "string"),
				"items", Map.of("type", "object"), "oneOf", Map.of("type", "array")));
		assertThat(ToolSchema.normalise(schema)).isEqualTo(Map.of("type", "object", "properties",
				Map.of("type", Map.of("type", "string"), "items", Map.of("type", "object", "properties", Map.of()),
						"oneOf", Map.of("type", "array", "items", Map.of()))));
	}

	@Test
	void nullsAndBooleansStay() {
		Map<String, Object> property = new HashMap<>();
		property.put("default", null);
		property.put("additionalProperties", false);
		assertThat(ToolSchema.normalise(Map.of("properties", Map.of("a", property, "b", true))))
			.isEqualTo(Map.of("type", "object", "properties", Map.of("a", property, "b", true)));
	}

	@Test
	void aSchemaThatContainsItselfIsRefused() {
		Map<String, Object> schema = new HashMap<>();
		schema.put("type", "object");
		schema.put("properties", Map.of("child", new HashMap<>(Map.of("items", List.of(schema)))));
		assertThatIllegalArgumentException().isThrownBy(() -> ToolSchema.normalise(schema))
			.withMessageContaining("contains itself");
	}

	@Test
	void theSameMapTwiceIsNoCycle() {
		Map<String, String> text = Map.of("type", "string");
		assertThat(ToolSchema.normalise(Map.of("properties", Map.of("a", text, "b", text))))
			.isEqualTo(Map.of("type", "object", "properties", Map.of("a", text, "b", text)));
	}

	@Test
	void tooDeepASchemaIsRefused() {
		Map<String, Object> schema = Map.of("type", "array");
		for (int i = 0; i < 10_000; i++) {
			schema = Map.of("type", "array", "items", schema);
		}
		Map<String, Object> deep = Map.of("properties", Map.of("deep", schema));
		assertThatIllegalArgumentException().isThrownBy(() -> ToolSchema.normalise(deep))
			.withMessageContaining("deeper than 200");
	}

	@Test
	void aSchemaThatUnfoldsWithoutEndIsRefused() {
		Object shared = Map.of("type", "string");
		for (int i = 0; i < 60; i++) {
			shared = Map.of("anyOf", new ArrayList<>(List.of(shared, shared)));
		}
		Map<String, Object> schema = Map.of("properties", Map.of("wide", shared));
		assertThatIllegalArgumentException().isThrownBy(() -> ToolSchema.normalise(schema))
			.withMessageContaining("100000 values");
	}

}
