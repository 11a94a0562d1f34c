package io.nexus3.provider.config;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.nexus3.provider.config.AddressRange.Kind;

/**
 * What is thought of every address: the IANA special-purpose registries of IPv4 and IPv6
 * (RFC 6890) with the metadata services of the clouds on top. The longest block that
 * holds an address decides. Blocks of a registry that lie in a larger block of the same
 * kind are not listed again: an anycast service of 192.0.0.0/24 may be reachable from
 * everywhere, yet no model is served there.
 */
final class AddressTable {

	private static final List<AddressRange> RANGES = Stream.concat(v4(), v6())
		.sorted(Comparator.comparingInt(AddressRange::bits).reversed())
		.toList();

	private static final Set<String> METADATA_NAMES = Set.of("metadata", "metadata.google.internal", "metadata.goog",
			"instance-data", "instance-data.ec2.internal", "metadata.azure.internal", "metadata.tencentyun.com",
			"api.metadata.cloud.ibm.com", "rancher-metadata");

	private AddressTable() {
	}

	/**
	 * The block that decides about an address.
	 * @param address 4 or 16 bytes
	 * @return the smallest block that holds it
	 */
	static AddressRange rangeOf(byte[] address) {
		for (AddressRange range : RANGES) {
			if (range.contains(address)) {
				return range;
			}
		}
		throw new IllegalStateException("No block holds " + IpLiteral.format(address));
	}

	/**
	 * Whether a name is one by which a cloud's metadata service is known.
	 * @param host a host in lower case
	 * @return whether it is
	 */
	static boolean isMetadataName(String host) {
		return METADATA_NAMES.contains(host);
	}

	private static Stream<AddressRange> v4() {
		return Stream.of(AddressRange.of("0.0.0.0/0", Kind.PUBLIC, "public"),
				AddressRange.of("0.0.0.0/8", Kind.NEVER, "this network, RFC 791"),
				AddressRange.of("10.0.0.0/8", Kind.PRIVATE, "private use, RFC 1918"),
				AddressRange.of("100.64.0.0/10", Kind.PRIVATE, "shared address space, RFC 6598"),
				AddressRange.of("100.100.100.200/32", Kind.NEVER, "metadata service of Alibaba Cloud"),
				AddressRange.of("127.0.0.0/8", Kind.LOOPBACK, "loopback, RFC 1122"),
				AddressRange.of("168.63.129.16/32", Kind.NEVER, "platform service of Azure"),
				AddressRange.of("169.254.0.0/16", Kind.NEVER, "link-local and cloud metadata, RFC 3927"),
				AddressRange.of("172.16.0.0/12", Kind.PRIVATE, "private use, RFC 1918"),
				AddressRange.of("192.0.0.0/24", Kind.NEVER, "protocol assignments, RFC 6890"),
				AddressRange.of("192.0.2.0/24", Kind.NEVER, "documentation, RFC 5737"),
				AddressRange.of("192.31.196.0/24", Kind.NEVER, "AS112, RFC 7535"),
				AddressRange.of("192.52.193.0/24", Kind.NEVER, "multicast tunnelling, RFC 7450"),
				AddressRange.of("192.88.99.0/24", Kind.NEVER, "6to4 relays, RFC 7526"),
				AddressRange.of("192.168.0.0/16", Kind.PRIVATE, "private use, RFC 1918"),
				AddressRange.of("192.175.48.0/24", Kind.NEVER, "AS112, RFC 7534"),
				AddressRange.of("198.18.0.0/15", Kind.PRIVATE, "benchmarking, RFC 2544"),
				AddressRange.of("198.51.100.0/24", Kind.NEVER, "documentation, RFC 5737"),
				AddressRange.of("203.0.113.0/24", Kind.NEVER, "documentation, RFC 5737"),
				AddressRange.of("224.0.0.0/4", Kind.NEVER, "multicast, RFC 5771"),
				AddressRange.of("240.0.0.0/4", Kind.NEVER, "reserved, RFC 1112"));
	}

	private static Stream<AddressRange> v6() {
		return Stream.of(AddressRange.of("::/0", Kind.NEVER, "outside global unicast, RFC 4291"),
				AddressRange.of("2000::/3", Kind.PUBLIC, "public"),
				AddressRange.of("::1/128", Kind.LOOPBACK, "loopback, RFC 4291"),
				AddressRange.of("::ffff:0:0/96", Kind.EMBEDS_V4, "mapped IPv4, RFC 4291"),
				AddressRange.of("64:ff9b::/96", Kind.EMBEDS_V4, "translated IPv4, RFC 6052"),
				AddressRange.of("64:ff9b:1::/48", Kind.NEVER, "local translation of IPv4, RFC 8215"),
				AddressRange.of("100::/64", Kind.NEVER, "discard-only, RFC 6666"),
				AddressRange.of("2001::/23", Kind.NEVER, "protocol assignments and Teredo, RFC 2928"),
				AddressRange.of("2001:db8::/32", Kind.NEVER, "documentation, RFC 3849"),
				AddressRange.of("2002::/16", Kind.NEVER, "6to4, RFC 3056"),
				AddressRange.of("2620:4f:8000::/48", Kind.NEVER, "AS112, RFC 7534"),
				AddressRange.of("3fff::/20", Kind.NEVER, "documentation, RFC 9637"),
				AddressRange.of("fc00::/7", Kind.PRIVATE, "unique local, RFC 4193"),
				AddressRange.of("fd00:42::42/128", Kind.NEVER, "metadata service of Scaleway"),
				// Amazon uses this block on every machine for metadata, credentials,
				// time and names.
				AddressRange.of("fd00:ec2::/32", Kind.NEVER, "metadata and platform services of AWS"),
				AddressRange.of("fd20:ce::254/128", Kind.NEVER, "metadata service of Google Cloud"),
				AddressRange.of("fe80::/10", Kind.NEVER, "link-local, RFC 4291"),
				AddressRange.of("fec0::/10", Kind.NEVER, "site-local, RFC 3879"),
				AddressRange.of("ff00::/8", Kind.NEVER, "multicast, RFC 4291"));
	}

}
