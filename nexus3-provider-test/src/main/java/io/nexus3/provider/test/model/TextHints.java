package io.nexus3.provider.test.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What can be picked out of a user's text to fill arguments with. Keeps count of the
 * numbers it gave away: one per filled value; not thread-safe.
 */
final class TextHints {

	private static final Pattern AFTER_PREPOSITION = Pattern
		.compile("\\b(?:in|for|at|near)\\s+(?:the\\s+|an?\\s+)?(\\p{L}[\\p{L}'-]*(?:\\s+\\p{Lu}[\\p{L}'-]*)*)");

	private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\d.])-?\\d+(?:\\.\\d+)?");

	private static final Pattern EXPRESSION = Pattern.compile("[(\\d][\\d\\s.()]*(?:[-+*/^%][\\d\\s.()]+)+");

	private static final List<String> NO_SUBJECT = List.of("me", "us", "my", "you");

	private final String text;

	private final List<String> numbers = new ArrayList<>();

	private int numbersTaken;

	TextHints(String text) {
		this.text = text.strip();
		Matcher matcher = NUMBER.matcher(text);
		while (matcher.find()) {
			this.numbers.add(matcher.group());
		}
	}

	/**
	 * The whole text.
	 */
	String text() {
		return this.text;
	}

	/**
	 * The words after the first "in" or "for", such as a city, or {@code null}.
	 */
	@Nullable String subject() {
		Matcher matcher = AFTER_PREPOSITION.matcher(this.text);
		while (matcher.find()) {
			if (!NO_SUBJECT.contains(matcher.group(1).toLowerCase(Locale.ROOT))) {
				return matcher.group(1);
			}
		}
		return null;
	}

	/**
	 * The first sum in the text, such as {@code 12*7}, or {@code null}.
	 */
	@Nullable String expression() {
		Matcher matcher = EXPRESSION.matcher(this.text);
		return matcher.find() ? matcher.group().strip() : null;
	}

	/**
	 * The next number of the text, or {@code null} if all were taken.
	 */
	@Nullable String nextNumber() {
		return (this.numbersTaken < this.numbers.size()) ? this.numbers.get(this.numbersTaken++) : null;
	}

	boolean mentions(String word) {
		return this.text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
	}

}
