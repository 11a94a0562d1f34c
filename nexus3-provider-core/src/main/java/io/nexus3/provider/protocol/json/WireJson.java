package io.nexus3.provider.protocol.json;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.nexus3.provider.ToolArguments;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mapper for JSON on the wire. It is nobody else's: an application's Jackson settings
 * never touch it.
 *
 * @since 0.1.0
 */
public final class WireJson {

	/** Where an object begins, in words about the parser that help nobody. */
	private static final Pattern SOURCE = Pattern.compile(" \\(start marker at \\[Source: [^\\]]*]\\)");

	/** The one complaint that repeats text of any length. */
	private static final Pattern TOKEN = Pattern.compile("^(Unrecognized token) '.*'(?=:)", Pattern.DOTALL);

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {
	};

	static {
		// The first of a kind makes what reads and writes it, under locks that event
		// loops
		// must not wait for.
		MAPPER.convertValue(MAPPER.readTree("{}"), OBJECT);
		MAPPER.writeValueAsString("");
	}

	private WireJson() {
	}

	/**
	 * The mapper.
	 * @return the one mapper
	 */
	public static JsonMapper mapper() {
		return MAPPER;
	}

	static JsonFactory factory() {
		return MAPPER.tokenStreamFactory();
	}

	/**
	 * Parse a rare, small value as a tree.
	 * @param json the JSON text
	 * @return the tree, or {@code null} when the text is no JSON
	 */
	public static @Nullable JsonNode tree(String json) {
		try {
			return MAPPER.readTree(json);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/**
	 * Text as a JSON string.
	 * @param text the text
	 * @return the quoted and escaped text
	 */
	public static String quote(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < ' ' || c == '"' || c == '\\') {
				return MAPPER.writeValueAsString(text);
			}
		}
		return '"' + text + '"';
	}

	/**
	 * A scalar as text.
	 * @param raw the JSON text of a scalar, or {@code null}
	 * @return the text without quotes and escapes; empty where there is none
	 */
	public static String unquote(@Nullable String raw) {
		JsonNode node = (raw != null) ? tree(raw) : null;
		return (node != null && !node.isNull()) ? node.asString("") : "";
	}

	/**
	 * The arguments of a tool call. Nothing at all means no arguments; what is not a JSON
	 * object is marked invalid and never guessed.
	 * @param raw the text as sent
	 * @return the arguments
	 */
	public static ToolArguments toolArguments(String raw) {
		if (raw.isBlank()) {
			return ToolArguments.valid(Map.of(), raw);
		}
		try {
			JsonNode node = MAPPER.readTree(raw);
			if (!node.isObject()) {
				return ToolArguments.invalid(raw, "The arguments are no JSON object but "
						+ node.getNodeType().name().toLowerCase(Locale.ROOT) + ", at line 1, column 1");
			}
			return ToolArguments.valid(MAPPER.convertValue(node, OBJECT), raw);
		}
		catch (JacksonException ex) {
			return ToolArguments.invalid(raw, "The arguments are malformed JSON: " + problem(ex));
		}
	}

	/**
	 * What a parser complains about, without the text that it read.
	 * @param ex the complaint
	 * @return the words and the place of the fault
	 */
	public static String problem(JacksonException ex) {
		String place = (ex.getLocation() != null)
				? ", at line " + ex.getLocation().getLineNr() + ", column " + ex.getLocation().getColumnNr() : "";
		return words(ex) + place;
	}

	/**
	 * What a parser complains about, without the text that it read.
	 * @param ex the complaint
	 * @return the words alone
	 */
	static String words(JacksonException ex) {
		return TOKEN.matcher(SOURCE.matcher(ex.getOriginalMessage()).replaceAll("")).replaceFirst("$1");
	}

}
