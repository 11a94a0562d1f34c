package io.nexus3.provider.benchmarks.server;

import java.util.Locale;

/**
 * What an answer is made of.
 */
public enum Body {

	/** Chunks of about 230 bytes as OpenRouter, vLLM, Ollama and Groq send them. */
	OPENAI,

	/** The same with a padding string of changing length in every chunk. */
	OBFUSCATED,

	/** The same with a time that changes in every chunk. */
	CHANGING,

	/** Text deltas of Anthropic's format. */
	ANTHROPIC,

	/** One call of a tool, its arguments in fragments. */
	TOOLS,

	/** One JSON answer of about 1.5 KB. */
	JSON,

	/** One JSON answer of 1 MiB. */
	BIG_ANSWER,

	/** A stream with one event of 2 MiB. */
	BIG_EVENT;

	/**
	 * The name in a path.
	 * @return the name
	 */
	public String path() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The body with a name.
	 * @param path the name in a path
	 * @return the body
	 */
	public static Body of(String path) {
		return valueOf(path.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

	/**
	 * Whether it is a stream of events.
	 * @return whether it is
	 */
	public boolean stream() {
		return this != JSON && this != BIG_ANSWER;
	}

}
