package io.nexus3.provider.protocol;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.wire.HttpFailure;
import io.nexus3.provider.wire.WireRequest;

/**
 * A wire format: what a request and an answer look like as bytes. Pure: it knows no URLs,
 * keys, retries or threads. Instances are immutable.
 *
 * @since 0.1.0
 */
public interface WireProtocol {

	/**
	 * The name of the format, such as {@code openai}.
	 * @return the name
	 */
	String format();

	/**
	 * Write a request.
	 * @param request what to send; never changed
	 * @param target whom it is for
	 * @param stream whether to ask for an event stream
	 * @return the bytes, once for all attempts
	 */
	WireRequest encode(CompletionRequest request, Target target, boolean stream);

	/**
	 * A decoder for one answer.
	 * @param target whom was asked
	 * @return a new decoder, confined to that answer
	 */
	AnswerDecoder newDecoder(Target target);

	/**
	 * Read an error answer.
	 * @param failure the answer
	 * @return a typed error with the vendor's own words
	 */
	ProviderException decodeFailure(HttpFailure failure);

}
