package io.nexus3.provider.test;

import java.util.regex.Pattern;

import io.nexus3.provider.test.openai.Habits;

/**
 * The servers that can be simulated.
 *
 * @since 0.1.0
 */
public enum Dialect {

	/**
	 * OpenAI's own server.
	 */
	OPENAI("/openai", "/v1", "/v1/chat/completions", Habits.OPENAI),

	/**
	 * OpenRouter.
	 */
	OPENROUTER("/openrouter", "/api/v1", "(?:/api)?/v1/chat/completions", Habits.OPENROUTER),

	/**
	 * Azure OpenAI: by deployment with an {@code api-version}, or the newer
	 * {@code /openai/v1} with the deployment as model.
	 */
	AZURE("/azure", "", "/openai/(?:v1|deployments/([^/]+))/chat/completions", Habits.AZURE),

	/**
	 * Ollama's compatible interface.
	 */
	OLLAMA("/ollama", "/v1", "/v1/chat/completions", Habits.OLLAMA),

	/**
	 * vLLM.
	 */
	VLLM("/vllm", "/v1", "/v1/chat/completions", Habits.VLLM);

	private final String mount;

	private final String basePath;

	private final Pattern chatPath;

	private final Habits habits;

	Dialect(String mount, String basePath, String chatPath, Habits habits) {
		this.mount = mount;
		this.basePath = basePath;
		this.chatPath = Pattern.compile(chatPath);
		this.habits = habits;
	}

	/**
	 * Returns what is peculiar to the server.
	 * @return its habits
	 */
	public Habits habits() {
		return this.habits;
	}

	/**
	 * Where the dialect is found on a server that speaks them all.
	 */
	String mount() {
		return this.mount;
	}

	/**
	 * What a client's base URL ends with.
	 */
	String basePath() {
		return this.basePath;
	}

	/**
	 * The path of chat completions; its first group, if it matched, is the model.
	 */
	Pattern chatPath() {
		return this.chatPath;
	}

}
