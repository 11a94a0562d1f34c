package io.nexus3.provider.config;

import org.jspecify.annotations.Nullable;

/**
 * A block of addresses and what is thought of it.
 */
final class AddressRange {

	private final byte[] prefix;

	private final int bits;

	private final Kind kind;

	private final String name;

	private AddressRange(byte[] prefix, int bits, Kind kind, String name) {
		this.prefix = prefix;
		this.bits = bits;
		this.kind = kind;
		this.name = name;
	}

	/**
	 * A block.
	 * @param cidr the block, such as {@code 10.0.0.0/8}
	 * @param kind what is thought of it
	 * @param name what it is, with where that is written
	 * @return the block
	 */
	static AddressRange of(String cidr, Kind kind, String name) {
		int slash = cidr.indexOf('/');
		byte @Nullable [] prefix = IpLiteral.parse(cidr.substring(0, slash));
		if (prefix == null) {
			throw new IllegalArgumentException("No address block: " + cidr);
		}
		return new AddressRange(prefix, Integer.parseInt(cidr.substring(slash + 1)), kind, name);
	}

	/**
	 * Whether an address is in this block.
	 * @param address 4 or 16 bytes; IPv4 is never in a block of IPv6
	 * @return whether it is
	 */
	boolean contains(byte[] address) {
		if (address.length != this.prefix.length) {
			return false;
		}
		int whole = this.bits / 8;
		for (int i = 0; i < whole; i++) {
			if (address[i] != this.prefix[i]) {
				return false;
			}
		}
		int rest = this.bits % 8;
		int mask = 0xff << (8 - rest);
		return rest == 0 || ((address[whole] ^ this.prefix[whole]) & mask & 0xff) == 0;
	}

	int bits() {
		return this.bits;
	}

	Kind kind() {
		return this.kind;
	}

	String name() {
		return this.name;
	}

	/**
	 * What is thought of a block.
	 */
	enum Kind {

		/** Anyone may ask for it. */
		PUBLIC,

		/** Only where private networks are allowed. */
		PRIVATE,

		/** This host: as written in the URL, else as private. */
		LOOPBACK,

		/** Holds an IPv4 address in its last four bytes, which is the one that counts. */
		EMBEDS_V4,

		/** Under no setting. */
		NEVER

	}

}
