package io.nexus3.provider.sample.simulation;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import io.nexus3.provider.CompletionRequest;

/**
 * Something that goes wrong at providers of models every day, to be had with one click
 * from a simulated one. It spoils the first answer to a request; the next is as usual.
 *
 * @since 0.1.0
 */
public enum Scenario {

	/** The first attempt is refused, the second is answered. */
	RATE_LIMIT("Rate limit, then success", "429 with Retry-After: the library waits as told and asks again",
			"What is a rate limit?"),

	/** The stream says in its middle that the server has no capacity. */
	OVERLOADED("Overloaded in mid-stream",
			"An error inside a stream with status 200: too late for a retry, what came is kept",
			"Tell me about yourself"),

	/** The stream ends in its middle as if all were well. */
	TRUNCATED("Truncated stream", "The stream ends with no end marker: it never counts as a whole answer",
			"Tell me about yourself"),

	/** The first token lets itself be waited for. */
	SLOW_START("Slow first token", "Silence before the first token; Esc gives up waiting", "Take your time"),

	/** The model calls a tool with arguments that are no JSON. */
	BROKEN_ARGUMENTS("Broken tool arguments", "The JSON of a tool call is cut: it is not guessed, the model is told",
			"What is (17.5 + 4) * 12?");

	/** Carries a scenario's id and a mark of the request from the page to the script. */
	static final String HEADER = "X-Simulated-Scenario";

	private final String title;

	private final String description;

	private final String message;

	Scenario(String title, String description, String message) {
		this.title = title;
		this.description = description;
		this.message = message;
	}

	/**
	 * What requests call it.
	 * @return the id, such as {@code rate-limit}
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * What it is called.
	 * @return a few words
	 */
	public String title() {
		return this.title;
	}

	/**
	 * What happens, and what the library makes of it.
	 * @return a sentence
	 */
	public String description() {
		return this.description;
	}

	/**
	 * A question that shows it well.
	 * @return the question
	 */
	public String message() {
		return this.message;
	}

	/**
	 * Make it happen to the first call of a request.
	 * @param request the request, which must go to a simulated provider
	 * @return the request with a header that the simulation understands
	 */
	public CompletionRequest in(CompletionRequest request) {
		Map<String, String> headers = new HashMap<>(request.options().extraHeaders());
		headers.put(HEADER, id() + ";" + UUID.randomUUID());
		return request.withOptions(request.options().withExtraHeaders(headers));
	}

}
