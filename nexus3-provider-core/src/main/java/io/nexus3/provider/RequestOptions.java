package io.nexus3.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a call may set. Everything is unset by default: the vendor's own default then
 * holds. Options of a request win over those of the model, and these over those of the
 * provider, each field on its own. What a known model or server would refuse is left out,
 * or replaced by the nearest that it takes, and the log names it; extra body fields are
 * sent as they are.
 *
 * @param sampling how the answer is drawn and how long it may get
 * @param reasoning how much the model shall think, or {@code null} when unset
 * @param toolUse how the model may use the tools on offer
 * @param responseFormat the form of the answer, or {@code null} when unset
 * @param extraBody further fields of the request body by the vendor's name; they win over
 * everything the library writes; values are what JSON knows
 * @param extraHeaders further request headers; they cannot replace credentials
 * @param timeouts clocks that differ from the provider's
 * @since 0.1.0
 */
public record RequestOptions(Sampling sampling, @Nullable Reasoning reasoning, ToolUse toolUse,
		@Nullable ResponseFormat responseFormat, Map<String, @Nullable Object> extraBody,
		Map<String, String> extraHeaders, CallTimeouts timeouts) {

	private static final RequestOptions DEFAULTS = new RequestOptions(new Sampling(null, null, null, null, null), null,
			new ToolUse(null, null), null, Map.of(), Map.of(), CallTimeouts.unset());

	/**
	 * Copy.
	 */
	public RequestOptions {
		extraBody = copy(extraBody);
		extraHeaders = copy(extraHeaders);
	}

	private static <V extends @Nullable Object> Map<String, V> copy(Map<String, V> map) {
		return map.isEmpty() ? Collections.emptyMap() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
	}

	/**
	 * Options that set nothing.
	 * @return the options
	 */
	public static RequestOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * These options, with what they leave unset taken from others. Extra fields are
	 * merged by name, headers as {@link HeaderLayers} says.
	 * @param base the options that hold where these are silent
	 * @return the options of both
	 */
	public RequestOptions over(RequestOptions base) {
		// Most requests set nothing, and every call asks.
		if (this == DEFAULTS) {
			return base;
		}
		if (base == DEFAULTS) {
			return this;
		}
		Map<String, @Nullable Object> body = new LinkedHashMap<>(base.extraBody);
		body.putAll(this.extraBody);
		return new RequestOptions(this.sampling.over(base.sampling), first(this.reasoning, base.reasoning),
				this.toolUse.over(base.toolUse), first(this.responseFormat, base.responseFormat), body,
				HeaderLayers.over(this.extraHeaders, base.extraHeaders), this.timeouts.over(base.timeouts));
	}

	/**
	 * These options with a limit on the length of the answer.
	 * @param tokens at most this many tokens, at least 1
	 * @return new options
	 */
	public RequestOptions withMaxOutputTokens(int tokens) {
		return withSampling(new Sampling(tokens, this.sampling.temperature, this.sampling.topP, this.sampling.stop,
				this.sampling.seed));
	}

	/**
	 * These options with a sampling temperature.
	 * @param temperature 0 to 2 at most vendors
	 * @return new options
	 */
	public RequestOptions withTemperature(double temperature) {
		return withSampling(new Sampling(this.sampling.maxOutputTokens, temperature, this.sampling.topP,
				this.sampling.stop, this.sampling.seed));
	}

	/**
	 * These options with nucleus sampling.
	 * @param topP the probability mass to draw from, 0 to 1
	 * @return new options
	 */
	public RequestOptions withTopP(double topP) {
		return withSampling(new Sampling(this.sampling.maxOutputTokens, this.sampling.temperature, topP,
				this.sampling.stop, this.sampling.seed));
	}

	/**
	 * These options with stop sequences.
	 * @param stop texts that end the answer when the model writes them
	 * @return new options
	 */
	public RequestOptions withStop(List<String> stop) {
		return withSampling(new Sampling(this.sampling.maxOutputTokens, this.sampling.temperature, this.sampling.topP,
				stop, this.sampling.seed));
	}

	/**
	 * These options with a seed.
	 * @param seed the seed of the vendor's random numbers, where it knows one
	 * @return new options
	 */
	public RequestOptions withSeed(long seed) {
		return withSampling(new Sampling(this.sampling.maxOutputTokens, this.sampling.temperature, this.sampling.topP,
				this.sampling.stop, seed));
	}

	/**
	 * These options with a reasoning setting.
	 * @param reasoning how much the model shall think
	 * @return new options
	 */
	public RequestOptions withReasoning(Reasoning reasoning) {
		return new RequestOptions(this.sampling, reasoning, this.toolUse, this.responseFormat, this.extraBody,
				this.extraHeaders, this.timeouts);
	}

	/**
	 * These options with a tool choice.
	 * @param choice which tools the model may or must call
	 * @return new options
	 */
	public RequestOptions withToolChoice(ToolChoice choice) {
		return withToolUse(new ToolUse(choice, this.toolUse.parallel));
	}

	/**
	 * These options with or without several tool calls in one answer.
	 * @param parallel whether the model may call several tools at once
	 * @return new options
	 */
	public RequestOptions withParallelToolCalls(boolean parallel) {
		return withToolUse(new ToolUse(this.toolUse.choice, parallel));
	}

	/**
	 * These options with a form of the answer.
	 * @param format the form
	 * @return new options
	 */
	public RequestOptions withResponseFormat(ResponseFormat format) {
		return new RequestOptions(this.sampling, this.reasoning, this.toolUse, format, this.extraBody,
				this.extraHeaders, this.timeouts);
	}

	/**
	 * These options with further fields of the request body.
	 * @param extraBody the fields by the vendor's name
	 * @return new options
	 */
	public RequestOptions withExtraBody(Map<String, ? extends @Nullable Object> extraBody) {
		return new RequestOptions(this.sampling, this.reasoning, this.toolUse, this.responseFormat,
				new LinkedHashMap<>(extraBody), this.extraHeaders, this.timeouts);
	}

	/**
	 * These options with further request headers.
	 * @param extraHeaders the headers
	 * @return new options
	 */
	public RequestOptions withExtraHeaders(Map<String, String> extraHeaders) {
		return new RequestOptions(this.sampling, this.reasoning, this.toolUse, this.responseFormat, this.extraBody,
				extraHeaders, this.timeouts);
	}

	/**
	 * These options with clocks that differ from the provider's.
	 * @param timeouts the clocks; what they leave unset is not changed
	 * @return new options
	 */
	public RequestOptions withTimeouts(CallTimeouts timeouts) {
		return new RequestOptions(this.sampling, this.reasoning, this.toolUse, this.responseFormat, this.extraBody,
				this.extraHeaders, timeouts.over(this.timeouts));
	}

	private RequestOptions withSampling(Sampling sampling) {
		return new RequestOptions(sampling, this.reasoning, this.toolUse, this.responseFormat, this.extraBody,
				this.extraHeaders, this.timeouts);
	}

	private RequestOptions withToolUse(ToolUse toolUse) {
		return new RequestOptions(this.sampling, this.reasoning, toolUse, this.responseFormat, this.extraBody,
				this.extraHeaders, this.timeouts);
	}

	private static <T> @Nullable T first(@Nullable T value, @Nullable T base) {
		return (value != null) ? value : base;
	}

	/**
	 * How the answer is drawn and how long it may get; {@code null} is unset.
	 *
	 * @param maxOutputTokens at most this many tokens, reasoning included; at least 1
	 * @param temperature the sampling temperature, 0 to 2 at most vendors
	 * @param topP the probability mass to draw from, 0 to 1
	 * @param stop texts that end the answer when the model writes them
	 * @param seed the seed of the vendor's random numbers
	 */
	public record Sampling(@Nullable Integer maxOutputTokens, @Nullable Double temperature, @Nullable Double topP,
			@Nullable List<String> stop, @Nullable Long seed) {

		/**
		 * Check and copy.
		 * @throws IllegalArgumentException when the limit is below 1
		 */
		public Sampling {
			if (maxOutputTokens != null && maxOutputTokens < 1) {
				throw new IllegalArgumentException("max output tokens must be at least 1, not " + maxOutputTokens);
			}
			stop = (stop != null) ? List.copyOf(stop) : null;
		}

		Sampling over(Sampling base) {
			return new Sampling(first(this.maxOutputTokens, base.maxOutputTokens),
					first(this.temperature, base.temperature), first(this.topP, base.topP), first(this.stop, base.stop),
					first(this.seed, base.seed));
		}

	}

	/**
	 * How the model may use the tools on offer; {@code null} is unset.
	 *
	 * @param choice which tools it may or must call
	 * @param parallel whether it may call several at once
	 */
	public record ToolUse(@Nullable ToolChoice choice, @Nullable Boolean parallel) {

		ToolUse over(ToolUse base) {
			return new ToolUse(first(this.choice, base.choice), first(this.parallel, base.parallel));
		}

	}

}
