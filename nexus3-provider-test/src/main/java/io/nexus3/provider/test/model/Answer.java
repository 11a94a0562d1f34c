package io.nexus3.provider.test.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * What a simulated model answers.
 *
 * @param reasoning what it thinks first; empty if it does not
 * @param text what it says; empty if it only calls tools
 * @param calls the tools it wants called, in order
 * @param cut whether the text was cut at the limit of tokens
 * @since 0.1.0
 */
public record Answer(String reasoning, String text, List<Call> calls, boolean cut) {

	// A token is a word with the white space before it, so that joined tokens are the
	// text.
	private static final Pattern TOKEN = Pattern.compile("\\s*\\S+|\\s+$");

	/**
	 * Copies the calls.
	 */
	public Answer {
		calls = List.copyOf(calls);
	}

	/**
	 * An answer that is only text.
	 * @param text what the model says
	 * @return the answer
	 */
	public static Answer text(String text) {
		return new Answer("", text, List.of(), false);
	}

	/**
	 * Adds reasoning before the answer.
	 * @param newReasoning what the model thinks
	 * @return a new answer
	 */
	public Answer withReasoning(String newReasoning) {
		return new Answer(newReasoning, this.text, this.calls, this.cut);
	}

	/**
	 * Cuts the text.
	 * @param tokens the most tokens to keep
	 * @return this answer if it is short enough, or a new one that says it was cut
	 */
	public Answer withAtMost(int tokens) {
		List<String> all = tokens(this.text);
		if (all.size() <= tokens) {
			return this;
		}
		return new Answer(this.reasoning, String.join("", all.subList(0, tokens)), this.calls, true);
	}

	/**
	 * Ends the text before the first of the given sequences.
	 * @param sequences the stop sequences
	 * @return this answer, or a new one with less text
	 */
	public Answer withStop(List<String> sequences) {
		int end = this.text.length();
		for (String sequence : sequences) {
			int found = sequence.isEmpty() ? -1 : this.text.indexOf(sequence);
			end = (found >= 0) ? Math.min(end, found) : end;
		}
		return (end == this.text.length()) ? this
				: new Answer(this.reasoning, this.text.substring(0, end), this.calls, this.cut);
	}

	/**
	 * Splits a text as the simulated model speaks it, word by word.
	 * @param text the text
	 * @return its tokens; joined they are the text again
	 */
	public static List<String> tokens(String text) {
		List<String> tokens = new ArrayList<>();
		Matcher matcher = TOKEN.matcher(text);
		while (matcher.find()) {
			tokens.add(matcher.group());
		}
		return tokens;
	}

	/**
	 * One call of a tool.
	 *
	 * @param name the tool's name
	 * @param arguments its arguments, an object
	 */
	public record Call(String name, JsonNode arguments) {
	}

}
