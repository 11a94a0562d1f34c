package io.nexus3.provider.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nexus3.provider.wire.WireHeaders;
import org.jspecify.annotations.Nullable;

/**
 * How long a server asks to wait: {@code retry-after-ms}, {@code Retry-After} in seconds
 * or as a date, else the reset of a rate limit of which nothing remains. Nonsense is no
 * hint.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110,
 * Retry-After</a>
 * @see <a href="https://platform.openai.com/docs/guides/rate-limits">OpenAI, rate limit
 * headers</a>
 * @see <a href="https://docs.claude.com/en/api/rate-limits">Anthropic, rate limit
 * headers</a>
 */
final class ServerHint {

	private static final List<String> OPENAI_LIMITS = List.of("requests", "tokens");

	private static final List<String> ANTHROPIC_LIMITS = List.of("requests", "tokens", "input-tokens", "output-tokens");

	private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?");

	private static final Pattern PERIOD = Pattern.compile(
			"(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,6}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9})ms)?");

	private ServerHint() {
	}

	static @Nullable Duration of(WireHeaders headers, InstantSource calendar) {
		Duration millis = seconds(headers.only("retry-after-ms"), 0.001);
		if (millis != null) {
			return millis;
		}
		String retryAfter = headers.only("retry-after");
		Duration seconds = seconds(retryAfter, 1);
		if (seconds != null) {
			return seconds;
		}
		Duration date = until(httpDate(retryAfter), now(headers, calendar));
		return (date != null) ? date : reset(headers, calendar);
	}

	private static @Nullable Duration reset(WireHeaders headers, InstantSource calendar) {
		Duration longest = null;
		for (String limit : OPENAI_LIMITS) {
			if ("0".equals(headers.first("x-ratelimit-remaining-" + limit))) {
				longest = longer(longest, period(headers.first("x-ratelimit-reset-" + limit)));
			}
		}
		for (String limit : ANTHROPIC_LIMITS) {
			if ("0".equals(headers.first("anthropic-ratelimit-" + limit + "-remaining"))) {
				Instant reset = rfc3339(headers.first("anthropic-ratelimit-" + limit + "-reset"));
				longest = longer(longest, until(reset, now(headers, calendar)));
			}
		}
		return longest;
	}

	/** The server's own time where it says it, so that skewed clocks do no harm. */
	private static Instant now(WireHeaders headers, InstantSource calendar) {
		Instant date = httpDate(headers.first("date"));
		return (date != null) ? date : calendar.instant();
	}

	private static @Nullable Duration seconds(@Nullable String text, double unit) {
		if (text == null || !NUMBER.matcher(text.strip()).matches()) {
			return null;
		}
		return Duration.ofNanos((long) Math.min(Double.parseDouble(text.strip()) * unit * 1e9, Long.MAX_VALUE));
	}

	/**
	 * A period as OpenAI writes it, such as 6m0s, 1s or 20ms; plain numbers are seconds.
	 */
	private static @Nullable Duration period(@Nullable String text) {
		Duration plain = seconds(text, 1);
		if (plain != null || text == null || text.isBlank()) {
			return plain;
		}
		Matcher matcher = PERIOD.matcher(text.strip());
		if (!matcher.matches()) {
			return null;
		}
		double seconds = number(matcher.group(1)) * 86_400 + number(matcher.group(2)) * 3_600
				+ number(matcher.group(3)) * 60 + number(matcher.group(4)) + number(matcher.group(5)) / 1_000;
		return Duration.ofNanos((long) Math.min(seconds * 1e9, Long.MAX_VALUE));
	}

	private static double number(@Nullable String digits) {
		return (digits != null) ? Double.parseDouble(digits) : 0;
	}

	private static @Nullable Instant httpDate(@Nullable String text) {
		try {
			return (text != null) ? ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant() : null;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	private static @Nullable Instant rfc3339(@Nullable String text) {
		try {
			return (text != null) ? OffsetDateTime.parse(text).toInstant() : null;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	/** A moment that has passed is no hint. */
	private static @Nullable Duration until(@Nullable Instant moment, Instant now) {
		return (moment != null && moment.isAfter(now)) ? Duration.between(now, moment) : null;
	}

	private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return (one.compareTo(other) >= 0) ? one : other;
	}

}
