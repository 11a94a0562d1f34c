package io.nexus3.provider.test.format;

import io.nexus3.provider.test.http.ScriptedResponse;

/**
 * Answers chat requests in one wire format.
 *
 * @since 0.1.0
 */
public interface ChatService {

	/**
	 * Answers a request.
	 * @param request the request
	 * @return the whole answer: a stream with one write an event, one JSON body, or the
	 * refusal that the vendor would send
	 */
	ScriptedResponse answer(FormatRequest request);

	/**
	 * Puts an error into the vendor's envelope.
	 * @param error the error
	 * @return the answer
	 */
	ScriptedResponse error(ApiError error);

	/**
	 * Writes an error as the vendor tells it within a stream that began well.
	 * @param error the error
	 * @param model the model of the stream
	 * @return the event with its blank line
	 */
	String errorEvent(ApiError error, String model);

}
