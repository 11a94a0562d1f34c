package io.nexus3.provider.test;

import java.util.function.Function;

import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.model.Prompt;

/**
 * What a simulated provider can say to one request, in its dialect. Safe for use by any
 * thread.
 *
 * @since 0.1.0
 */
public interface Voice {

	/**
	 * Returns the model behind the provider.
	 * @return what gives the usual answers
	 */
	Function<Prompt, Answer> model();

	/**
	 * Returns how fast the provider answers.
	 * @return the usual pace
	 */
	Pace pace();

	/**
	 * Answers the request, or refuses it for what the real server would refuse.
	 * @param model what gives the answer
	 * @param pace how fast it comes
	 * @return the answer to send
	 */
	ScriptedResponse answer(Function<Prompt, Answer> model, Pace pace);

	/**
	 * Puts an error into the envelope of the dialect.
	 * @param error the error
	 * @return the answer to send
	 */
	ScriptedResponse error(ApiError error);

	/**
	 * Writes an error as the dialect tells it within a stream.
	 * @param error the error
	 * @return the event with its blank line
	 */
	String errorEvent(ApiError error);

}
