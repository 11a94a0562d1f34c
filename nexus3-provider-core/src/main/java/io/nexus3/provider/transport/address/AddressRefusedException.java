package io.nexus3.provider.transport.address;

/**
 * A connection that is not made, because the address policy refuses an address of its
 * host. Trying again does not help as long as configuration and name service stay as they
 * are.
 *
 * @since 0.1.0
 */
public final class AddressRefusedException extends RuntimeException {

	private final String host;

	private final String reason;

	AddressRefusedException(String host, String reason) {
		super(reason);
		this.host = host;
		this.reason = reason;
	}

	/**
	 * The host that was to be connected to.
	 * @return the host as configured
	 */
	public String host() {
		return this.host;
	}

	/**
	 * Why it is refused, with the address and the setting that would allow it, or that
	 * none does.
	 * @return the reason, a sentence
	 */
	public String reason() {
		return this.reason;
	}

}
