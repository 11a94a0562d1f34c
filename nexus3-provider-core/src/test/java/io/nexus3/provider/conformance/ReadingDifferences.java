package io.nexus3.provider.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import org.jspecify.annotations.Nullable;

/**
 * Compares two readings of one exchange in everything but times, and whether to try
 * again: headers may say that, which {@link CorpusPlayer} does not serve.
 */
final class ReadingDifferences {

	/** Drawn for calls that came without an id, anew in each reading. */
	private static final Pattern DRAWN_ID = Pattern.compile("call_[0-9a-f]{32}\\b");

	private ReadingDifferences() {
	}

	/**
	 * Returns what differs.
	 * @param body what was read, in which the ids are that were not drawn
	 */
	static List<String> between(Reading expected, Reading actual, byte[] body) {
		String text = new String(body, StandardCharsets.UTF_8);
		List<String> differences = new ArrayList<>();
		compare(differences, actual.how() + ": events", events(expected), events(actual), text);
		compare(differences, actual.how() + ": message", expected.message(), actual.message(), text);
		compare(differences, actual.how() + ": error", error(expected.error()), error(actual.error()), text);
		return differences;
	}

	private static void compare(List<String> differences, String what, @Nullable Object expected,
			@Nullable Object actual, String body) {
		if (!Objects.equals(expected, actual)
				&& !withoutDrawnIds(expected, body).equals(withoutDrawnIds(actual, body))) {
			differences.add("%s: %s, but played back %s".formatted(what, expected, actual));
		}
	}

	private static String withoutDrawnIds(@Nullable Object read, String body) {
		return DRAWN_ID.matcher(String.valueOf(read))
			.replaceAll((id) -> body.contains(id.group()) ? id.group() : "drawn");
	}

	private static List<Object> events(Reading reading) {
		return reading.events().stream().map(ReadingDifferences::event).toList();
	}

	private static Object event(StreamEvent event) {
		if (event instanceof StreamComplete complete) {
			return List.of(complete.message(), complete.summary().events(), complete.summary().characters(),
					complete.summary().toolCalls(), complete.summary().terminated());
		}
		return event;
	}

	private static @Nullable Object error(@Nullable Throwable error) {
		if (error instanceof ProviderException failure) {
			List<@Nullable Object> seen = new ArrayList<>();
			seen.add(failure.getClass());
			seen.add(failure.kind());
			seen.add(failure.status());
			seen.add(failure.vendor());
			seen.add(failure.partialMessage());
			seen.add(failure.partialOutput());
			return seen;
		}
		return error;
	}

}
