package io.nexus3.provider.config;

import java.time.Duration;

import io.nexus3.provider.CallTimeouts;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a call. All run on monotonic time.
 *
 * @param connect address look-up, TCP and TLS; 10 s by default
 * @param response request sent until status and headers
 * @param firstEvent headers until the first model event; comments and pings do not end
 * it; 5 min by default
 * @param idle silence: no byte of any kind; 60 s by default
 * @param stall between model events; comments and pings do not count; 5 min by default
 * @param total the whole call with retries and waits, or {@code null} (the default) for
 * no limit
 * @since 0.1.0
 */
public record Timeouts(Duration connect, Response response, Duration firstEvent, Duration idle, Duration stall,
		@Nullable Duration total) {

	private static final Timeouts DEFAULTS = new Timeouts(Duration.ofSeconds(10),
			new Response(Duration.ofSeconds(120), Duration.ofMinutes(10)), Duration.ofMinutes(5),
			Duration.ofSeconds(60), Duration.ofMinutes(5), null);

	/**
	 * Check.
	 * @throws IllegalArgumentException when a duration is not positive
	 */
	public Timeouts {
		positive("connect", connect);
		positive("first-event", firstEvent);
		positive("idle", idle);
		positive("stall", stall);
		if (total != null) {
			positive("total", total);
		}
	}

	/**
	 * The defaults.
	 * @return the clocks
	 */
	public static Timeouts defaults() {
		return DEFAULTS;
	}

	/**
	 * These clocks with another connect clock.
	 * @param connect address look-up, TCP and TLS
	 * @return new clocks
	 */
	public Timeouts withConnect(Duration connect) {
		return new Timeouts(connect, this.response, this.firstEvent, this.idle, this.stall, this.total);
	}

	/**
	 * These clocks with one response clock for both kinds of call.
	 * @param response request sent until status and headers
	 * @return new clocks
	 */
	public Timeouts withResponse(Duration response) {
		return new Timeouts(this.connect, new Response(response, response), this.firstEvent, this.idle, this.stall,
				this.total);
	}

	/**
	 * These clocks with another first-event clock.
	 * @param firstEvent headers until the first model event
	 * @return new clocks
	 */
	public Timeouts withFirstEvent(Duration firstEvent) {
		return new Timeouts(this.connect, this.response, firstEvent, this.idle, this.stall, this.total);
	}

	/**
	 * These clocks with another idle clock.
	 * @param idle silence of any kind
	 * @return new clocks
	 */
	public Timeouts withIdle(Duration idle) {
		return new Timeouts(this.connect, this.response, this.firstEvent, idle, this.stall, this.total);
	}

	/**
	 * These clocks with another stall clock.
	 * @param stall between model events
	 * @return new clocks
	 */
	public Timeouts withStall(Duration stall) {
		return new Timeouts(this.connect, this.response, this.firstEvent, this.idle, stall, this.total);
	}

	/**
	 * These clocks with a total clock.
	 * @param total the whole call, or {@code null} for no limit
	 * @return new clocks
	 */
	public Timeouts withTotal(@Nullable Duration total) {
		return new Timeouts(this.connect, this.response, this.firstEvent, this.idle, this.stall, total);
	}

	/**
	 * These clocks with what a model or a call sets in their place.
	 * @param set what is set
	 * @return new clocks
	 */
	public Timeouts with(CallTimeouts set) {
		if (set == CallTimeouts.unset()) {
			return this;
		}
		Duration response = set.response();
		return new Timeouts(this.connect, (response != null) ? new Response(response, response) : this.response,
				first(set.firstEvent(), this.firstEvent), first(set.idle(), this.idle), first(set.stall(), this.stall),
				(set.total() != null) ? set.total() : this.total);
	}

	private static Duration first(@Nullable Duration value, Duration base) {
		return (value != null) ? value : base;
	}

	private static void positive(String name, Duration value) {
		if (value.isZero() || value.isNegative()) {
			throw new IllegalArgumentException("the " + name + " timeout must be longer than 0, not " + value);
		}
	}

	/**
	 * The response clock, which depends on the kind of call: an answer in one piece comes
	 * only when the model is done.
	 *
	 * @param stream for streams; 120 s by default
	 * @param complete for answers in one piece; 10 min by default
	 */
	public record Response(Duration stream, Duration complete) {

		/**
		 * Check.
		 * @throws IllegalArgumentException when a duration is not positive
		 */
		public Response {
			positive("response", stream);
			positive("response", complete);
		}

	}

}
