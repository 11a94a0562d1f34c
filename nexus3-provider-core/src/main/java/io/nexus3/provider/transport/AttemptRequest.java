package io.nexus3.provider.transport;

import java.util.Map;

import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.wire.AnswerReader;
import io.nexus3.provider.wire.WireRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * One attempt to be made.
 *
 * @param pathAndQuery what follows the base URL
 * @param request the body and the protocol's headers
 * @param extraHeaders headers of the configuration and the call, already checked
 * @param key the key, or {@code null} for none
 * @param reader reads the answer
 * @param rawLog sees the raw traffic, or {@code null} when nobody looks
 * @param timer where the deadline of an error's body runs
 * @param fresh whether to make a connection of its own rather than take one of the pool
 * @param <T> what the answer is read into
 * @since 0.1.0
 */
public record AttemptRequest<T>(String pathAndQuery, WireRequest request, Map<String, String> extraHeaders,
		@Nullable ApiKey key, AnswerReader<T> reader, @Nullable RawLog rawLog, Scheduler timer, boolean fresh) {

}
