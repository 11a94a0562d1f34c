package io.nexus3.provider.config;

import java.net.URI;
import java.util.Random;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link BaseUrl}: what is a base URL, whatever the policy thinks of it.
 */
class BaseUrlTests {

	@DisplayName("9: base URLs are parsed into parts")
	@ParameterizedTest(name = "9: {0}")
	@CsvSource({ "https://api.openai.com/v1, https, api.openai.com, -1, /v1",
			"https://internal.corp.com/api, https, internal.corp.com, -1, /api",
			"HTTPS://UPPERCASE.COM, https, uppercase.com, -1, ''",
			"http://localhost:11434/v1, http, localhost, 11434, /v1", "http://localhost/api, http, localhost, -1, /api",
			"http://127.0.0.1:8080, http, 127.0.0.1, 8080, ''", "HTTP://LOCALHOST:8000, http, localhost, 8000, ''",
			"http://[::1]:8080, http, [::1], 8080, ''" })
	void acceptsAndNormalises(String text, String scheme, String host, int port, String path) {
		assertThat(BaseUrl.parse(text)).isEqualTo(new BaseUrl(scheme, host, port, path));
	}

	@DisplayName("12: what is no base URL is refused with a text that helps")
	@ParameterizedTest(name = "12: \"{0}\" -> {1}")
	@CsvSource({ "'', empty", "'  ', empty", "api.openai.com/v1, write https://api.openai.com/v1",
			"api.openai.com/v1, scheme", "localhost:11434/v1, scheme",
			"localhost:11434/v1, write http://localhost:11434/v1",
			"localhost/sk-proj-0123456789abcdef, before the host", "gpu-box:8000, write https://gpu-box:8000",
			"[::1]:8080/v1, scheme", "//169.254.169.254/, scheme",
			"file:///etc/passwd, is not allowed: write http or https",
			"ftp://evil.com, is not allowed: write http or https", "jar:http://127.0.0.1!/, not allowed",
			"data:text/plain, not allowed", "mailto:a@b, not allowed", "https://, no host", "https:///v1, no host",
			"https://:8080/, no host", "https:169.254.169.254, two slashes",
			"http://localhost@evil.com, user information", "https://user:pass@api.openai.com/v1, user information",
			"https://:@api.openai.com/, user information", "https://foo@evil.com:80@google.com/, user information" })
	void refusesWithHelp(String text, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.parse(text)).withMessageContaining(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://h.example/v1?x=y", "https://h.example/#f", "https://h.example\\.evil.com/",
			"https://h.example/v 1", " https://h.example", "https://h.example\n", "https://h.example/\u0000",
			"\u0001https://h.example/", "https://h.example/\u007f", "https://straße.example/", "https://ⓛocalhost/",
			"https://h.example\u200b/", "https://１27.0.0.1/" })
	void refusesCharactersThatHaveNoPlace(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.parse(text))
			.withMessageContaining("The base URL");
	}

	@Test
	void saysThatInternationalNamesAreWrittenInPunycode() {
		assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.parse("https://straße.example/"))
			.withMessageContaining("punycode");
		assertThat(BaseUrl.parse("https://xn--strae-oqa.example/").host()).isEqualTo("xn--strae-oqa.example");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a,b.example", "a|b.example", "${LLM_HOST}", "*.openai.com", "h.example%40x",
			"%31.example", "h.example.", ".example", "a..b", "-a.example", "a-.example", "xn--", "a!b", "a'b", "a;b",
			"[h.example]" })
	void refusesHostsThatAreNoNames(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.parse("https://" + host + "/v1"))
			.withMessageContaining("host");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "2130706433", "127.1", "127.0.1", "0177.0.0.1", "0x7f.1", "0x7f000001", "0xA9FEA9FE",
			"127.0.0.0x1", "256.1.1.1", "1.2.3.4.5", "08.8.8.8", "127.0.0.01", "7147006462", "0x", "a.1", "1.2.3.4." })
	void refusesHostsThatLookLikeNumbersButAreNoDottedQuad(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.parse("https://" + host))
			.withMessageContaining("host");
	}

	@ParameterizedTest
	@ValueSource(strings = { "8.8.8.8", "0.0.0.0", "255.255.255.255", "127.0.0.1.nip.io", "1e3", "4chan.example",
			"my_service", "a--b.example", "vllm", "0x7f.example", "1.example" })
	void acceptsDottedQuadsAndNames(String host) {
		assertThat(BaseUrl.parse("https://" + host).host()).isEqualTo(host);
	}

	@Test
	void boundsTheLengthOfNames() {
		String label = "a".repeat(63);
		assertThat(BaseUrl.parse("https://" + label + ".example").host()).startsWith(label);
		assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.parse("https://a" + label + ".example"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> BaseUrl.parse("https://" + (label + ".").repeat(4) + "example"));
		assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.parse("https://h.example/" + "a".repeat(2048)));
	}

	@ParameterizedTest
	@CsvSource({ "[::1], [::1]", "[0:0:0:0:0:0:0:1], [::1]", "[0000::0001], [::1]",
			"[FD12:3456:789A::10], [fd12:3456:789a::10]", "[2001:0:0:1:0:0:0:1], [2001:0:0:1::1]",
			"[1:0:2:3:4:5:6:7], [1:0:2:3:4:5:6:7]", "[2606:4700:4700::1111], [2606:4700:4700::1111]", "[::], [::]",
			"[1::], [1::]", "[::ffff:8.8.8.8], [::ffff:808:808]", "[1:2:3:4:5:6:7::], [1:2:3:4:5:6:7:0]" })
	void writesIpv6AddressesInOneWay(String host, String canonical) {
		assertThat(BaseUrl.parse("https://" + host + ":8443/v1"))
			.isEqualTo(new BaseUrl("https", canonical, 8443, "/v1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[::1", "[::1]evil.com", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[v1.abc]", "[]", "[:]",
			"[:::]", "[1::2::3]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7:8::]", "[::ffff:999.1.1.1]",
			"[::12345]", "[::g]", "[1.2.3.4::]", "[::1.2.3]", "[1.2.3.4]", "[::1]]", "[[::1]]", "0000::1:80", "::1" })
	void refusesWhatIsNoIpv6Address(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.parse("https://" + host + "/"));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "0", "-1", "+443", "99999", "65536", "443:80", "4x", "0443", "000000443", "99999999999" })
	void refusesPortsThatAreNone(String port) {
		assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.parse("https://api.openai.com:" + port + "/v1"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 443, 65535 })
	void acceptsPorts(int port) {
		assertThat(BaseUrl.parse("https://api.openai.com:" + port).port()).isEqualTo(port);
		assertThat(BaseUrl.parse("https://[2606:4700::1]:" + port).port()).isEqualTo(port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/..", "/v1/../admin", "/.", "/./v1", "/%2e%2e/admin", "/%2E./x", "/..;/admin", "/..%3b/x",
			"/v1/%252e%252e/", "/v1%2fx", "/v1%5Cx", "/v1%3fx", "/v1%23x", "/v1%0d%0aHost:%20evil", "/%00", "/%7f",
			"/v1%zz", "/v1%", "/v1%4", "/%c0%ae%c0%ae/x", "/{path}", "/a|b", "/a\"b", "/<x>", "/a^b", "/[x]", "/a`b" })
	void refusesPathsThatAreNotSafeToAppendTo(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.parse("https://api.openai.com" + path))
			.withMessageContaining("path");
	}

	@ParameterizedTest
	@CsvSource({ "'', ''", "/, ''", "//, ''", "/v1/, /v1", "/v1///, /v1", "/a%20b/v1, /a%20b/v1",
			"/caf%C3%A9, /caf%C3%A9", "/...;x=1/~u/a@b:c, /...;x=1/~u/a@b:c", "/V1, /V1",
			"/.well-known, /.well-known" })
	void keepsThePathButTheSlashesAtItsEnd(String path, String expected) {
		assertThat(BaseUrl.parse("https://api.example.com" + path).path()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://sk-secret:sk-secret@api.openai.com/v1", "https://u:sk-secret/x@api.openai.com/",
			"u:sk-secret@api.openai.com", "sk-secret", "sk-secret:x", "//sk-secret@h.example",
			"https://h.example/v1?key=sk-secret", "h.example/v1?key=sk-secret", "https://sk-secret@[::1", "1:sk-secret",
			"ftp://u:sk-secret@h.example", "https:sk-secret@h.example", "https://h.example:sk-secret",
			"https://h.example/sk-secret/../", "0123456789abcdef.sk-secret", "sk-secret.4f0" })
	void neverRepeatsWhatMayBeASecret(String text) {
		Throwable refusal = catchThrowable(() -> BaseUrl.parse(text));
		assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
		assertThat(refusal.getMessage()).doesNotContain("sk-secret");
	}

	@Test
	void cannotBeMadeWrongFromParts() {
		assertThatIllegalArgumentException().isThrownBy(() -> new BaseUrl("ftp", "h.example", -1, ""));
		assertThatIllegalArgumentException().isThrownBy(() -> new BaseUrl("https", "a@b", -1, ""));
		assertThatIllegalArgumentException().isThrownBy(() -> new BaseUrl("https", "h.example", 0, ""));
		assertThatIllegalArgumentException().isThrownBy(() -> new BaseUrl("https", "h.example", -1, "v1"));
		assertThatIllegalArgumentException().isThrownBy(() -> new BaseUrl("https", "h.example", -1, "/\u00e9"));
		assertThat(new BaseUrl("HTTPS", "H.Example", -1, "/v1/")).hasToString("https://h.example/v1");
	}

	@Test
	void printsWhatParsesToTheSame() {
		for (String text : new String[] { "https://[::1]:8080/v1", "http://localhost",
				"https://h.example:443/a%20b" }) {
			assertThat(BaseUrl.parse(text)).hasToString(text);
			assertThat(BaseUrl.parse(BaseUrl.parse(text).toString())).isEqualTo(BaseUrl.parse(text));
		}
	}

	@Test
	void meansTheSameToTheJdkWhateverItAccepts() {
		String[] pieces = { "http", "https", "://", ":", "/", "//", "@", "\\", "?", "#", "[", "]", "[::1]", "%", "%2e",
				"%25", ".", "..", "a", "B", "1", "0x7f", "-", "_", "h.example", "127.0.0.1", "10.1", "443", ";", " ",
				"\t", "é", "{", "::", "fe80" };
		Random random = new Random(20260101);
		int accepted = 0;
		for (int i = 0; i < 200_000; i++) {
			StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : "https://");
			for (int n = random.nextInt(6); n >= 0; n--) {
				text.append(pieces[random.nextInt(pieces.length)]);
			}
			BaseUrl parsed;
			try {
				parsed = BaseUrl.parse(text.toString());
			}
			catch (IllegalArgumentException ex) {
				assertThat(ex).isExactlyInstanceOf(IllegalArgumentException.class)
					.hasMessageStartingWith("The base URL");
				continue;
			}
			accepted++;
			URI uri = URI.create(parsed.toString());
			assertThat(uri.getScheme()).isEqualTo(parsed.scheme());
			assertThat(uri.getRawPath()).isEqualTo(parsed.path());
			assertThat(uri.getRawUserInfo()).isNull();
			// The JDK knows no '_' in hosts and no part that starts with a digit at the
			// end.
			assertThat(uri.getRawAuthority())
				.isEqualTo(parsed.host() + ((parsed.port() != -1) ? ":" + parsed.port() : ""));
			if (uri.getHost() != null) {
				assertThat(uri.getPort()).isEqualTo(parsed.port());
				assertThat(uri.getHost()).isEqualTo(parsed.host());
			}
		}
		assertThat(accepted).isGreaterThan(1000);
	}

}
