package io.nexus3.provider.transport.address;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A second opinion on addresses: the suite's table of special ranges, read and compared
 * as numbers, with nothing of the library's own.
 */
final class RangeOracle {

	private static final BigInteger MASK_32 = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);

	private final List<Range> ranges = new ArrayList<>();

	RangeOracle(JsonNode file) {
		for (JsonNode range : file.path("ranges")) {
			String cidr = range.path("cidr").asString();
			if (!cidr.startsWith("!")) {
				this.ranges.add(Range.of(cidr, range.path("class").asString()));
			}
		}
		for (JsonNode metadata : file.path("metadata_addresses")) {
			String address = metadata.path("address").asString();
			this.ranges.add(Range.of(address + (address.contains(":") ? "/128" : "/32"), "never"));
		}
		this.ranges.add(Range.of("0.0.0.0/0", "public"));
		this.ranges.add(Range.of("::/0", "never"));
		this.ranges.add(Range.of("2000::/3", "public"));
	}

	/**
	 * The class of an address.
	 * @param address 4 or 16 bytes
	 * @return public, private, loopback, embeds-v4 or never
	 */
	String classOf(byte[] address) {
		BigInteger value = new BigInteger(1, address);
		Range best = null;
		for (Range range : this.ranges) {
			if (range.size == address.length * 8 && range.first.compareTo(value) <= 0
					&& value.compareTo(range.last()) <= 0 && (best == null || range.bits > best.bits)) {
				best = range;
			}
		}
		return best.kind;
	}

	/**
	 * Whether a name may lead to an address.
	 * @param address 4 or 16 bytes
	 * @param allowPrivate whether private networks are allowed
	 * @return whether it may
	 */
	boolean allowsResolved(byte[] address, boolean allowPrivate) {
		return switch (classOf(address)) {
			case "public" -> true;
			case "private", "loopback" -> allowPrivate;
			case "embeds-v4" -> allowsResolved(bytes(new BigInteger(1, address).and(MASK_32), 32), allowPrivate);
			default -> false;
		};
	}

	/**
	 * Whether an address may be written as a host.
	 * @param address 4 or 16 bytes
	 * @param allowPrivate whether private networks are allowed
	 * @return whether it may
	 */
	boolean allowsLiteral(byte[] address, boolean allowPrivate) {
		BigInteger value = new BigInteger(1, address);
		boolean thisHost = value.equals((address.length == 4) ? BigInteger.valueOf(0x7f000001L) : BigInteger.ONE);
		return !classOf(address).equals("embeds-v4") && (thisHost || allowsResolved(address, allowPrivate));
	}

	static byte[] bytes(BigInteger value, int size) {
		byte[] bytes = new byte[size / 8];
		for (int i = 0; i < bytes.length; i++) {
			bytes[bytes.length - 1 - i] = value.shiftRight(8 * i).byteValue();
		}
		return bytes;
	}

	record Range(BigInteger first, int bits, int size, String kind) {

		static Range of(String cidr, String kind) {
			String[] parts = cidr.split("/");
			int size = parts[0].contains(":") ? 128 : 32;
			return new Range(number(parts[0]), Integer.parseInt(parts[1]), size, kind);
		}

		BigInteger last() {
			return this.first.add(BigInteger.ONE.shiftLeft(this.size - this.bits)).subtract(BigInteger.ONE);
		}

		BigInteger middle() {
			return this.first.add(last()).shiftRight(1);
		}

		private static BigInteger number(String address) {
			BigInteger value = BigInteger.ZERO;
			if (!address.contains(":")) {
				for (String part : address.split("\\.")) {
					value = value.shiftLeft(8).add(new BigInteger(part));
				}
				return value;
			}
			String[] halves = address.split("::", -1);
			String[] head = halves[0].isEmpty() ? new String[0] : halves[0].split(":");
			String[] tail = (halves.length < 2 || halves[1].isEmpty()) ? new String[0] : halves[1].split(":");
			for (int i = 0; i < 8; i++) {
				String group = (i < head.length) ? head[i] : (i >= 8 - tail.length) ? tail[i - 8 + tail.length] : "0";
				value = value.shiftLeft(16).add(new BigInteger(group, 16));
			}
			return value;
		}

	}

}
