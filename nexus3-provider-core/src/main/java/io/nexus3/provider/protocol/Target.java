package io.nexus3.provider.protocol;

import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.config.Limits;

/**
 * Whom a call is for, as far as a protocol needs to know.
 *
 * @param provider the configured name of the provider
 * @param modelId what the request calls the model
 * @param options what model and provider set; the request's own options win over them
 * @param promptCaching whether to mark prompts for the vendor's cache
 * @param limits how much of an answer is taken
 * @param knownAs what the vendor calls the model, where the request calls it otherwise,
 * as a deployment; else the same
 * @param acceptTruncated whether a stream that ends in good order, but without a word
 * about its end, makes a message
 * @since 0.1.0
 */
public record Target(String provider, String modelId, RequestOptions options, boolean promptCaching, Limits limits,
		String knownAs, boolean acceptTruncated) {

	/**
	 * A target whose model has one name, and that must say when it is done.
	 * @param provider the configured name of the provider
	 * @param modelId what the vendor calls the model
	 * @param options what model and provider set
	 * @param promptCaching whether to mark prompts for the vendor's cache
	 * @param limits how much of an answer is taken
	 */
	public Target(String provider, String modelId, RequestOptions options, boolean promptCaching, Limits limits) {
		this(provider, modelId, options, promptCaching, limits, modelId, false);
	}

}
