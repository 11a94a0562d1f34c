package io.nexus3.provider.test.openai;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server takes of requests, and what it refuses.
 *
 * @param fields the fields of the body that it knows, all others being refused; empty if
 * it ignores what it does not know
 * @param strict whether messages are held against OpenAI's schema: no field but its own,
 * parts by role, ids of at most 40 characters; and parameters against the model
 * @param readsArguments whether it reads the arguments of earlier calls, which must then
 * be an object
 * @param keyed whether it answers nobody without a key
 * @param parts the types of content parts that it knows
 * @param page where the vendor says so
 * @since 0.1.0
 */
public record Requests(Set<String> fields, boolean strict, boolean readsArguments, boolean keyed, Set<String> parts,
		String page) {

	/** The fields of OpenAI's reference for POST /chat/completions. */
	private static final Set<String> OPENAI_FIELDS = Set.of("messages", "model", "audio", "frequency_penalty",
			"function_call", "functions", "logit_bias", "logprobs", "max_completion_tokens", "max_tokens", "metadata",
			"modalities", "n", "parallel_tool_calls", "prediction", "presence_penalty", "prompt_cache_key",
			"prompt_cache_retention", "reasoning_effort", "response_format", "safety_identifier", "seed",
			"service_tier", "stop", "store", "stream", "stream_options", "temperature", "tool_choice", "tools",
			"top_logprobs", "top_p", "user", "verbosity", "web_search_options");

	private static final Set<String> AZURE_FIELDS = Stream
		.concat(OPENAI_FIELDS.stream(), Stream.of("data_sources", "user_security_context"))
		.collect(Collectors.toUnmodifiableSet());

	private static final Set<String> OPENAI_PARTS = Set.of("text", "image_url", "input_audio", "file", "refusal");

	/** OpenAI. */
	public static final Requests OPENAI = new Requests(OPENAI_FIELDS, true, false, true, OPENAI_PARTS,
			"https://platform.openai.com/docs/api-reference/chat/create");

	/** Azure OpenAI. */
	public static final Requests AZURE = new Requests(AZURE_FIELDS, true, false, true, OPENAI_PARTS,
			"https://learn.microsoft.com/azure/ai-foundry/openai/reference");

	/** OpenRouter, which passes on what it does not know. */
	public static final Requests OPENROUTER = new Requests(Set.of(), false, false, true,
			Set.of("text", "image_url", "input_audio", "file", "refusal", "video_url"),
			"https://openrouter.ai/docs/api/reference/overview");

	/** Ollama, which knows few parts and reads arguments. */
	public static final Requests OLLAMA = new Requests(Set.of(), false, true, false,
			Set.of("text", "image_url", "input_audio"), "https://docs.ollama.com/api/openai-compatibility");

	/** vLLM, which reads arguments for its chat templates. */
	public static final Requests VLLM = new Requests(Set.of(), false, true, false,
			Set.of("text", "image_url", "input_audio", "refusal", "audio_url", "video_url", "thinking"),
			"https://docs.vllm.ai/en/latest/serving/openai_compatible_server/");

	/**
	 * Copies the sets.
	 */
	public Requests {
		fields = Set.copyOf(fields);
		parts = Set.copyOf(parts);
	}

}
