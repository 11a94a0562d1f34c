package io.nexus3.provider.test.format;

import java.time.Clock;
import java.util.List;
import java.util.function.Function;

import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.model.Prompt;
import org.jspecify.annotations.Nullable;

/**
 * What is peculiar to the servers of one vendor. Immutable.
 *
 * @since 0.1.0
 */
public interface Vendor {

	/**
	 * The vendor's reference of the format.
	 * @return the address of a page
	 */
	String page();

	/**
	 * The header that takes the bare key, besides a bearer token.
	 * @return the name; {@code Authorization} where there is no other
	 */
	String keyHeader();

	/**
	 * The refusal of a missing or wrong key.
	 * @param key the key as sent, or {@code null} if none was
	 * @return the error
	 */
	ApiError unauthorized(@Nullable String key);

	/**
	 * The refusal of a model that is not served.
	 * @param model the model or deployment asked for
	 * @return the error
	 */
	ApiError unknownModel(String model);

	/**
	 * Holds a request against the rules of the vendor.
	 * @param request the request
	 * @return what it breaks, what the vendor complains of first being first; empty if
	 * the vendor takes it
	 */
	List<Violation> check(FormatRequest request);

	/**
	 * Reads a request as a prompt, as far as it can be read.
	 * @param request the request, which may break rules
	 * @return what the model is asked; with empty texts and lists where the request says
	 * nothing
	 */
	Prompt prompt(FormatRequest request);

	/**
	 * Makes a server of this vendor.
	 * @param model what gives the answers
	 * @param pace how fast they come
	 * @param clock for the times that answers tell
	 * @return a new server, safe for use by any thread if the model is
	 */
	ChatService serve(Function<Prompt, Answer> model, Pace pace, Clock clock);

}
