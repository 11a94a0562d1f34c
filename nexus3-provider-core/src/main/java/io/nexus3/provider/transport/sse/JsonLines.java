package io.nexus3.provider.transport.sse;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Recognises data that is really several events: some servers separate their events by
 * one line end where the standard asks for two, and the standard then joins them to one
 * event.
 */
final class JsonLines {

	// An event stream is UTF-8, whatever its first bytes look like.
	private static final JsonFactory JSON = JsonFactory.builder()
		.disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
		.build();

	private static final byte[] DONE = { '[', 'D', 'O', 'N', 'E', ']' };

	private JsonLines() {
	}

	/**
	 * Whether each line stands for itself: all are JSON values or {@code [DONE]}, and not
	 * all of them bare numbers, strings or literals, which may as well be plain text.
	 * <p>
	 * Two or more such lines are never one JSON value when joined, because a line end can
	 * only stand between the tokens of a value. So the joined data needs no look of its
	 * own, and a value that is printed over several lines is given up at its first line.
	 * @param data the lines, separated by LF
	 * @param from where the first line starts
	 * @param to where the last line ends
	 * @return whether the lines are to be delivered one by one
	 */
	static boolean standAlone(byte[] data, int from, int to) {
		boolean structured = false;
		for (int start = from; start <= to;) {
			int end = LineEnds.next(data, start, to);
			if (isDone(data, start, end)) {
				structured = true;
			}
			else {
				JsonToken value = singleValue(data, start, end);
				if (value == null) {
					return false;
				}
				structured |= value.isStructStart();
			}
			start = end + 1;
		}
		return structured;
	}

	private static boolean isDone(byte[] data, int from, int to) {
		int start = from;
		int end = to;
		while (start < end && data[start] == ' ') {
			start++;
		}
		while (end > start && data[end - 1] == ' ') {
			end--;
		}
		return Arrays.equals(data, start, end, DONE, 0, DONE.length);
	}

	/**
	 * Read a line as JSON.
	 * @param data the array that holds the line
	 * @param from where the line starts
	 * @param to where it ends
	 * @return the token that the value starts with, or {@code null} when the line is not
	 * exactly one JSON value
	 */
	private static @Nullable JsonToken singleValue(byte[] data, int from, int to) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), data, from, to - from)) {
			JsonToken first = parser.nextToken();
			parser.skipChildren();
			return (parser.nextToken() == null) ? first : null;
		}
		catch (JacksonException ex) {
			// The question is whether this is JSON; a parser that gives up answers it.
			return null;
		}
	}

}
