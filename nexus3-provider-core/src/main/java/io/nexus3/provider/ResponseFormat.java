package io.nexus3.provider;

import java.util.Map;

/**
 * The form that an answer shall have.
 *
 * @see <a href="https://platform.openai.com/docs/guides/structured-outputs">OpenAI,
 * structured outputs</a>
 * @since 0.1.0
 */
public sealed interface ResponseFormat permits ResponseFormat.Plain, ResponseFormat.JsonSchema {

	/**
	 * Free text.
	 * @return the format
	 */
	static ResponseFormat text() {
		return Plain.TEXT;
	}

	/**
	 * Some JSON object; the prompt must ask for it too.
	 * @return the format
	 */
	static ResponseFormat json() {
		return Plain.JSON_OBJECT;
	}

	/**
	 * JSON that follows a schema, strictly.
	 * @param name a name for the schema
	 * @param schema the JSON Schema as nested maps and lists
	 * @return the format
	 */
	static ResponseFormat jsonSchema(String name, Map<String, ?> schema) {
		return new JsonSchema(name, schema, true);
	}

	/**
	 * A format without a schema.
	 */
	enum Plain implements ResponseFormat {

		/** Free text. */
		TEXT,

		/** Some JSON object. */
		JSON_OBJECT

	}

	/**
	 * JSON that follows a schema.
	 *
	 * @param name a name for the schema
	 * @param schema the JSON Schema as nested maps and lists
	 * @param strict whether the vendor shall enforce it
	 */
	record JsonSchema(String name, Map<String, ?> schema, boolean strict) implements ResponseFormat {

	}

}
