package io.nexus3.provider.protocol;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes request bodies as a stream of tokens, with a factory of its own: an
 * application's Jackson settings never reach the wire.
 *
 * @since 0.1.0
 */
public final class JsonBody {

	private static final JsonFactory FACTORY = new JsonFactory();

	/** The generator keeps a small body to itself and hands it over in one piece. */
	private static final int INITIAL_SIZE = 512;

	private JsonBody() {
	}

	/**
	 * Write a body.
	 * @param content writes exactly one JSON value
	 * @return the body in UTF-8
	 * @throws IllegalArgumentException when the content cannot be written as JSON: broken
	 * text, values that JSON does not know, or deeper nesting than 500 levels
	 */
	public static byte[] write(Consumer<JsonGenerator> content) {
		ByteArrayOutputStream body = new ByteArrayOutputStream(INITIAL_SIZE);
		try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), body)) {
			content.accept(json);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The request cannot be written as JSON: " + ex.getOriginalMessage(), ex);
		}
		return body.toByteArray();
	}

	/**
	 * Write a value made of what JSON knows: maps, lists and other iterables, arrays,
	 * text, enum constants by name, finite numbers, booleans and {@code null}.
	 * @param json takes the value
	 * @param value the value
	 * @throws IllegalArgumentException when the value is of another kind
	 */
	public static void writeValue(JsonGenerator json, @Nullable Object value) {
		if (value == null) {
			json.writeNull();
		}
		else if (value instanceof CharSequence || value instanceof Character) {
			json.writeString(value.toString());
		}
		else if (value instanceof Boolean bool) {
			json.writeBoolean(bool);
		}
		else if (value instanceof Number number) {
			writeNumber(json, number);
		}
		else if (value instanceof Enum<?> constant) {
			json.writeString(constant.name());
		}
		else {
			writeContainer(json, value);
		}
	}

	private static void writeContainer(JsonGenerator json, Object value) {
		if (value instanceof Map<?, ?> map) {
			json.writeStartObject();
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				json.writeName(String.valueOf(entry.getKey()));
				writeValue(json, entry.getValue());
			}
			json.writeEndObject();
		}
		else if (value instanceof Iterable<?> elements) {
			json.writeStartArray();
			for (Object element : elements) {
				writeValue(json, element);
			}
			json.writeEndArray();
		}
		else if (value.getClass().isArray()) {
			json.writeStartArray();
			for (int i = 0; i < Array.getLength(value); i++) {
				writeValue(json, Array.get(value, i));
			}
			json.writeEndArray();
		}
		else {
			throw new IllegalArgumentException("JSON knows no " + value.getClass().getName()
					+ "; use maps, lists, text, numbers, booleans and null");
		}
	}

	private static void writeNumber(JsonGenerator json, Number number) {
		if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
			json.writeNumber(number.longValue());
		}
		else if (number instanceof BigInteger integer) {
			json.writeNumber(integer);
		}
		else if (number instanceof BigDecimal decimal) {
			json.writeNumber(decimal);
		}
		else if (!Double.isFinite(number.doubleValue())) {
			throw new IllegalArgumentException("JSON knows no number " + number);
		}
		else if (number instanceof Float single) {
			json.writeNumber(single);
		}
		else {
			json.writeNumber(number.doubleValue());
		}
	}

}
