package io.nexus3.provider.sample.web;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * One server-sent event of an answer. A stream ends with exactly one {@link Complete} or
 * {@link Failed}. A tool call is named by its round and its place in that round.
 *
 * @since 0.1.0
 */
public sealed interface ChatEvent permits ChatEvent.Content, ChatEvent.Reasoning, ChatEvent.Refusal, ChatEvent.ToolCall,
		ChatEvent.ToolArguments, ChatEvent.ToolResult, ChatEvent.Complete, ChatEvent.Failed, CallEvent {

	/**
	 * What the event is called on the wire.
	 * @return the value of the field {@code event}
	 */
	String eventName();

	/**
	 * A piece of the answer's text.
	 *
	 * @param text the text to append
	 */
	record Content(String text) implements ChatEvent {

		@Override
		public String eventName() {
			return "content";
		}

	}

	/**
	 * A piece of the model's reasoning.
	 *
	 * @param text the text to append
	 */
	record Reasoning(String text) implements ChatEvent {

		@Override
		public String eventName() {
			return "reasoning";
		}

	}

	/**
	 * A piece of a refusal.
	 *
	 * @param text the text to append
	 */
	record Refusal(String text) implements ChatEvent {

		@Override
		public String eventName() {
			return "refusal";
		}

	}

	/**
	 * The model begins to call a tool.
	 *
	 * @param round the number of the round, from 1
	 * @param index the place of the call in its round, from 0
	 * @param id the id of the call
	 * @param name the tool
	 */
	record ToolCall(int round, int index, String id, String name) implements ChatEvent {

		@Override
		public String eventName() {
			return "tool-call";
		}

	}

	/**
	 * A piece of a tool call's arguments.
	 *
	 * @param round the number of the round, from 1
	 * @param index the place of the call in its round, from 0
	 * @param text the JSON text to append
	 */
	record ToolArguments(int round, int index, String text) implements ChatEvent {

		@Override
		public String eventName() {
			return "tool-arguments";
		}

	}

	/**
	 * A tool has answered.
	 *
	 * @param round the number of the round, from 1
	 * @param index the place of the call in its round, from 0
	 * @param id the id of the call
	 * @param name the tool
	 * @param arguments the arguments by name, or as the model wrote them where they are
	 * invalid
	 * @param result what the model is told
	 * @param error whether the tool failed
	 */
	record ToolResult(int round, int index, String id, String name, Object arguments, String result,
			boolean error) implements ChatEvent {

		@Override
		public String eventName() {
			return "tool-result";
		}

	}

	/**
	 * The answer is complete.
	 *
	 * @param finishReason why the model stopped
	 * @param model the model that answered, as its vendor names it, or {@code null}
	 * @param provider the configured name of the provider, or {@code null}
	 * @param upstreamProvider who ran the model behind a router, or {@code null}
	 * @param usage what all rounds consumed, or {@code null} when the vendor did not say
	 * @param firstEventMs from the request to the model's first event
	 * @param totalMs from the request to the end, tools included
	 * @param generationMs from the first event to the end, summed over the rounds:
	 * without waiting and without tools
	 * @param summary what the stream was like
	 */
	record Complete(String finishReason, @Nullable String model, @Nullable String provider,
			@Nullable String upstreamProvider, @Nullable Usage usage, long firstEventMs, long totalMs,
			long generationMs, Summary summary) implements ChatEvent {

		@Override
		public String eventName() {
			return "complete";
		}

	}

	/**
	 * The answer failed. What was sent before stays valid but is not whole.
	 *
	 * @param kind what went wrong, such as {@code rate-limit}
	 * @param message what happened, in words
	 * @param provider the configured name of the provider, or {@code null}
	 * @param status the provider's HTTP status, or {@code null}
	 * @param retryable whether another try may help
	 * @param retryAfterMs how long to wait before it, or {@code null}
	 * @param partial whether a part of the answer was sent before
	 */
	record Failed(String kind, String message, @Nullable String provider, @Nullable Integer status, boolean retryable,
			@Nullable Long retryAfterMs, boolean partial) implements ChatEvent {

		@Override
		public String eventName() {
			return "error";
		}

	}

	/**
	 * What all rounds consumed. A number that is unknown for one round is {@code null}.
	 *
	 * @param inputTokens tokens of the prompts
	 * @param outputTokens tokens of the answers, reasoning included
	 * @param reasoningTokens tokens of reasoning
	 * @param cacheReadTokens tokens of the prompts that came from the vendor's cache
	 * @param cost what the vendor says it cost
	 */
	record Usage(@Nullable Long inputTokens, @Nullable Long outputTokens, @Nullable Long reasoningTokens,
			@Nullable Long cacheReadTokens, @Nullable BigDecimal cost) {

	}

	/**
	 * What the streams were like.
	 *
	 * @param rounds how often the model was asked
	 * @param events how many events its server sent
	 * @param characters how many characters of text came
	 * @param toolCalls how many tool calls came
	 * @param terminated whether the last stream ended with its terminal marker
	 */
	record Summary(int rounds, long events, long characters, int toolCalls, boolean terminated) {

	}

}
