package io.nexus3.provider.test.recording;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of one request, overwritten wherever they turn up in what is written. One per
 * exchange.
 */
final class Secrets {

	private static final Set<String> HARMLESS = Set.of("accept", "accept-encoding", "accept-language", "user-agent",
			"content-type", "content-length", "host", "connection", "anthropic-version", "anthropic-beta");

	private static final Pattern SECRET_NAME = Pattern.compile("auth|key|token|secret|cookie|password|credential");

	private static final Pattern SECRET_PARAMETER = Pattern
		.compile("(?i)([?&][^=&]*(?:key|token|sig|secret|code|password)[^=&]*=)[^&]+");

	/** Shorter values would be found where they are no key. */
	private static final int SHORTEST = 8;

	private final List<String> values = new ArrayList<>();

	Secrets(Map<String, List<String>> headers, String uri) {
		headers.forEach((name, sent) -> {
			String lower = name.toLowerCase(Locale.ROOT);
			if (!HARMLESS.contains(lower) && SECRET_NAME.matcher(lower).find()) {
				sent.forEach(this::remember);
			}
		});
		Matcher parameter = SECRET_PARAMETER.matcher(uri);
		while (parameter.find()) {
			remember(parameter.group().substring(parameter.group(1).length()));
		}
	}

	/** A scheme such as {@code Bearer} is no part of the key. */
	private void remember(String value) {
		for (String word : value.split("[\\s;,]+")) {
			if (word.length() >= SHORTEST) {
				this.values.add(word);
			}
		}
	}

	String uri(String uri) {
		return text(SECRET_PARAMETER.matcher(uri).replaceAll("$1redacted"));
	}

	String text(String text) {
		String clean = text;
		for (String value : this.values) {
			clean = clean.replace(value, "x".repeat(value.length()));
		}
		return clean;
	}

	/** Keeps every other byte and the length, and with it the framing. */
	byte[] bytes(byte[] bytes) {
		return text(new String(bytes, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
	}

}
