package io.nexus3.provider;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Clocks that differ from those of the provider; {@code null} is unset. How long
 * connecting may take is not among them: connections belong to the provider.
 *
 * @param response request sent until status and headers, in either mode
 * @param firstEvent headers until the first model event; comments and pings do not end it
 * @param idle silence: no byte of any kind
 * @param stall between model events; comments and pings do not count
 * @param total the whole call with retries and waits
 * @since 0.1.0
 */
public record CallTimeouts(@Nullable Duration response, @Nullable Duration firstEvent, @Nullable Duration idle,
		@Nullable Duration stall, @Nullable Duration total) {

	private static final CallTimeouts UNSET = new CallTimeouts(null, null, null, null, null);

	/**
	 * Check.
	 * @throws IllegalArgumentException when a duration is not positive
	 */
	public CallTimeouts {
		positive("response", response);
		positive("first-event", firstEvent);
		positive("idle", idle);
		positive("stall", stall);
		positive("total", total);
	}

	/**
	 * Clocks of which none is set.
	 * @return the clocks
	 */
	public static CallTimeouts unset() {
		return UNSET;
	}

	/**
	 * These clocks, with what they leave unset taken from others.
	 * @param base the clocks that hold where these are silent
	 * @return the clocks of both
	 */
	public CallTimeouts over(CallTimeouts base) {
		if (this == UNSET) {
			return base;
		}
		return new CallTimeouts(first(this.response, base.response), first(this.firstEvent, base.firstEvent),
				first(this.idle, base.idle), first(this.stall, base.stall), first(this.total, base.total));
	}

	/**
	 * These clocks with another response clock.
	 * @param response request sent until status and headers
	 * @return new clocks
	 */
	public CallTimeouts withResponse(Duration response) {
		return new CallTimeouts(response, this.firstEvent, this.idle, this.stall, this.total);
	}

	/**
	 * These clocks with another first-event clock.
	 * @param firstEvent headers until the first model event
	 * @return new clocks
	 */
	public CallTimeouts withFirstEvent(Duration firstEvent) {
		return new CallTimeouts(this.response, firstEvent, this.idle, this.stall, this.total);
	}

	/**
	 * These clocks with another idle clock.
	 * @param idle silence of any kind
	 * @return new clocks
	 */
	public CallTimeouts withIdle(Duration idle) {
		return new CallTimeouts(this.response, this.firstEvent, idle, this.stall, this.total);
	}

	/**
	 * These clocks with another stall clock.
	 * @param stall between model events
	 * @return new clocks
	 */
	public CallTimeouts withStall(Duration stall) {
		return new CallTimeouts(this.response, this.firstEvent, this.idle, stall, this.total);
	}

	/**
	 * These clocks with a total clock.
	 * @param total the whole call with retries and waits
	 * @return new clocks
	 */
	public CallTimeouts withTotal(Duration total) {
		return new CallTimeouts(this.response, this.firstEvent, this.idle, this.stall, total);
	}

	private static @Nullable Duration first(@Nullable Duration value, @Nullable Duration base) {
		return (value != null) ? value : base;
	}

	private static void positive(String name, @Nullable Duration value) {
		if (value != null && (value.isZero() || value.isNegative())) {
			throw new IllegalArgumentException("the " + name + " timeout must be longer than 0, not " + value);
		}
	}

}
