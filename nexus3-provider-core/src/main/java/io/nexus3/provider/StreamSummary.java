package io.nexus3.provider;

import java.time.Duration;

/**
 * What a finished stream was like.
 *
 * @param events how many events the server sent, those without content included
 * @param characters how many characters of answer text came (UTF-16 units)
 * @param toolCalls how many tool calls came
 * @param terminated whether the server closed the stream with its terminal marker
 * ({@code [DONE]}, {@code message_stop}); {@code false} when only the finish reason
 * showed the end
 * @param firstEvent from the start of the call, retries included, to the first event
 * @param total from the start of the call, retries included, to the end
 * @since 0.1.0
 */
public record StreamSummary(long events, long characters, int toolCalls, boolean terminated, Duration firstEvent,
		Duration total) {

}
