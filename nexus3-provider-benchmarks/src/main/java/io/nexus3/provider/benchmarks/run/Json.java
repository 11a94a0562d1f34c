package io.nexus3.provider.benchmarks.run;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the little JSON that results are made of, with no library on the class path.
 */
final class Json {

	private Json() {
	}

	static String object(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> text(field.getKey()) + ":" + field.getValue())
			.collect(Collectors.joining(",", "{", "}"));
	}

	static String text(String value) {
		StringBuilder text = new StringBuilder("\"");
		for (char c : value.toCharArray()) {
			if (c == '"' || c == '\\') {
				text.append('\\').append(c);
			}
			else if (c < ' ') {
				text.append(String.format("\\u%04x", (int) c));
			}
			else {
				text.append(c);
			}
		}
		return text.append('"').toString();
	}

	static String number(double value) {
		return String.format(Locale.ROOT, "%.4f", value);
	}

}
