package io.nexus3.provider.protocol.json;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Reads an event of a stream without parsing it, where it differs from the event before
 * it in one string only. One per response; not thread-safe.
 * <p>
 * An event that was parsed in full, and that said exactly one thing in exactly one
 * string, is kept as what stands before the string, the string, and what stands behind
 * it. A later event means the same with another string when
 * <ol>
 * <li>it begins with the same bytes up to and with the string's opening quote,</li>
 * <li>a well-formed JSON string follows: no control character, escapes that are known,
 * valid UTF-8, and the first quote that is not escaped is the one that ends it,</li>
 * <li>the rest, from that quote on, is the same bytes, but for the number of blanks
 * before the brace that ends the event.</li>
 * </ol>
 * Proof: a JSON text is read from left to right, so after (1) a parser is in the same
 * state as it was in the first event, inside the same value. By (2) it leaves that state
 * at the closing quote, as in the first event, having read another string. By (3) it
 * reads the same from there to the end; blanks between two tokens mean nothing. Both
 * events are thus the same tree but for that one value. What a decoder makes of them
 * differs only in that value, because a decoder does nothing that depends on what the
 * string says, and an empty string, which may mean nothing at all, is never matched.
 * <p>
 * Some servers pad their events, so that their length tells nothing of the text:
 * Anthropic with blanks before the last brace, OpenAI with a random string. The string is
 * a second hole, by the same argument, whose value is passed over.
 * <p>
 * Whatever is not provably the same goes to the full parser and becomes the next
 * skeleton. A stream that keeps missing is left alone after a while, so that a comparison
 * in vain costs nothing for long.
 * <p>
 * The system property {@value #SWITCH} set to {@code false} turns it off for answers that
 * begin from then on.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259, section 7:
 * strings</a>
 * @since 0.1.0
 */
public final class FrameSkeleton {

	/** The name of the system property that turns this off with {@code false}. */
	public static final String SWITCH = "nexus3.fast-path";

	/** Longer events are rare, and their parse is not what costs. */
	static final int LONGEST = 16 * 1024;

	private static final int CREDIT = 16;

	private static final byte[] NOTHING = new byte[0];

	private byte[] bytes = NOTHING;

	private int length;

	private Hole first = Hole.NONE;

	private @Nullable Hole second;

	private boolean textFirst;

	private boolean known;

	private long matches;

	private int credit = "false".equals(System.getProperty(SWITCH)) ? 0 : CREDIT;

	/**
	 * What an event says, if it is the last one parsed with another string.
	 * @param buffer the array that holds the event
	 * @param offset where it starts
	 * @param length how long it is
	 * @return the string, never empty, or {@code null} when the event must be parsed
	 */
	public @Nullable String match(byte[] buffer, int offset, int length) {
		if (!this.known) {
			return null;
		}
		String text = (length <= LONGEST) ? read(buffer, offset, offset + length) : null;
		if (text != null) {
			this.credit = Math.min(this.credit + 1, CREDIT);
			this.matches++;
		}
		else {
			this.credit--;
			this.known = false;
		}
		return text;
	}

	/**
	 * How many events were read so far without a parser.
	 * @return a number of events
	 */
	public long matches() {
		return this.matches;
	}

	private @Nullable String read(byte[] buffer, int from, int to) {
		int start = from + this.first.start;
		if (start >= to || !same(0, this.first.start, buffer, from, to)) {
			return null;
		}
		int end = JsonText.end(buffer, start, to);
		if (end < 0) {
			return null;
		}
		Hole second = this.second;
		if (second == null) {
			return rest(this.first.end, buffer, end, to) ? JsonText.of(buffer, start, end) : null;
		}
		int secondStart = end + second.start - this.first.end;
		if (secondStart >= to || !same(this.first.end, second.start, buffer, end, to)) {
			return null;
		}
		int secondEnd = JsonText.end(buffer, secondStart, to);
		if (secondEnd < 0 || !rest(second.end, buffer, secondEnd, to)) {
			return null;
		}
		if (this.textFirst) {
			return JsonText.isPlain(buffer, secondStart, secondEnd) ? JsonText.of(buffer, start, end) : null;
		}
		return JsonText.isPlain(buffer, start, end) ? JsonText.of(buffer, secondStart, secondEnd) : null;
	}

	private boolean same(int from, int to, byte[] buffer, int at, int limit) {
		return at + to - from <= limit && Arrays.equals(this.bytes, from, to, buffer, at, at + to - from);
	}

	/** Blanks before the last brace are no part of what is compared. */
	private boolean rest(int from, byte[] buffer, int at, int limit) {
		int end = behindContent(buffer, at, limit);
		return end - at == this.length - from && same(from, this.length, buffer, at, limit);
	}

	/** Where an object ends but for its last brace and the blanks before it, or -1. */
	private static int behindContent(byte[] buffer, int from, int to) {
		if (to - 1 <= from || buffer[to - 1] != '}') {
			return -1;
		}
		int end = to - 1;
		while (end > from && buffer[end - 1] == ' ') {
			end--;
		}
		return end;
	}

	/**
	 * Keep an event that was parsed in full. It must have said exactly one thing, in
	 * exactly one string.
	 * @param buffer the array that holds the event
	 * @param offset where it starts
	 * @param length how long it is
	 * @param text where the string stands in the array, without its quotes
	 * @param padding where a string stands that means nothing, or {@code null}
	 */
	public void learn(byte[] buffer, int offset, int length, Hole text, @Nullable Hole padding) {
		this.known = false;
		if (this.credit <= 0 || length > LONGEST) {
			return;
		}
		if (this.bytes.length < length) {
			this.bytes = new byte[length + length / 2];
		}
		System.arraycopy(buffer, offset, this.bytes, 0, length);
		this.length = behindContent(this.bytes, 0, length);
		this.textFirst = padding == null || text.start < padding.start;
		Hole other = (padding != null) ? padding.minus(offset) : null;
		this.first = (this.textFirst || other == null) ? text.minus(offset) : other;
		this.second = this.textFirst ? other : text.minus(offset);
		this.known = this.length > 0;
	}

	/**
	 * The last event parsed was of another kind: nothing can be told from it.
	 */
	public void forget() {
		this.known = false;
	}

	/**
	 * Where a string stands in an array, without its quotes.
	 *
	 * @param start its first byte
	 * @param end the closing quote
	 */
	public record Hole(int start, int end) {

		static final Hole NONE = new Hole(0, 0);

		private Hole minus(int offset) {
			return new Hole(this.start - offset, this.end - offset);
		}

	}

}
