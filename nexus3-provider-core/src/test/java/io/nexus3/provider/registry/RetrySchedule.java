package io.nexus3.provider.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code retry/schedules.psv}, for one status and one wire format.
 *
 * @param name what the row is about
 * @param format the provider type whose format is spoken
 * @param settings what differs from the defaults
 * @param chance the end of the jitter, 0 or 1
 * @param answers what the server says, the last for ever
 * @param ok whether the call succeeds
 * @param delays how long is waited before each retry
 * @param retryAfter what the error says, or {@code null}
 */
record RetrySchedule(String name, String format, Map<String, Double> settings, double chance, List<String> answers,
		boolean ok, List<Duration> delays, @Nullable Duration retryAfter) {

	private static final String OPENAI_OK = """
			data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"ok"},"finish_reason":"stop"}]}

			data: [DONE]

			""";

	private static final String ANTHROPIC_OK = """
			{"id":"c","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"ok"}],\
			"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""";

	static Stream<RetrySchedule> all() {
		return lines().filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.map((line) -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
			.flatMap((row) -> Stream.of("openai", "anthropic")
				.flatMap((format) -> statuses(row.get(3)).map((answers) -> of(row, format, answers))));
	}

	private static Stream<String> lines() {
		try (InputStream file = RetrySchedule.class.getResourceAsStream("/retry/schedules.psv")) {
			return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The answers for each of the statuses a/b/c that they begin with. */
	private static Stream<String> statuses(String answers) {
		String first = answers.split("[; ]", 2)[0];
		return Arrays.stream(first.split("/")).map((status) -> status + answers.substring(first.length()));
	}

	private static RetrySchedule of(List<String> row, String format, String answers) {
		Map<String, Double> settings = new HashMap<>();
		for (String setting : row.get(1).isEmpty() ? new String[0] : row.get(1).split(" ")) {
			settings.put(setting.split("=")[0], Double.valueOf(setting.split("=")[1]));
		}
		List<Duration> delays = row.get(5).equals("-") ? List.of()
				: Arrays.stream(row.get(5).split(", ")).map(RetrySchedule::millis).toList();
		return new RetrySchedule(row.get(0), format, settings, Double.parseDouble(row.get(2)),
				List.of(answers.split("\\s*-> ?")), row.get(4).equals("ok"), delays,
				row.get(6).equals("-") ? null : millis(row.get(6)));
	}

	private static Duration millis(String text) {
		return Duration.ofNanos((long) (Double.parseDouble(text) * 1e6));
	}

	RetrySettings retry() {
		RetrySettings defaults = RetrySettings.defaults();
		return new RetrySettings(this.settings.getOrDefault("retries", 3.0).intValue(),
				this.settings.getOrDefault("backoff", defaults.backoff()), duration("max-delay", defaults.maxDelay()),
				duration("max-retry-after", defaults.maxRetryAfter()), defaults.budget(), true);
	}

	Timeouts timeouts() {
		return this.settings.containsKey("total")
				? Timeouts.defaults().withTotal(duration("total", Duration.ofSeconds(1))) : Timeouts.defaults();
	}

	private Duration duration(String name, Duration otherwise) {
		return this.settings.containsKey(name) ? Duration.ofMillis(this.settings.get(name).longValue()) : otherwise;
	}

	/** The status that the call fails with, or null when its last answer has none. */
	@Nullable Integer lastStatus() {
		String status = this.answers.get(this.answers.size() - 1).split(";")[0].strip();
		return status.matches("\\d{3}") ? Integer.valueOf(status) : null;
	}

	ScriptedResponse answer(int number) {
		String[] parts = this.answers.get(Math.min(number, this.answers.size() - 1)).split(";");
		String what = parts[0].strip();
		if (what.equals("close")) {
			return ScriptedResponse.noAnswer(Ending.CLOSE);
		}
		List<String> headers = new ArrayList<>(Arrays.asList(parts).subList(1, parts.length));
		String code = headers.stream()
			.map(String::strip)
			.filter((header) -> header.startsWith("code: "))
			.map((header) -> header.substring(6))
			.findFirst()
			.orElse("");
		ScriptedResponse response = response(what, code);
		for (String header : headers) {
			int colon = header.indexOf(':');
			String name = header.substring(0, colon).strip();
			response = name.equals("code") ? response
					: response.withAddedHeader(name, header.substring(colon + 1).strip());
		}
		return response;
	}

	private ScriptedResponse response(String what, String code) {
		boolean anthropic = this.format.equals("anthropic");
		if (what.equals("ok")) {
			return anthropic ? ScriptedResponse.json(200, ANTHROPIC_OK) : ScriptedResponse.sse(OPENAI_OK);
		}
		if (what.startsWith("in-band ")) {
			int status = Integer.parseInt(what.substring(8));
			return ScriptedResponse.json(200,
					anthropic
							? "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"in-band\"}}"
								.formatted((status == 400) ? "invalid_request_error" : "overloaded_error")
							: "{\"error\":{\"code\":" + status + ",\"message\":\"in-band\"}}");
		}
		int status = Integer.parseInt(what);
		return (status == 304) ? ScriptedResponse.status(status) : ScriptedResponse.json(status,
				"{\"error\":{\"message\":\"scripted\",\"code\":\"" + code + "\",\"type\":\"" + code + "\"}}");
	}

	@Override
	public String toString() {
		return this.name + ", " + this.format + ": " + String.join(" -> ", this.answers);
	}

}
