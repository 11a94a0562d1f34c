package io.nexus3.provider.sample.web;

import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nexus3.provider.wire.RawLogListener;
import org.jspecify.annotations.Nullable;

/**
 * Passes raw traffic on to the page, shortened: images are long and say nothing to a
 * reader. Keys are out of it already.
 */
final class WireRecorder implements RawLogListener {

	private static final int MAX_TEXT = 32_768;

	private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{256,}+={0,2}");

	private static final int SHOWN = 24;

	private final Consumer<? super CallEvent.Wire> events;

	private final IntSupplier round;

	WireRecorder(Consumer<? super CallEvent.Wire> events, IntSupplier round) {
		this.events = events;
		this.round = round;
	}

	@Override
	public void onRequest(Attempt attempt, String url, String body) {
		tell(attempt, "request", null, "POST " + url + "\n\n" + shortened(body));
	}

	@Override
	public void onResponse(Attempt attempt, int status, String body, boolean truncated) {
		tell(attempt, "response", status, shortened(body) + (truncated ? "\n(cut)" : ""));
	}

	@Override
	public void onChunk(Attempt attempt, String chunk) {
		tell(attempt, "chunk", null, shortened(chunk));
	}

	@Override
	public void onEnd(Attempt attempt, String outcome, @Nullable Throwable error) {
		tell(attempt, "end", null, (error != null) ? outcome + ": " + error.getMessage() : outcome);
	}

	private void tell(Attempt attempt, String what, @Nullable Integer status, String text) {
		this.events.accept(new CallEvent.Wire(this.round.getAsInt(), attempt.number(), what, status, text));
	}

	static String shortened(String text) {
		String readable = BASE64.matcher(text)
			.replaceAll((found) -> Matcher
				.quoteReplacement(found.group().substring(0, SHOWN) + "… (" + found.group().length() + " characters)"));
		return (readable.length() <= MAX_TEXT) ? readable
				: readable.substring(0, MAX_TEXT) + "… (" + (readable.length() - MAX_TEXT) + " more characters)";
	}

}
