package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * An address that was found and judged, with what is left of the connect clock when it is
 * dialled: the clock began with the look-up and is one for all the addresses found.
 */
final class DialledAddress extends InetSocketAddress {

	private static final long serialVersionUID = 1L;

	private final long deadline;

	private final int candidates;

	/**
	 * An address.
	 * @param address the address
	 * @param port the port
	 * @param deadline when the clock runs out, on the scale of {@link System#nanoTime()}
	 * @param candidates how many addresses share what is left, this one included
	 */
	DialledAddress(InetAddress address, int port, long deadline, int candidates) {
		super(address, port);
		this.deadline = deadline;
		this.candidates = candidates;
	}

	/** What is left for this connection, 0 when the clock has run out. */
	long leftMillis() {
		return Math.max(0, TimeUnit.NANOSECONDS.toMillis(this.deadline - System.nanoTime()));
	}

	/**
	 * What this address may use up of it: a dead one must leave time for the next.
	 */
	long shareMillis() {
		return leftMillis() / this.candidates;
	}

}
