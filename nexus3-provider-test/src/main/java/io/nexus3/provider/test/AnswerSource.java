package io.nexus3.provider.test;

import io.nexus3.provider.test.http.ScriptedResponse;
import org.jspecify.annotations.Nullable;

/**
 * Answers some of the requests to a simulated provider in its own way.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AnswerSource {

	/**
	 * Answers a request, or leaves it to others. Called on a thread of the server, from
	 * several at once; must not block.
	 * @param call the request
	 * @param voice what the provider can say to it
	 * @return the answer to send, or {@code null} to leave the request to the next source
	 * and at last to the provider
	 */
	@Nullable ScriptedResponse answer(ChatCall call, Voice voice);

}
