package io.nexus3.provider.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Properties of what calls set. What is unset is left to the vendor.
 *
 * @param maxOutputTokens How many tokens an answer may have, reasoning included.
 * @param temperature Sampling temperature, 0 to 2 at most vendors.
 * @param topP Probability mass to draw from, 0 to 1.
 * @param stop Texts that end the answer when the model writes them.
 * @param seed Seed of the vendor's random numbers.
 * @param parallelToolCalls Whether the model may call several tools at once.
 * @since 0.1.0
 */
public record OptionsProperties(@Nullable Integer maxOutputTokens, @Nullable Double temperature, @Nullable Double topP,
		@Nullable List<String> stop, @Nullable Long seed, @Nullable Boolean parallelToolCalls) {

	/**
	 * Copy.
	 */
	public OptionsProperties {
		stop = (stop != null) ? List.copyOf(stop) : null;
	}

}
