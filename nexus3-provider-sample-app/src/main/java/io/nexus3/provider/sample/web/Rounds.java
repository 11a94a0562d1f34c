package io.nexus3.provider.sample.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import io.nexus3.provider.FinishReason;
import io.nexus3.provider.ResponseInfo;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamSummary;
import io.nexus3.provider.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the rounds of one answer. One per answer; not thread-safe.
 */
final class Rounds {

	private final List<StreamComplete> rounds = new ArrayList<>();

	void add(StreamComplete round) {
		this.rounds.add(round);
	}

	/**
	 * The end of the answer.
	 * @param last the last round, added before
	 * @param totalMs from the request until now
	 */
	ChatEvent.Complete complete(StreamComplete last, long totalMs) {
		FinishReason reason = last.message().finishReason();
		ResponseInfo response = last.message().response();
		return new ChatEvent.Complete(Names.of((reason != null) ? reason.kind() : FinishReason.Kind.UNKNOWN),
				(response != null) ? response.model() : null, (response != null) ? response.provider() : null,
				(response != null) ? response.upstreamProvider() : null, usage(),
				this.rounds.get(0).summary().firstEvent().toMillis(), totalMs, generationMs(),
				summary(last.summary().terminated()));
	}

	private long generationMs() {
		return sum((summary) -> summary.total().minus(summary.firstEvent()).toMillis());
	}

	private ChatEvent.Summary summary(boolean terminated) {
		return new ChatEvent.Summary(this.rounds.size(), sum(StreamSummary::events), sum(StreamSummary::characters),
				(int) sum(StreamSummary::toolCalls), terminated);
	}

	private long sum(ToLongFunction<StreamSummary> number) {
		return this.rounds.stream().map(StreamComplete::summary).mapToLong(number).sum();
	}

	private ChatEvent.@Nullable Usage usage() {
		if (this.rounds.stream().allMatch((round) -> round.message().usage() == null)) {
			return null;
		}
		return new ChatEvent.Usage(sum(Usage::inputTokens, Long::sum), sum(Usage::outputTokens, Long::sum),
				sum(Usage::reasoningTokens, Long::sum), sum(Usage::cacheReadTokens, Long::sum),
				sum(Usage::cost, BigDecimal::add));
	}

	/**
	 * Adds the numbers of all rounds; {@code null} when one is unknown, since a sum of
	 * the rest would look like the whole.
	 */
	private <N> @Nullable N sum(Function<Usage, @Nullable N> number, BinaryOperator<N> add) {
		N sum = null;
		for (StreamComplete round : this.rounds) {
			Usage usage = round.message().usage();
			N value = (usage != null) ? number.apply(usage) : null;
			if (value == null) {
				return null;
			}
			sum = (sum != null) ? add.apply(sum, value) : value;
		}
		return sum;
	}

}
