package io.nexus3.provider.test.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * A certificate authority of a test's own, and servers that identify themselves by it,
 * rightly or wrongly. Keys and certificates are made at run time and are never written to
 * disk. Safe for use by any thread.
 *
 * @since 0.1.0
 */
public final class TestCertificates {

	private static final Duration DAY = Duration.ofDays(1);

	private final X509Bundle authority;

	private TestCertificates(X509Bundle authority) {
		this.authority = authority;
	}

	/**
	 * Makes a new authority, which nobody trusts so far.
	 * @return the authority
	 */
	public static TestCertificates create() {
		return new TestCertificates(
				build((builder) -> lasting(builder.subject("CN=Test authority"), -1, 1).setIsCertificateAuthority(true)
					.setKeyUsage(true, CertificateBuilder.KeyUsage.keyCertSign, CertificateBuilder.KeyUsage.cRLSign)
					.buildSelfSigned()));
	}

	/**
	 * Returns what a client needs to trust this authority.
	 * @return a factory whose managers trust this authority and no other
	 */
	public TrustManagerFactory trust() {
		return this.authority.toTrustManagerFactory();
	}

	/**
	 * Returns the authority's certificate.
	 * @return the certificate, for a trust store
	 */
	public X509Certificate authority() {
		return this.authority.getCertificate();
	}

	/**
	 * A server whose certificate is right in every respect, for {@code localhost},
	 * {@code 127.0.0.1} and {@code ::1}.
	 * @return how to speak TLS
	 */
	public ServerTls valid() {
		return issued(lasting(local(), -1, 1));
	}

	/**
	 * A server whose certificate ran out yesterday.
	 * @return how to speak TLS
	 */
	public ServerTls expired() {
		return issued(lasting(local(), -2, -1));
	}

	/**
	 * A server whose certificate will be valid from tomorrow.
	 * @return how to speak TLS
	 */
	public ServerTls notYetValid() {
		return issued(lasting(local(), 1, 2));
	}

	/**
	 * A server whose certificate is for {@code other.test} only.
	 * @return how to speak TLS
	 */
	public ServerTls wrongHost() {
		return issued(lasting(new CertificateBuilder().subject("CN=other.test").addSanDnsName("other.test"), -1, 1));
	}

	/**
	 * A server whose certificate is signed by its own key, not by this authority.
	 * @return how to speak TLS
	 */
	public ServerTls selfSigned() {
		return tls(build((builder) -> lasting(local(), -1, 1).setIsCertificateAuthority(true).buildSelfSigned()));
	}

	private ServerTls issued(CertificateBuilder certificate) {
		return tls(build((builder) -> certificate.buildIssuedBy(this.authority)));
	}

	private static CertificateBuilder local() {
		return new CertificateBuilder().subject("CN=localhost")
			.addSanDnsName("localhost")
			.addSanIpAddress("127.0.0.1")
			.addSanIpAddress("::1")
			.addExtendedKeyUsageServerAuth();
	}

	private static CertificateBuilder lasting(CertificateBuilder certificate, int fromDay, int toDay) {
		Instant now = Instant.now();
		return certificate.notBefore(now.plus(DAY.multipliedBy(fromDay))).notAfter(now.plus(DAY.multipliedBy(toDay)));
	}

	private static X509Bundle build(Building building) {
		try {
			return building.build(new CertificateBuilder());
		}
		catch (Exception ex) {
			throw new IllegalStateException("The JDK cannot make a test certificate", ex);
		}
	}

	private static ServerTls tls(X509Bundle identity) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(identity.toKeyManagerFactory().getKeyManagers(), null, null);
			return new ServerTls(context, List.of());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The JDK cannot use a test certificate", ex);
		}
	}

	@FunctionalInterface
	private interface Building {

		X509Bundle build(CertificateBuilder builder) throws Exception;

	}

}
