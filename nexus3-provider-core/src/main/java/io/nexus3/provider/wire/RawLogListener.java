package io.nexus3.provider.wire;

import org.jspecify.annotations.Nullable;

/**
 * Sees the raw traffic of calls, for debugging. Keys and headers are never part of it,
 * and keys that a server echoes are redacted. What a listener throws is caught and
 * counted and breaks nothing. Methods are called on event loops: they must not block.
 *
 * @since 0.1.0
 */
public interface RawLogListener {

	/**
	 * An attempt is about to be sent.
	 * @param attempt which attempt of which call
	 * @param url where it goes, without a query that could hold a secret
	 * @param body the request body
	 */
	default void onRequest(Attempt attempt, String url, String body) {
	}

	/**
	 * An answer in one piece, or an error answer, has arrived.
	 * @param attempt which attempt of which call
	 * @param status the HTTP status
	 * @param body the body; of error bodies as much as the limit allows
	 * @param truncated whether there was more
	 */
	default void onResponse(Attempt attempt, int status, String body, boolean truncated) {
	}

	/**
	 * A piece of a stream has arrived, as cut by the network.
	 * @param attempt which attempt of which call
	 * @param chunk the bytes as text; characters cut in two show as replacement
	 * characters
	 */
	default void onChunk(Attempt attempt, String chunk) {
	}

	/**
	 * An attempt has ended.
	 * @param attempt which attempt of which call
	 * @param outcome {@code completed}, {@code cancelled} or {@code failed}
	 * @param error what went wrong, or {@code null}
	 */
	default void onEnd(Attempt attempt, String outcome, @Nullable Throwable error) {
	}

	/**
	 * Which attempt of which call.
	 *
	 * @param callId an id of the call, unique in this process
	 * @param provider the configured name of the provider
	 * @param model the model id asked for
	 * @param number the number of the attempt, from 1
	 */
	record Attempt(String callId, String provider, String model, int number) {

	}

}
