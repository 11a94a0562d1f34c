package io.nexus3.provider.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Properties of the clocks of a call.
 *
 * @param connect Time for address look-up, TCP and TLS. Unset, that of
 * spring.http.clients.connect-timeout comes before the default.
 * @param response Time from the request until status and headers. Set, it holds for
 * streams and for answers in one piece alike. Unset at model and provider, it is 2m for
 * streams and 10m otherwise.
 * @param firstEvent Time from the headers until the first event of the model. Comments
 * and pings do not end it.
 * @param idle Time of silence, with no byte of any kind.
 * @param stall Time between events of the model. Comments and pings do not count.
 * @param total Time for the whole call with retries and waits.
 * @since 0.1.0
 */
public record TimeoutsProperties(@Nullable Duration connect, @Nullable Duration response, @Nullable Duration firstEvent,
		@Nullable Duration idle, @Nullable Duration stall, @Nullable Duration total) {

}
