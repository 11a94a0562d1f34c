package io.nexus3.provider.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One parser for slice after slice: no slice leaves a trace in the next.
 */
class SliceParserTests {

	private final SliceParser slices = new SliceParser();

	@Test
	void givesRawValuesAsTheyCame() {
		Map<String, String> fields = read(
				"{\"a\": {\"b\" : [1, \"}\"]}, \"c\":\"\\u00e9\\n\",\"d\":1.50,\"e\":null,\"f\":[ ]}");
		assertThat(fields).containsEntry("a", "{\"b\" : [1, \"}\"]}")
			.containsEntry("c", "\"é\\n\"")
			.containsEntry("d", "1.50")
			.containsEntry("e", "null")
			.containsEntry("f", "[ ]");
	}

	@Test
	void readsSlicesOfOneArrayOneAfterTheOther() {
		byte[] bytes = "xx{\"a\":[1]}yy{\"ü\":[2]} \r\nzz".getBytes(StandardCharsets.UTF_8);
		assertThat(read(bytes, 2, 9)).containsExactly(Map.entry("a", "[1]"));
		assertThat(read(bytes, 13, 13)).containsExactly(Map.entry("ü", "[2]"));
		assertThat(read(bytes, 2, 9)).containsExactly(Map.entry("a", "[1]"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "{\"a\"", "{\"a\":", "{\"a\":\"", "{\"a\":1", "{\"a\":tru", "{}tru", "{}1",
			"{}\"", "{}{", "{}{}", "{},", "{}-", "[]", "[", "1", "-", "\"", "\"a\"", "nul", "null", "tru",
			"{\"a\":\"\\u00", "{\"a\":[{", "{\"a\":{\"b\":1}", "{\"a\":{}  ", "{\"a\":[1]", "{\"a\":01}", "{'a':1}",
			"{}/", "\u0000", "{\"a\":{\"b\":[" })
	void brokenSliceIsRefusedAndForgotten(String broken) {
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> read(broken));
			assertThat(read("{\"a\":1}")).containsExactly(Map.entry("a", "1"));
			assertThat(read("{\"b\":{\"c\":2}}")).containsExactly(Map.entry("b", "{\"c\":2}"));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 250, 1000, 5000 })
	void thePlaceOfAControlCharacterDoesNotDependOnWhatWasRead(int before) {
		read("{\"a\":\"" + "x".repeat(before) + "\"}");
		byte[] broken = ("yy{\"a\":\"" + "x".repeat(330) + "\u000b\"}").getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> read(broken, 2, broken.length - 2))
			.withMessageEndingWith(", at byte 336");
	}

	@Test
	void invalidUtf8IsReplaced() {
		byte[] bytes = "{\"a\":\"x?\",\"b\":{\"c\":\"?\"}}".getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (bytes[i] == '?') ? (byte) 0xFF : bytes[i];
		}
		assertThat(read(bytes, 0, bytes.length)).containsEntry("a", "\"x\uFFFD\"")
			.containsEntry("b", "{\"c\":\"\uFFFD\"}");
		assertThat(read("{\"a\":1}")).containsExactly(Map.entry("a", "1"));
	}

	@Test
	void largeSlicesLeaveThePositionsRight() {
		String large = "{\"a\":{\"t\":\"" + "ü".repeat(100_000) + "\"}}";
		for (int i = 0; i < 20; i++) {
			assertThat(read(large).get("a")).hasSize(large.length() - 6).startsWith("{\"t\"").endsWith("\"}");
		}
	}

	private Map<String, String> read(String slice) {
		byte[] bytes = slice.getBytes(StandardCharsets.UTF_8);
		return read(bytes, 0, bytes.length);
	}

	private Map<String, String> read(byte[] bytes, int offset, int length) {
		Map<String, String> fields = new LinkedHashMap<>();
		this.slices.read(bytes, offset, length, (parser, slices) -> {
			fields.clear();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				parser.nextToken();
				fields.put(name, slices.raw(parser));
			}
		});
		return fields;
	}

}
