package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import io.netty.resolver.HostsFileEntriesProvider;

/**
 * What {@code localhost} is on this machine. No name service is asked (RFC 6761 6.3).
 */
final class LocalhostAddresses {

	private static final String NAME = "localhost";

	private LocalhostAddresses() {
	}

	/**
	 * The addresses of the hosts file, else those of the standards.
	 * @return at least one address, IPv4 first; not judged
	 */
	static List<InetAddress> ofThisMachine() {
		HostsFileEntriesProvider hosts = HostsFileEntriesProvider.parser().parseSilently();
		List<InetAddress> found = new ArrayList<>(hosts.ipv4Entries().getOrDefault(NAME, List.of()));
		found.addAll(hosts.ipv6Entries().getOrDefault(NAME, List.of()));
		return found.isEmpty() ? List.of(v4(), v6()) : List.copyOf(found);
	}

	private static InetAddress v4() {
		return address(new byte[] { 127, 0, 0, 1 });
	}

	private static InetAddress v6() {
		byte[] bytes = new byte[16];
		bytes[15] = 1;
		return address(bytes);
	}

	private static InetAddress address(byte[] bytes) {
		try {
			return InetAddress.getByAddress(NAME, bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("An address has 4 or 16 bytes", ex);
		}
	}

}
