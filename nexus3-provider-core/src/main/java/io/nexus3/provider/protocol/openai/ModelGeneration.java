package io.nexus3.provider.protocol.openai;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nexus3.provider.Reasoning.Level;

/**
 * What a generation of OpenAI's own models takes in this format, as data. A model belongs
 * to the first generation that names it; a GPT of a version that nobody names is taken
 * for one of the newest, a numbered "o" model for one like o3. Any other model is none of
 * OpenAI's: its server knows better.
 * <p>
 * What is refused besides (penalties, log probabilities, logit bias) has no portable
 * setting: it comes from extra body fields, which are always sent as they are.
 *
 * @param completionTokens whether {@code max_tokens} is refused and
 * {@code max_completion_tokens} needed
 * @param systemRole the role of system messages
 * @param sampling when temperature and top-p are taken; any other temperature than 1 is
 * an error else
 * @param stop when stop sequences are taken
 * @param parallel whether {@code parallel_tool_calls} is taken
 * @param efforts what it takes of {@code reasoning_effort}
 * @param names the starts of its models' names
 * @see <a href="https://developers.openai.com/api/docs/guides/reasoning">OpenAI,
 * reasoning</a>
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">OpenAI,
 * create chat completion: reasoning_effort, stop, max_tokens</a>
 * @see <a href="https://learn.microsoft.com/azure/ai-foundry/openai/how-to/reasoning">
 * Azure OpenAI reasoning models, API and feature support</a>
 * @see <a href="https://github.com/BerriAI/litellm/pull/34569">LiteLLM 34569, tools and
 * effort of gpt-5.6, measured</a>
 * @see <a href="https://github.com/BerriAI/litellm-docs/pull/1064">LiteLLM docs 1064,
 * default efforts of gpt-5.1, 5.2 and 5.5, measured</a>
 */
record ModelGeneration(boolean completionTokens, String systemRole, Taken sampling, Taken stop, boolean parallel,
		Efforts efforts, List<String> names) {

	private static final List<Level> LOW_TO_HIGH = List.of(Level.LOW, Level.MEDIUM, Level.HIGH);

	private static final List<Level> LOW_TO_XHIGH = List.of(Level.LOW, Level.MEDIUM, Level.HIGH, Level.XHIGH);

	private static final List<Level> LOW_TO_MAX = List.of(Level.LOW, Level.MEDIUM, Level.HIGH, Level.XHIGH, Level.MAX);

	/** Not one of OpenAI's: the dialect decides. */
	static final ModelGeneration OTHER = new ModelGeneration(false, "system", Taken.ALWAYS, Taken.ALWAYS, true,
			Efforts.UNKNOWN, List.of());

	/** With tools it must be told not to reason, in this format. */
	private static final ModelGeneration NEWEST = new ModelGeneration(true, "developer", Taken.WITHOUT_REASONING,
			Taken.WITHOUT_REASONING, true, new Efforts(LOW_TO_MAX, true, true, WithTools.NONE), List.of("gpt-5.6"));

	private static final ModelGeneration O3 = new ModelGeneration(true, "developer", Taken.NEVER, Taken.NEVER, false,
			new Efforts(LOW_TO_HIGH, false, true, WithTools.EFFORT), List.of("o3", "o4-mini"));

	private static final List<ModelGeneration> ALL = List.of(
			new ModelGeneration(true, "user", Taken.NEVER, Taken.ALWAYS, false, Efforts.NO_FIELD,
					List.of("o1-mini", "o1-preview")),
			new ModelGeneration(true, "developer", Taken.NEVER, Taken.ALWAYS, false,
					new Efforts(LOW_TO_HIGH, false, true, WithTools.EFFORT), List.of("o1", "o3-mini")),
			O3,
			new ModelGeneration(false, "system", Taken.NEVER, Taken.ALWAYS, true, Efforts.NO_FIELD,
					List.of("gpt-5-search", "gpt-4o-search", "gpt-4o-mini-search")),
			new ModelGeneration(false, "system", Taken.ALWAYS, Taken.ALWAYS, true, Efforts.NO_FIELD,
					List.of("gpt-5-chat", "gpt-4.1", "gpt-4.5", "gpt-4o", "gpt-4", "gpt-3.5", "gpt-35", "chatgpt")),
			new ModelGeneration(true, "developer", Taken.NEVER, Taken.NEVER, true,
					new Efforts(List.of(Level.MEDIUM), false, true, WithTools.EFFORT),
					List.of("gpt-5.1-chat", "gpt-5.2-chat", "gpt-5.3-chat")),
			new ModelGeneration(true, "developer", Taken.NEVER, Taken.NEVER, true,
					new Efforts(List.of(Level.MINIMAL, Level.LOW, Level.MEDIUM, Level.HIGH), false, true,
							WithTools.EFFORT),
					List.of("gpt-5")),
			new ModelGeneration(true, "developer", Taken.WITHOUT_REASONING, Taken.WITHOUT_REASONING, true,
					new Efforts(LOW_TO_HIGH, true, false, WithTools.EFFORT), List.of("gpt-5.1")),
			new ModelGeneration(true, "developer", Taken.WITHOUT_REASONING, Taken.WITHOUT_REASONING, true,
					new Efforts(LOW_TO_XHIGH, true, false, WithTools.EFFORT), List.of("gpt-5.2", "gpt-5.3")),
			new ModelGeneration(true, "developer", Taken.WITHOUT_REASONING, Taken.WITHOUT_REASONING, true,
					new Efforts(LOW_TO_XHIGH, true, false, WithTools.UNSAID), List.of("gpt-5.4")),
			new ModelGeneration(true, "developer", Taken.WITHOUT_REASONING, Taken.WITHOUT_REASONING, true,
					new Efforts(LOW_TO_XHIGH, true, true, WithTools.NONE), List.of("gpt-5.5")),
			NEWEST);

	/**
	 * Where the name of a model begins: a vendor, the mark of a fine-tuned model or a
	 * deployment's own words may come before. "o1" in the middle of a name is another's
	 * ("marco-o1").
	 */
	private static final Pattern NAME = Pattern
		.compile("(?<![a-z0-9])(?:chat)?gpt-[1-9].*|(?:^|(?<=[/:]))o[1-9](?![a-z0-9]).*");

	/**
	 * The generation of a model.
	 * @param modelId the model, or a deployment whose name tells it
	 */
	static ModelGeneration of(String modelId) {
		Matcher matcher = NAME.matcher(modelId.toLowerCase(Locale.ROOT));
		if (!matcher.find()) {
			return OTHER;
		}
		String name = matcher.group();
		return ALL.stream()
			.filter((generation) -> generation.names().stream().anyMatch((known) -> names(known, name)))
			.findFirst()
			.orElse(name.startsWith("o") ? O3 : NEWEST);
	}

	/** The name, or the name and something after it that is no part of its version. */
	private static boolean names(String known, String name) {
		if (!name.startsWith(known)) {
			return false;
		}
		char next = (name.length() > known.length()) ? name.charAt(known.length()) : '-';
		return next != '.' && !Character.isLetterOrDigit(next);
	}

	/**
	 * When a setting is taken.
	 */
	enum Taken {

		/** Always. */
		ALWAYS,

		/** While the model does not reason. */
		WITHOUT_REASONING,

		/** Never. */
		NEVER;

		boolean where(boolean reasons) {
			return this == ALWAYS || (this == WITHOUT_REASONING && !reasons);
		}

	}

	/**
	 * What is taken of an effort while there are tools: newer models reason with tools in
	 * the Responses API only.
	 */
	enum WithTools {

		/** Any effort. */
		EFFORT,

		/** Nothing may be said. */
		UNSAID,

		/** None, and that must be said. */
		NONE

	}

	/**
	 * What a model takes of {@code reasoning_effort}.
	 *
	 * @param levels the levels that it knows, least first; none where it does not know
	 * the field
	 * @param none whether it can be told not to reason
	 * @param byDefault whether it reasons where nothing is said
	 * @param withTools what it takes while there are tools
	 */
	record Efforts(List<Level> levels, boolean none, boolean byDefault, WithTools withTools) {

		/** It does not know the field. */
		static final Efforts NO_FIELD = new Efforts(List.of(), false, false, WithTools.EFFORT);

		/** The dialect decides. */
		static final Efforts UNKNOWN = new Efforts(List.of(), true, false, WithTools.EFFORT);

	}

}
