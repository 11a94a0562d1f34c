package io.nexus3.provider;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What a call consumed, with one meaning for all vendors. A number that the vendor did
 * not send is {@code null}: unknown, never zero.
 *
 * @param inputTokens tokens of the prompt, cache reads and writes included
 * @param outputTokens tokens of the answer, reasoning included
 * @param cacheReadTokens tokens of the prompt that came from the vendor's cache
 * @param cacheWriteTokens tokens of the prompt that were written to the vendor's cache
 * @param reasoningTokens tokens of the answer that were reasoning
 * @param cost what the vendor says the call cost, in its currency (US dollars or credits)
 * @param raw the usage object as sent, as JSON text
 * @since 0.1.0
 */
public record Usage(@Nullable Long inputTokens, @Nullable Long outputTokens, @Nullable Long cacheReadTokens,
		@Nullable Long cacheWriteTokens, @Nullable Long reasoningTokens, @Nullable BigDecimal cost,
		@Nullable String raw) {

	/**
	 * Input and output together.
	 * @return the sum, or {@code null} when one of the two is unknown
	 */
	public @Nullable Long totalTokens() {
		return (this.inputTokens != null && this.outputTokens != null) ? this.inputTokens + this.outputTokens : null;
	}

}
