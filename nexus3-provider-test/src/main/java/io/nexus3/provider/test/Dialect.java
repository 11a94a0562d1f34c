package io.nexus3.provider.test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nexus3.provider.test.anthropic.Anthropic;
import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.format.Vendor;
import io.nexus3.provider.test.openai.Habits;
import org.jspecify.annotations.Nullable;

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
	VLLM("/vllm", "/v1", "/v1/chat/completions", Habits.VLLM),

	/**
	 * Anthropic's own messages format. As the vendor does, it answers nobody without a
	 * key, which may be any unless one is set, and without an {@code anthropic-version}.
	 */
	ANTHROPIC("/anthropic", "", "/v1/messages", Anthropic.VENDOR);

	private final String mount;

	private final String basePath;

	private final Pattern chatPath;

	private final Vendor vendor;

	Dialect(String mount, String basePath, String chatPath, Vendor vendor) {
		this.mount = mount;
		this.basePath = basePath;
		this.chatPath = Pattern.compile(chatPath);
		this.vendor = vendor;
	}

	/**
	 * What is peculiar to the server.
	 */
	Vendor vendor() {
		return this.vendor;
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
	 * The refusal of an address at which there is nothing, or {@code null} if there is.
	 */
	@Nullable ApiError addressError(String path, @Nullable String query) {
		if (!this.chatPath.matcher(path).matches()) {
			return ApiError.of(404, "There is nothing at " + path);
		}
		boolean versioned = query != null && query.contains("api-version=");
		return (modelInPath(path) == null || versioned) ? null : ApiError.of(404, "Resource not found");
	}

	/**
	 * The model that an address names, or {@code null} if it names none.
	 */
	@Nullable String modelInPath(String path) {
		Matcher address = this.chatPath.matcher(path);
		return (address.matches() && address.groupCount() > 0) ? address.group(1) : null;
	}

}
