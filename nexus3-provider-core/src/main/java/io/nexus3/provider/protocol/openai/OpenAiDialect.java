package io.nexus3.provider.protocol.openai;

import java.util.List;
import java.util.Set;

import io.nexus3.provider.Reasoning;

/**
 * How the servers that speak OpenAI's chat-completions format differ in what they take:
 * data only. A further server is a constant, or a copy of one with something replaced.
 * <p>
 * What a server does not know is left out where it only tunes the answer, because strict
 * servers refuse unknown fields. Anything can be sent all the same through
 * {@link io.nexus3.provider.RequestOptions#extraBody() extra body fields}.
 *
 * @param name a name for messages, such as {@code openrouter}
 * @param body which fields of the body differ
 * @param reasoning how the portable reasoning setting is written
 * @param replay what of an earlier answer goes back besides text and tool calls
 * @param content how content parts are written
 * @since 0.1.0
 */
public record OpenAiDialect(String name, Body body, ReasoningForm reasoning, Replay replay, Content content) {

	/**
	 * OpenAI itself.
	 * @see <a href= "https://platform.openai.com/docs/api-reference/chat/create">OpenAI,
	 * create chat completion</a>
	 */
	public static final OpenAiDialect OPENAI = new OpenAiDialect("openai",
			new Body(true, "max_completion_tokens", Body.ALL, true), ReasoningForm.EFFORT_MINIMAL_TO_XHIGH,
			Replay.NOTHING, Content.PLAIN);

	/**
	 * OpenRouter.
	 * @see <a href="https://openrouter.ai/docs/api/reference/overview">OpenRouter, API
	 * reference</a>
	 */
	public static final OpenAiDialect OPENROUTER = new OpenAiDialect("openrouter",
			new Body(true, "max_tokens", Body.ALL),
			new ReasoningForm(ReasoningForm.Style.OBJECT, List.of(Reasoning.Level.values())),
			new Replay(List.of("reasoning"), false, true, Replay.SIGNATURES),
			new Content(true, false, Set.of("anthropic")));

	/**
	 * Azure OpenAI with the deployment in the URL, api-version 2024-09-01-preview or
	 * later.
	 * @see <a href=
	 * "https://learn.microsoft.com/azure/ai-services/openai/reference">Azure OpenAI, REST
	 * API reference</a>
	 */
	public static final OpenAiDialect AZURE = new OpenAiDialect("azure",
			new Body(false, "max_completion_tokens", Body.ALL, true), ReasoningForm.EFFORT_MINIMAL_TO_XHIGH,
			Replay.NOTHING, Content.PLAIN);

	/**
	 * Azure OpenAI with the deployment in the URL, api-versions before
	 * 2024-09-01-preview, which refuse {@code stream_options},
	 * {@code max_completion_tokens} and {@code reasoning_effort}.
	 * @see <a href=
	 * "https://learn.microsoft.com/azure/ai-services/openai/reference">Azure OpenAI, REST
	 * API reference</a>
	 */
	public static final OpenAiDialect AZURE_LEGACY = new OpenAiDialect("azure-legacy",
			new Body(false, "max_tokens", Set.of(OptionalField.TOOL_CHOICE, OptionalField.SEED)), ReasoningForm.NONE,
			Replay.NOTHING, Content.PLAIN);

	/**
	 * Azure OpenAI's v1 API: the model field names the deployment. It serves models of
	 * other makers too, whose reasoning goes back.
	 * @see <a href= "https://learn.microsoft.com/azure/ai-foundry/openai/latest">Azure
	 * OpenAI, v1 REST API reference</a>
	 */
	public static final OpenAiDialect AZURE_V1 = new OpenAiDialect("azure-v1",
			new Body(true, "max_completion_tokens", Body.ALL, true), ReasoningForm.EFFORT_MINIMAL_TO_XHIGH,
			new Replay(List.of("reasoning_content"), true, false, Replay.SIGNATURES), Content.PLAIN);

	/**
	 * Ollama.
	 * @see <a href="https://docs.ollama.com/api/openai-compatibility">Ollama, OpenAI
	 * compatibility</a>
	 */
	public static final OpenAiDialect OLLAMA = new OpenAiDialect("ollama",
			new Body(true, "max_tokens",
					Set.of(OptionalField.STREAM_USAGE, OptionalField.TOOL_CHOICE, OptionalField.SEED)),
			ReasoningForm.EFFORT_LOW_TO_HIGH, new Replay(List.of("reasoning"), false, false, Replay.SIGNATURES),
			Content.PLAIN);

	/**
	 * vLLM. It renamed {@code reasoning_content} to {@code reasoning} and drops the name
	 * that it does not know in silence, so that both are sent.
	 * @see <a href="https://docs.vllm.ai/en/latest/features/reasoning_outputs/">vLLM,
	 * reasoning outputs</a>
	 */
	public static final OpenAiDialect VLLM = new OpenAiDialect("vllm", new Body(true, "max_tokens", Body.ALL),
			ReasoningForm.EFFORT_LOW_TO_HIGH,
			new Replay(List.of("reasoning", "reasoning_content"), false, false, Replay.SIGNATURES),
			new Content(false, true, Set.of()));

	/**
	 * Groq. It refuses messages with fields that it or the model does not know, reasoning
	 * of earlier turns included, so that none goes back.
	 * @see <a href="https://console.groq.com/docs/openai">Groq, OpenAI compatibility</a>
	 * @see <a href="https://console.groq.com/docs/reasoning">Groq, reasoning</a>
	 * @see <a href="https://github.com/vercel/ai/pull/8057">Vercel AI 8057, what Groq
	 * refuses</a>
	 */
	public static final OpenAiDialect GROQ = new OpenAiDialect("groq",
			new Body(true, "max_completion_tokens", Body.ALL), ReasoningForm.EFFORT_LOW_TO_HIGH, Replay.NOTHING,
			Content.PLAIN);

	/**
	 * DeepSeek. Beside tools it refuses a conversation without the reasoning of earlier
	 * turns, and ignores it elsewhere; it maps efforts itself and turns reasoning off by
	 * a field of its own.
	 * @see <a href="https://api-docs.deepseek.com/guides/thinking_mode">DeepSeek,
	 * thinking mode</a>
	 */
	public static final OpenAiDialect DEEPSEEK = new OpenAiDialect("deepseek",
			new Body(true, "max_tokens", Set.of(OptionalField.STREAM_USAGE, OptionalField.TOOL_CHOICE)),
			new ReasoningForm(ReasoningForm.Style.EFFORT_OR_THINKING, List.of(Reasoning.Level.values())),
			new Replay(List.of("reasoning_content"), false, false, Set.of()), Content.PLAIN);

	/**
	 * Any other server of the format. Reasoning goes back with tool calls only: DeepSeek
	 * refuses the conversation without it there and ignores it elsewhere, while other
	 * servers refuse the field. Gateways to models that sign their reasoning send
	 * details, as OpenRouter does, and get them back.
	 * @see <a href="https://api-docs.deepseek.com/guides/thinking_mode">DeepSeek,
	 * thinking mode</a>
	 */
	public static final OpenAiDialect COMPATIBLE = new OpenAiDialect("openai-compatible",
			new Body(true, "max_tokens", Body.ALL), ReasoningForm.EFFORT_LOW_TO_HIGH,
			new Replay(List.of("reasoning_content"), true, true, Replay.SIGNATURES), Content.PLAIN);

	/**
	 * This dialect under another name.
	 * @param name the name
	 * @return a new dialect
	 */
	public OpenAiDialect withName(String name) {
		return new OpenAiDialect(name, this.body, this.reasoning, this.replay, this.content);
	}

	/**
	 * This dialect with other body fields.
	 * @param body which fields of the body differ
	 * @return a new dialect
	 */
	public OpenAiDialect withBody(Body body) {
		return new OpenAiDialect(this.name, body, this.reasoning, this.replay, this.content);
	}

	/**
	 * This dialect with another form of the reasoning setting.
	 * @param reasoning how the portable reasoning setting is written
	 * @return a new dialect
	 */
	public OpenAiDialect withReasoning(ReasoningForm reasoning) {
		return new OpenAiDialect(this.name, this.body, reasoning, this.replay, this.content);
	}

	/**
	 * This dialect with another replay.
	 * @param replay what of an earlier answer goes back
	 * @return a new dialect
	 */
	public OpenAiDialect withReplay(Replay replay) {
		return new OpenAiDialect(this.name, this.body, this.reasoning, replay, this.content);
	}

	/**
	 * This dialect with other content parts.
	 * @param content how content parts are written
	 * @return a new dialect
	 */
	public OpenAiDialect withContent(Content content) {
		return new OpenAiDialect(this.name, this.body, this.reasoning, this.replay, content);
	}

	/**
	 * A field that not every server of the format knows.
	 */
	public enum OptionalField {

		/** {@code stream_options.include_usage}, sent with every stream. */
		STREAM_USAGE,

		/** {@code tool_choice}. */
		TOOL_CHOICE,

		/** {@code parallel_tool_calls}. */
		PARALLEL_TOOL_CALLS,

		/** {@code strict} of a tool or a JSON schema. */
		STRICT,

		/** {@code seed}. */
		SEED

	}

	/**
	 * Which fields of the body differ.
	 *
	 * @param model whether the body names the model; otherwise the URL does
	 * @param maxTokensField the field for the longest answer, such as {@code max_tokens}
	 * @param optionalFields the optional fields that the server knows
	 * @param generations whether the server serves OpenAI's own models and leaves it to
	 * callers what each generation of them takes: roles, sampling, efforts
	 */
	public record Body(boolean model, String maxTokensField, Set<OptionalField> optionalFields, boolean generations) {

		/** All optional fields. */
		public static final Set<OptionalField> ALL = Set.of(OptionalField.values());

		/**
		 * Copy.
		 */
		public Body {
			optionalFields = Set.copyOf(optionalFields);
		}

		/**
		 * The body of a server that serves other models than OpenAI's, or knows itself
		 * what they take.
		 * @param model whether the body names the model; otherwise the URL does
		 * @param maxTokensField the field for the longest answer
		 * @param optionalFields the optional fields that the server knows
		 */
		public Body(boolean model, String maxTokensField, Set<OptionalField> optionalFields) {
			this(model, maxTokensField, optionalFields, false);
		}

		boolean knows(OptionalField field) {
			return this.optionalFields.contains(field);
		}

	}

	/**
	 * What of an earlier answer goes back besides text, refusal and tool calls. It goes
	 * to the provider that it came from, and to nobody else.
	 *
	 * @param textFields the fields of the message that take reasoning as plain text, all
	 * of them written; none where the server wants none
	 * @param textWithToolCallsOnly whether plain reasoning goes back only in messages
	 * that call tools
	 * @param details whether {@code reasoning_details} go back unchanged; reasoning that
	 * they hold is not written as plain text too
	 * @param opaqueTypes the types of opaque parts that go back, each as the field of
	 * that name
	 */
	public record Replay(List<String> textFields, boolean textWithToolCallsOnly, boolean details,
			Set<String> opaqueTypes) {

		/** Nothing goes back. */
		public static final Replay NOTHING = new Replay(List.of(), false, false, Set.of());

		/** Where Gemini models keep their signatures in this format. */
		public static final Set<String> SIGNATURES = Set.of("extra_content", "thought_signature");

		/**
		 * Copy.
		 */
		public Replay {
			textFields = List.copyOf(textFields);
			opaqueTypes = Set.copyOf(opaqueTypes);
		}

	}

	/**
	 * How content parts are written.
	 *
	 * @param documentUrls whether documents may be given by URL
	 * @param audioUrls whether sounds may be given by URL, as {@code audio_url}
	 * @param cacheMarkedModels models whose prompts are marked for the vendor's cache:
	 * those whose id contains one of these texts, in lower case
	 */
	public record Content(boolean documentUrls, boolean audioUrls, Set<String> cacheMarkedModels) {

		/** Media sent along, no cache marks. */
		public static final Content PLAIN = new Content(false, false, Set.of());

		/**
		 * Copy.
		 */
		public Content {
			cacheMarkedModels = Set.copyOf(cacheMarkedModels);
		}

	}

}
