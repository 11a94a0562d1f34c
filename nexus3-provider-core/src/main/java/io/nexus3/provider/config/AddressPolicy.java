package io.nexus3.provider.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.nexus3.provider.config.AddressRange.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses a provider may be at. A base URL is judged when it is configured, and
 * every address its host resolves to is judged again whenever a connection is opened, so
 * that a name cannot change its meaning in between.
 * <p>
 * Plain {@code http} goes to {@code localhost}, {@code 127.0.0.1} and {@code [::1]}; to
 * other hosts only with {@code allowInsecureHttp}. Private addresses, and loopback under
 * another name, need {@code allowPrivateNetwork}. Link-local, metadata, multicast,
 * documentation and other special addresses are refused under every setting.
 *
 * @param allowInsecureHttp whether plain HTTP to other hosts than this one is allowed
 * @param allowPrivateNetwork whether private addresses are allowed
 * @param allowLoopback whether this host is allowed; {@code true} unless a program turns
 * it off
 * @since 0.1.0
 */
public record AddressPolicy(boolean allowInsecureHttp, boolean allowPrivateNetwork, boolean allowLoopback) {

	private static final String LOCALHOST = "localhost";

	private static final Set<String> LOOPBACK_ADDRESSES = Set.of("127.0.0.1", "::1");

	/**
	 * A policy that allows loopback.
	 * @param allowInsecureHttp whether plain HTTP to other hosts than this one is allowed
	 * @param allowPrivateNetwork whether private addresses are allowed
	 */
	public AddressPolicy(boolean allowInsecureHttp, boolean allowPrivateNetwork) {
		this(allowInsecureHttp, allowPrivateNetwork, true);
	}

	/**
	 * The policy of a provider.
	 * @param endpoint the settings; private networks follow plain HTTP where unset
	 * @return the policy
	 */
	public static AddressPolicy of(ProviderConfig.Endpoint endpoint) {
		Boolean privateNetwork = endpoint.allowPrivateNetwork();
		return new AddressPolicy(endpoint.allowInsecureHttp(),
				(privateNetwork != null) ? privateNetwork : endpoint.allowInsecureHttp());
	}

	/**
	 * This policy without this host: for applications whose own ports nobody shall reach
	 * through a configured URL.
	 * @return a new policy
	 */
	public AddressPolicy withoutLoopback() {
		return new AddressPolicy(this.allowInsecureHttp, this.allowPrivateNetwork, false);
	}

	/**
	 * Judge a base URL as configured, without a look-up.
	 * @param baseUrl the base URL
	 * @throws IllegalArgumentException when it is refused, naming the settings that would
	 * allow it, or saying that none does
	 */
	public void check(BaseUrl baseUrl) {
		String host = baseUrl.host();
		checkSpecialName(host);
		List<String> reasons = new ArrayList<>();
		List<String> settings = new ArrayList<>();
		if (baseUrl.scheme().equals("http") && !this.allowInsecureHttp && !isLoopbackHost(host)) {
			reasons.add("it is plain http to another host than this one, and keys would travel unencrypted");
			settings.add("allow-insecure-http=true");
		}
		byte[] literal = IpLiteral.parse(host);
		AddressRange range = (literal != null) ? decide(host, literal) : null;
		if (range != null) {
			reasons.add("it is a private address (" + range.name() + ")");
			settings.add("allow-private-network=true");
		}
		if (!reasons.isEmpty()) {
			throw refused(host, String.join(" and ", reasons) + ": set " + String.join(" and ", settings)
					+ " if that is wanted" + ((range == null) ? ", or write https" : ""));
		}
	}

	/**
	 * Judge a host before it is looked up.
	 * @param host a name, or an address, an IPv6 address with or without brackets
	 * @return the address where the host is one, or {@code null} for a name that is to be
	 * looked up
	 * @throws IllegalArgumentException when it is refused or no host
	 */
	public @Nullable InetAddress checkHost(String host) {
		byte[] literal = IpLiteral.parse(host);
		if (literal == null) {
			checkSpecialName(UrlHost.canonical(host));
			return null;
		}
		requireAllowed(host, literal);
		return address(literal);
	}

	/**
	 * Judge an address that is about to be dialled.
	 * @param host the host it was found for, as configured
	 * @param address the address
	 * @throws IllegalArgumentException when it is refused, naming the setting that would
	 * allow it, or saying that none does
	 */
	public void checkResolved(String host, InetAddress address) {
		requireAllowed(host.toLowerCase(Locale.ROOT), address.getAddress());
	}

	private void requireAllowed(String host, byte[] address) {
		AddressRange range = decide(host, address);
		if (range != null) {
			throw refused(host, described(host, address) + " is a private address (" + range.name()
					+ "): set allow-private-network=true if that is wanted");
		}
	}

	/**
	 * Decide on an address.
	 * @return {@code null} where it is allowed, else the block that is missing
	 * {@code allow-private-network}
	 * @throws IllegalArgumentException when it is refused under every setting
	 */
	private @Nullable AddressRange decide(String host, byte[] address) {
		AddressRange range = AddressTable.rangeOf(address);
		if (host.equals(LOCALHOST) && range.kind() != Kind.LOOPBACK) {
			throw refused(host, "it must be this host, but stands for " + IpLiteral.format(address)
					+ ": write that address itself if it is meant");
		}
		if (range.kind() == Kind.EMBEDS_V4) {
			if (IpLiteral.parse(host) != null) {
				throw refused(host, "it is another spelling of an IPv4 address (" + range.name()
						+ "), which no setting allows: write the IPv4 address itself");
			}
			address = new byte[] { address[12], address[13], address[14], address[15] };
			range = AddressTable.rangeOf(address);
		}
		if (range.kind() == Kind.NEVER) {
			throw refused(host, described(host, address) + " is refused under every setting (" + range.name() + ")");
		}
		boolean loopback = range.kind() == Kind.LOOPBACK;
		if (loopback && !this.allowLoopback) {
			throw refused(host, described(host, address) + " is this host, which is turned off");
		}
		boolean asWritten = loopback && isLoopbackHost(host);
		return (range.kind() == Kind.PUBLIC || asWritten || this.allowPrivateNetwork) ? null : range;
	}

	private void checkSpecialName(String host) {
		if (AddressTable.isMetadataName(host)) {
			throw refused(host, "it is a name of a cloud's metadata service, which no setting allows");
		}
		if (host.equals(LOCALHOST) && !this.allowLoopback) {
			throw refused(host, "it is this host, which is turned off");
		}
	}

	private static boolean isLoopbackHost(String host) {
		byte[] literal = IpLiteral.parse(host);
		return (literal != null) ? LOOPBACK_ADDRESSES.contains(IpLiteral.format(literal)) : host.equals(LOCALHOST);
	}

	private static String described(String host, byte[] address) {
		return (IpLiteral.parse(host) != null) ? "it" : IpLiteral.format(address);
	}

	private static IllegalArgumentException refused(String host, String reason) {
		return new IllegalArgumentException("Refused for security: host " + host + ": " + reason);
	}

	private static InetAddress address(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("An address has 4 or 16 bytes", ex);
		}
	}

}
