package io.nexus3.provider.test.openai;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.format.ChatService;
import io.nexus3.provider.test.format.FormatRequest;
import io.nexus3.provider.test.format.Vendor;
import io.nexus3.provider.test.format.Violation;
import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.model.Prompt;
import org.jspecify.annotations.Nullable;

/**
 * What one server does differently from another although both speak chat completions.
 *
 * @param names ids and headers
 * @param deltas the shape of its stream chunks
 * @param usage how it reports usage
 * @param errors how it reports errors
 * @param keyHeader the header for the API key: {@code Authorization} (with
 * {@code Bearer}) or another that holds the bare key
 * @param requests what it takes and what it refuses
 * @since 0.1.0
 */
public record Habits(Names names, Deltas deltas, UsageReport usage, ErrorStyle errors, String keyHeader,
		Requests requests) implements Vendor {

	/**
	 * OpenAI: a role chunk, padding against traffic analysis, reasoning that is counted
	 * but not shown, unknown fields refused.
	 */
	public static final Habits OPENAI = new Habits(
			new Names("chatcmpl-", "call_", "fp_simulated", null, "text/event-stream; charset=utf-8",
					new RequestId("x-request-id", "req_")),
			new Deltas(RoleHabit.FIRST_CHUNK, false, null, Set.of(Extra.OBFUSCATION)),
			new UsageReport(false, true, true, false), ErrorStyle.OPENAI, "Authorization", Requests.OPENAI);

	/**
	 * OpenRouter: comments while it waits for the model, the role in every chunk,
	 * reasoning twice (as text and as details), usage with its cost without being asked.
	 */
	public static final Habits OPENROUTER = new Habits(
			new Names("gen-", "call_", null, "Simulated", "text/event-stream",
					new RequestId("x-generation-id", "gen-")),
			new Deltas(RoleHabit.EVERY_CHUNK, false, "reasoning",
					Set.of(Extra.REASONING_DETAILS, Extra.NATIVE_FINISH_REASON, Extra.COMMENTS)),
			new UsageReport(true, true, false, true), ErrorStyle.OPENROUTER, "Authorization", Requests.OPENROUTER);

	/**
	 * Azure OpenAI: as OpenAI, with the results of its content filter in a first chunk
	 * without choices.
	 */
	public static final Habits AZURE = new Habits(
			new Names("chatcmpl-", "call_", "fp_simulated", null, "text/event-stream; charset=utf-8",
					new RequestId("apim-request-id", "apim-")),
			new Deltas(RoleHabit.FIRST_CHUNK, false, null,
					Set.of(Extra.OBFUSCATION, Extra.CONTENT_FILTER, Extra.LOGPROBS)),
			new UsageReport(false, true, true, false), ErrorStyle.AZURE, "api-key", Requests.AZURE);

	/**
	 * Ollama: the role in every chunk, a tool call in one piece.
	 */
	public static final Habits OLLAMA = new Habits(
			new Names("chatcmpl-", "call_", "fp_ollama", null, "text/event-stream", null),
			new Deltas(RoleHabit.EVERY_CHUNK, true, "reasoning", Set.of()), new UsageReport(false, false, false, false),
			ErrorStyle.OLLAMA, "Authorization", Requests.OLLAMA);

	/**
	 * vLLM: a role chunk, {@code reasoning} deltas as newer versions send them.
	 */
	public static final Habits VLLM = new Habits(
			new Names("chatcmpl-", "chatcmpl-tool-", null, null, "text/event-stream; charset=utf-8", null),
			new Deltas(RoleHabit.FIRST_CHUNK, false, "reasoning", Set.of(Extra.LOGPROBS, Extra.STOP_REASON)),
			new UsageReport(false, false, false, false), ErrorStyle.VLLM, "Authorization", Requests.VLLM);

	@Override
	public String page() {
		return this.requests.page();
	}

	@Override
	public ApiError unauthorized(@Nullable String key) {
		return this.errors.unauthorized(key);
	}

	@Override
	public ApiError unknownModel(String model) {
		return this.errors.unknownModel(model);
	}

	@Override
	public List<Violation> check(FormatRequest request) {
		List<Violation> violations = new ArrayList<>();
		if (this.requests.keyed() && request.key(this.keyHeader.toLowerCase(Locale.ROOT)) == null) {
			violations.add(new Violation(unauthorized(null), page()));
		}
		violations.addAll(RequestRules.check(this, request));
		return violations;
	}

	@Override
	public Prompt prompt(FormatRequest request) {
		return PromptReader.read(request.body(), request.model());
	}

	@Override
	public ChatService serve(Function<Prompt, Answer> model, Pace pace, Clock clock) {
		return new ChatCompletions(this, model, pace, clock);
	}

	/**
	 * Ids and headers.
	 *
	 * @param id what the id of an answer starts with
	 * @param call what the id of a tool call starts with
	 * @param fingerprint the {@code system_fingerprint}, or {@code null} for none
	 * @param upstream the {@code provider} that is named as answering, or {@code null}
	 * @param streamType the content type of a stream
	 * @param requestId how the request is identified, or {@code null} if it is not
	 */
	public record Names(String id, String call, @Nullable String fingerprint, @Nullable String upstream,
			String streamType, @Nullable RequestId requestId) {
	}

	/**
	 * How a server identifies a request in its answer, errors included.
	 *
	 * @param header the response header
	 * @param prefix what its value starts with
	 */
	public record RequestId(String header, String prefix) {
	}

	/**
	 * The shape of stream chunks.
	 *
	 * @param role where the role is told
	 * @param callsInOnePiece whether a tool call comes whole in one chunk
	 * @param reasoningField the field with the text of the reasoning, or {@code null} if
	 * it is not shown
	 * @param extras what else comes with a chunk
	 */
	public record Deltas(RoleHabit role, boolean callsInOnePiece, @Nullable String reasoningField, Set<Extra> extras) {
	}

	/**
	 * Where a stream tells the role.
	 */
	public enum RoleHabit {

		/**
		 * In a first chunk of its own, with empty content.
		 */
		FIRST_CHUNK,

		/**
		 * In every chunk, beside its content.
		 */
		EVERY_CHUNK

	}

	/**
	 * How usage is reported.
	 *
	 * @param always whether without {@code stream_options.include_usage}, and then beside
	 * a choice; otherwise only on request, in a last chunk without choices
	 * @param details whether tokens are broken down
	 * @param nullBefore whether the chunks before carry {@code usage} as null
	 * @param cost whether the cost is told
	 */
	public record UsageReport(boolean always, boolean details, boolean nullBefore, boolean cost) {
	}

	/**
	 * Things that come with a chunk, beyond what every server sends.
	 */
	public enum Extra {

		/**
		 * Comments before the first chunk, while the server waits for the model.
		 */
		COMMENTS,

		/**
		 * Results of a content filter, at first in a chunk of their own.
		 */
		CONTENT_FILTER,

		/**
		 * {@code logprobs}, null, in every choice.
		 */
		LOGPROBS,

		/**
		 * The finish reason in the words of the model behind the server.
		 */
		NATIVE_FINISH_REASON,

		/**
		 * Padding by which all chunks have about the same size.
		 */
		OBFUSCATION,

		/**
		 * Reasoning a second time, in pieces with a signature that must be sent back.
		 */
		REASONING_DETAILS,

		/**
		 * {@code stop_reason}, null, in the last choice.
		 */
		STOP_REASON

	}

}
