package io.nexus3.provider.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link AddressPolicy}.
 */
class AddressPolicyTests {

	private static final AddressPolicy STRICT = new AddressPolicy(false, false);

	private static final AddressPolicy OPEN = new AddressPolicy(true, true);

	@DisplayName("9: these are accepted without a setting")
	@ParameterizedTest(name = "9: {0} is accepted")
	@ValueSource(strings = { "https://api.openai.com/v1", "https://internal.corp.com/api", "HTTPS://UPPERCASE.COM",
			"http://localhost:11434/v1", "http://localhost/api", "http://127.0.0.1:8080", "HTTP://LOCALHOST:8000",
			"http://[::1]:8080", "http://[0:0::1]:8080", "https://localhost", "https://8.8.8.8",
			"https://[2606:4700:4700::1111]" })
	void acceptsWithoutASetting(String url) {
		assertThatNoException().isThrownBy(() -> STRICT.check(BaseUrl.parse(url)));
	}

	@DisplayName("10: these are refused without a setting")
	@ParameterizedTest(name = "10: {0} is refused")
	@ValueSource(strings = { "http://internal.corp.com", "http://192.168.1.1:8080", "http://10.0.0.5",
			"http://172.16.0.1", "http://example.com", "http://metadata.google.internal", "http://169.254.169.254",
			"http://localhost.evil.com", "http://foo.localhost", "http://localhost.localdomain", "http://127.0.0.2",
			"http://8.8.8.8", "https://10.0.0.5", "https://127.0.0.2", "https://[fd12:3456:789a::10]" })
	void refusesWithoutASetting(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> STRICT.check(BaseUrl.parse(url)))
			.withMessageContaining("security");
	}

	@DisplayName("11: plain http, once allowed, goes to private networks too")
	@ParameterizedTest(name = "11: {0} is accepted with allow-insecure-http")
	@ValueSource(strings = { "http://internal.corp.com", "http://10.0.0.5", "http://gpu-server.internal:8000",
			"http://192.168.1.50:11434/v1", "http://100.101.102.103:8000/v1", "http://[fd12:3456:789a::10]:8000/v1",
			"http://127.0.0.2" })
	void acceptsPlainHttpWhereItIsAllowed(String url) {
		AddressPolicy policy = AddressPolicy.of(new ProviderConfig.Endpoint(null, null, null, true, null));
		assertThatNoException().isThrownBy(() -> policy.check(BaseUrl.parse(url)));
	}

	@DisplayName("11: metadata and link-local stay refused")
	@ParameterizedTest(name = "11: {0} is refused under every setting")
	@ValueSource(strings = { "169.254.169.254", "169.254.170.2", "169.254.0.23", "100.100.100.200", "168.63.129.16",
			"192.0.0.192", "[fd00:ec2::254]", "[fd00:ec2::23]", "[fd20:ce::254]", "[fd00:42::42]", "[fe80::1]",
			"0.0.0.0", "[::]", "224.0.0.1", "255.255.255.255", "[ff02::1]", "[2002:7f00:1::]", "[2001:db8::1]",
			"[::ffff:127.0.0.1]", "[::ffff:8.8.8.8]", "[64:ff9b::808:808]", "[::169.254.169.254]", "metadata",
			"metadata.google.internal", "Metadata.Google.Internal", "metadata.goog", "instance-data",
			"instance-data.ec2.internal", "metadata.azure.internal", "metadata.tencentyun.com",
			"api.metadata.cloud.ibm.com", "rancher-metadata" })
	void refusesUnderEverySetting(String host) {
		for (String scheme : new String[] { "http://", "https://" }) {
			BaseUrl url = BaseUrl.parse(scheme + host + "/latest/meta-data/");
			assertThatIllegalArgumentException().isThrownBy(() -> OPEN.check(url))
				.withMessageContaining("security")
				.withMessageMatching(".*(no setting|under every setting).*");
			assertThatIllegalArgumentException().isThrownBy(() -> OPEN.checkHost(url.host()))
				.withMessageContaining("security");
		}
	}

	@DisplayName("12: a host that only begins like localhost is another host")
	@Test
	void refusesWhatOnlyBeginsLikeLocalhost() {
		assertThatIllegalArgumentException().isThrownBy(() -> STRICT.check(BaseUrl.parse("http://localhost.evil.com")))
			.withMessageContaining("allow-insecure-http=true");
	}

	@ParameterizedTest
	@CsvSource({ "http://example.com, allow-insecure-http=true", "https://10.0.0.5, allow-private-network=true",
			"http://192.168.1.50:11434/v1, allow-insecure-http=true and allow-private-network=true" })
	void namesTheSettingsThatWouldAllowIt(String url, String settings) {
		assertThatIllegalArgumentException().isThrownBy(() -> STRICT.check(BaseUrl.parse(url)))
			.withMessageContaining("set " + settings);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "null",
			value = { "false, null, false", "true, null, true", "true, false, false", "false, true, true" })
	void letsPrivateNetworksFollowPlainHttpWhereUnset(boolean insecure, Boolean privateNetwork, boolean expected) {
		AddressPolicy policy = AddressPolicy
			.of(new ProviderConfig.Endpoint(null, null, null, insecure, privateNetwork));
		assertThat(policy).isEqualTo(new AddressPolicy(insecure, expected, true));
	}

	@Test
	void wantsBothSettingsForPlainHttpInAPrivateNetwork() {
		BaseUrl url = BaseUrl.parse("http://10.0.0.5/v1");
		assertThatIllegalArgumentException().isThrownBy(() -> new AddressPolicy(true, false).check(url));
		assertThatIllegalArgumentException().isThrownBy(() -> new AddressPolicy(false, true).check(url));
		assertThatNoException().isThrownBy(() -> OPEN.check(url));
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1", "[::1]", "127.9.9.9" })
	void canTurnThisHostOff(String host) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> OPEN.withoutLoopback().check(BaseUrl.parse("http://" + host)))
			.withMessageContaining("turned off");
	}

	@ParameterizedTest
	@CsvSource({ "8.8.8.8, true, true", "10.0.0.9, false, true", "127.0.0.1, false, true",
			"0:0:0:0:0:0:0:1, false, true", "169.254.169.254, false, false", "168.63.129.16, false, false",
			"64:ff9b::6812:7c0, true, true", "64:ff9b::a00:1, false, true", "64:ff9b::a9fe:a9fe, false, false",
			"fe80::1, false, false", "0.0.0.0, false, false" })
	void judgesWhatANameResolvesTo(String address, boolean strict, boolean open) throws UnknownHostException {
		InetAddress resolved = InetAddress.getByName(address);
		assertThat(passes(STRICT, "llm.example", resolved)).isEqualTo(strict);
		assertThat(passes(OPEN, "llm.example", resolved)).isEqualTo(open);
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, true", "127.0.1.1, true", "::1, true", "10.0.0.1, false", "8.8.8.8, false",
			"64:ff9b::7f00:1, false", "169.254.169.254, false" })
	void wantsLocalhostToBeThisHost(String address, boolean allowed) throws UnknownHostException {
		InetAddress resolved = InetAddress.getByName(address);
		assertThat(passes(OPEN, "localhost", resolved)).isEqualTo(allowed);
		assertThat(passes(STRICT, "LOCALHOST", resolved)).isEqualTo(allowed);
	}

	@Test
	void tellsLiteralsFromNamesBeforeALookUp() throws UnknownHostException {
		assertThat(STRICT.checkHost("8.8.8.8")).isEqualTo(InetAddress.getByName("8.8.8.8"));
		assertThat(STRICT.checkHost("::1")).isEqualTo(InetAddress.getByName("::1"));
		assertThat(STRICT.checkHost("[::1]")).isEqualTo(InetAddress.getByName("::1"));
		assertThat(STRICT.checkHost("llm.example")).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> OPEN.checkHost("2130706433"));
		assertThatIllegalArgumentException().isThrownBy(() -> OPEN.checkHost("fe80::1%eth0"));
	}

	private static boolean passes(AddressPolicy policy, String host, InetAddress address) {
		try {
			policy.checkResolved(host, address);
			return true;
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageContaining("security").hasMessageContaining("host " + host.toLowerCase());
			return false;
		}
	}

}
