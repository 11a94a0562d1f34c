package io.nexus3.provider.transport;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

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

	/** So much of the beginning of a long key is more than the prefix of its vendor. */
	private static final int SHORTEST_BEGINNING = 8;

	private static final int LONG_SECRET = 16;

	private static final String MASK = "***";

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
		return (this.secret != null) ? text.replace(this.secret, MASK) : text;
	}

	/**
	 * Take the key out of a text that may have been cut before: its beginning goes too.
	 * @param text the text
	 * @return the text with {@code ***} in place of the key, and in place of the
	 * beginning of a long key wherever it stands
	 */
	public String redactCut(String text) {
		String whole = redact(text);
		if (this.secret == null || this.secret.length() < LONG_SECRET) {
			return whole;
		}
		String beginning = this.secret.substring(0, SHORTEST_BEGINNING);
		int at = whole.indexOf(beginning);
		if (at < 0) {
			return whole;
		}
		StringBuilder shown = new StringBuilder();
		int from = 0;
		for (; at >= 0; at = whole.indexOf(beginning, from)) {
			shown.append(whole, from, at).append(MASK);
			from = at + common(whole, at);
		}
		return shown.append(whole, from, whole.length()).toString();
	}

	/** How many characters of a text are, from there on, those of the key. */
	private int common(String text, int at) {
		String secret = Objects.requireNonNull(this.secret);
		int length = 0;
		while (length < secret.length() && at + length < text.length()
				&& text.charAt(at + length) == secret.charAt(length)) {
			length++;
		}
		return length;
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

	/**
	 * Take the key out of a body.
	 * @param body the body, or its start
	 * @param whole whether that is all of the body; if not, its end may be the beginning
	 * of the key, and is cut off too
	 * @return the body without the key; the same array where it was not there
	 */
	byte[] redact(byte[] body, boolean whole) {
		if (this.secret == null) {
			return body;
		}
		String text = new String(body, StandardCharsets.UTF_8);
		String shown = redact(text);
		int begun = whole ? 0 : begun(shown);
		if (begun > 0) {
			shown = shown.substring(0, shown.length() - begun);
		}
		return shown.equals(text) ? body : shown.getBytes(StandardCharsets.UTF_8);
	}

}
