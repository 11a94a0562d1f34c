package io.nexus3.provider.transport.address;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

import io.nexus3.provider.config.AddressPolicy;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.transport.address.RangeOracle.Range;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every special range is judged right at its edges and beyond them.
 */
class EndpointPolicyRangesTests {

	@TestFactory
	Stream<DynamicTest> judgesTheEdgesAndNeighboursOfEverySpecialRange() {
		JsonNode file = SuiteFiles.ranges();
		RangeOracle oracle = new RangeOracle(file);
		return file.path("ranges")
			.valueStream()
			.map((range) -> DynamicTest.dynamicTest(
					range.path("cidr").asString() + " " + range.path("class").asString(),
					() -> edges(range.path("cidr").asString()).forEach((address) -> judgeAlike(oracle, address))));
	}

	@TestFactory
	Stream<DynamicTest> refusesEveryMetadataAddressAndName() {
		JsonNode file = SuiteFiles.ranges();
		AddressPolicy open = new AddressPolicy(true, true);
		Stream<String> addresses = file.path("metadata_addresses")
			.valueStream()
			.map((metadata) -> metadata.path("address").asString())
			.map((address) -> address.contains(":") ? "[" + address + "]" : address);
		Stream<String> names = file.path("metadata_names").valueStream().map(JsonNode::asString);
		return Stream.concat(addresses, names)
			.map((host) -> DynamicTest.dynamicTest(host,
					() -> assertThat(refused(() -> open.check(BaseUrl.parse("https://" + host + "/")))).isTrue()));
	}

	private static Stream<byte[]> edges(String cidr) {
		if (cidr.startsWith("!")) {
			// Everything that is not global unicast and not listed.
			return Stream
				.of("200::/7", "400::/6", "800::/5", "1000::/4", "4000::/3", "6000::/3", "8000::/3", "a000::/3",
						"c000::/3", "e000::/4", "f000::/5", "f800::/6", "fe00::/9")
				.flatMap(EndpointPolicyRangesTests::edges);
		}
		Range range = Range.of(cidr, "");
		BigInteger end = BigInteger.ONE.shiftLeft(range.size());
		return Stream
			.of(range.first(), range.last(), range.middle(), range.first().subtract(BigInteger.ONE),
					range.last().add(BigInteger.ONE))
			.filter((value) -> value.signum() >= 0 && value.compareTo(end) < 0)
			.map((value) -> RangeOracle.bytes(value, range.size()));
	}

	private static void judgeAlike(RangeOracle oracle, byte[] address) {
		for (boolean allowPrivate : List.of(false, true)) {
			AddressPolicy policy = new AddressPolicy(true, allowPrivate);
			InetAddress resolved = inet(address);
			BaseUrl literal = BaseUrl.parse((address.length == 4) ? "https://" + resolved.getHostAddress()
					: "https://[" + resolved.getHostAddress() + "]");
			assertThat(!refused(() -> policy.checkResolved("llm.example", resolved)))
				.as("a name that leads to %s, private networks %s", resolved, allowPrivate)
				.isEqualTo(oracle.allowsResolved(address, allowPrivate));
			assertThat(!refused(() -> policy.check(literal))).as("%s, private networks %s", literal, allowPrivate)
				.isEqualTo(oracle.allowsLiteral(address, allowPrivate));
		}
	}

	private static boolean refused(Runnable check) {
		try {
			check.run();
			return false;
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageContaining("security");
			return true;
		}
	}

	private static InetAddress inet(byte[] address) {
		try {
			// The plain factory turns mapped addresses into IPv4.
			return (address.length == 16) ? Inet6Address.getByAddress(null, address, -1)
					: InetAddress.getByAddress(address);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
