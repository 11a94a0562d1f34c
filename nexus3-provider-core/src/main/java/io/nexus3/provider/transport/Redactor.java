package io.nexus3.provider.transport;

import java.nio.charset.StandardCharsets;

import io.nexus3.provider.config.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * Takes a key out of what a server echoes.
 *
 * @since 0.1.0
 */
public final class Redactor {

	/** Shorter keys are words that stand everywhere; they are no secrets. */
	private static final int SHORTEST_SECRET = 6;

	private final @Nullable String secret;

	/**
	 * A redactor.
	 * @param key the key to take out, or {@code null} for none
	 */
	public Redactor(@Nullable ApiKey key) {
		String text = (key != null) ? key.reveal() : null;
		this.secret = (text != null && text.length() >= SHORTEST_SECRET) ? text : null;
	}

	/**
	 * Take the key out.
	 * @param text the text
	 * @return the text with {@code ***} in place of the key
	 */
	public String redact(String text) {
		return (this.secret != null) ? text.replace(this.secret, "***") : text;
	}

	/**
	 * Take the key out of a text that may end inside it.
	 * @param text the text, the start of a longer one
	 * @return the text with {@code ***} in place of the key, and of its beginning at the
	 * end
	 */
	public String redactExcerpt(String text) {
		String clean = redact(text);
		int begun = begun(clean);
		return (begun >= SHORTEST_SECRET) ? clean.substring(0, clean.length() - begun) + "***" : clean;
	}

	/** How many characters at the end of a text may be the beginning of the key. */
	int begun(String text) {
		if (this.secret == null) {
			return 0;
		}
		int length = Math.min(this.secret.length() - 1, text.length());
		while (!text.endsWith(this.secret.substring(0, length))) {
			length--;
		}
		return length;
	}

	byte[] redact(byte[] body) {
		if (this.secret == null) {
			return body;
		}
		String text = new String(body, StandardCharsets.UTF_8);
		return text.contains(this.secret) ? redact(text).getBytes(StandardCharsets.UTF_8) : body;
	}

}
