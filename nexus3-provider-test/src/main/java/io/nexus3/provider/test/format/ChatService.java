package io.nexus3.provider.test.format;

import java.util.function.Function;

import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.model.Prompt;

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
	 * Answers a request with another model at another pace, by the same rules and with
	 * the same ids, signatures and caches.
	 * @param request the request
	 * @param model what gives the answer
	 * @param pace how fast it comes
	 * @return the whole answer, or the refusal that the vendor would send
	 */
	ScriptedResponse answer(FormatRequest request, Function<Prompt, Answer> model, Pace pace);

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
