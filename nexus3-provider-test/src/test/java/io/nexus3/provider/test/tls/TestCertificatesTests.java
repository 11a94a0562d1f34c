package io.nexus3.provider.test.tls;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class TestCertificatesTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private final TestCertificates certificates = TestCertificates.create();

	private String get(String url) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, this.certificates.trust().getTrustManagers(), null);
		HttpClient client = HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1).build();
		return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	private String get(ServerTls tls) throws Exception {
		try (RawServer server = RawServer.start(RawScript.start().startTls(tls).readRequest().write(OK))) {
			return get(server.secureUrl() + "/");
		}
	}

	private void refused(ServerTls tls, String words) {
		assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> get(tls))
			.withStackTraceContaining(words);
	}

	@Test
	void aValidCertificateIsTaken() throws Exception {
		assertThat(get(this.certificates.valid())).isEqualTo("ok");
	}

	@Test
	void anExpiredCertificateIsRefused() {
		refused(this.certificates.expired(), "NotAfter");
	}

	@Test
	void aCertificateOfTomorrowIsRefused() {
		refused(this.certificates.notYetValid(), "NotBefore");
	}

	@Test
	void aCertificateOfAnotherHostIsRefused() {
		refused(this.certificates.wrongHost(), "localhost");
	}

	@Test
	void aSelfSignedCertificateIsRefused() {
		refused(this.certificates.selfSigned(), "unable to find valid certification path");
	}

	@Test
	void anotherAuthorityIsNotTrusted() {
		refused(TestCertificates.create().valid(), "PKIX");
	}

	@Test
	void aServerMayTakeOneProtocolOnly() throws Exception {
		ServerTls old = this.certificates.valid().withProtocols("TLSv1.2");
		assertThat(old.newEngine().getEnabledProtocols()).containsExactly("TLSv1.2");
		assertThat(get(old)).isEqualTo("ok");
	}

	@Test
	void aServerOfTls11IsRefused() throws Exception {
		try (RawServer server = RawServer.start(RawScript.start().selectTls11())) {
			assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> get(server.secureUrl() + "/"))
				.withStackTraceContaining("TLS11");
			server.connections().get(0).ended().get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void theScriptedServerSpeaksTls() throws Exception {
		try (ScriptedServer server = ScriptedServer.startTls(this.certificates.valid(),
				(request) -> ScriptedResponse.json(200, request.uri()))) {
			assertThat(List.of(get(server.baseUrl() + "/a"), get("https://localhost:" + server.port() + "/b")))
				.containsExactly("/a", "/b");
		}
	}

}
