package io.nexus3.provider.autoconfigure;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import io.nexus3.provider.config.TlsSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Makes core's TLS settings of an SSL bundle. The bundle's authorities are trusted
 * besides the system's, not in their place: a provider behind a company's proxy today may
 * be reached directly tomorrow.
 */
final class SslSettings {

	private final @Nullable SslBundles bundles;

	private final @Nullable SslBundle general;

	private final Problems problems;

	/**
	 * Settings.
	 * @param bundles where bundles are looked up, or {@code null} where there are none
	 * @param general the bundle of providers that name none, or {@code null}
	 * @param problems takes the mistakes
	 */
	SslSettings(@Nullable SslBundles bundles, @Nullable SslBundle general, Problems problems) {
		this.bundles = bundles;
		this.general = general;
		this.problems = problems;
	}

	TlsSettings tls(String prefix, ProviderProperties.Ssl properties) {
		TlsSettings tls = bundle(prefix, properties);
		boolean verify = !Boolean.FALSE.equals(properties.verify());
		return new TlsSettings(tls.trust(), tls.key(), verify);
	}

	private TlsSettings bundle(String prefix, ProviderProperties.Ssl properties) {
		String name = properties.bundle();
		if (name == null || name.isBlank()) {
			return general();
		}
		String property = prefix + ".ssl.bundle";
		try {
			if (this.bundles == null) {
				throw new NoSuchSslBundleException(name, "There are no SSL bundles");
			}
			return tls(this.bundles.getBundle(name));
		}
		catch (NoSuchSslBundleException ex) {
			List<String> names = (this.bundles != null) ? this.bundles.getBundleNames() : List.of();
			this.problems.add(property, "Unknown SSL bundle '" + name + "'",
					(names.isEmpty() ? "Configure" : "Write one of " + names + ", or configure")
							+ " spring.ssl.bundle.jks." + name + " or spring.ssl.bundle.pem." + name);
		}
		catch (GeneralSecurityException | RuntimeException ex) {
			this.problems.add(property, "SSL bundle '" + name + "' cannot be read: " + rootMessage(ex),
					"Mend the bundle below spring.ssl.bundle");
		}
		return TlsSettings.defaults();
	}

	private TlsSettings general() {
		try {
			return (this.general != null) ? tls(this.general) : TlsSettings.defaults();
		}
		catch (GeneralSecurityException | RuntimeException ex) {
			this.problems.add("spring.http.clients.ssl.bundle", "The SSL bundle cannot be read: " + rootMessage(ex),
					"Mend the bundle below spring.ssl.bundle");
			return TlsSettings.defaults();
		}
	}

	private static TlsSettings tls(SslBundle bundle) throws GeneralSecurityException {
		TrustManagerFactory trust = bundle.getManagers().getTrustManagerFactory();
		if (bundle.getStores().getTrustStore() != null) {
			trust = withSystem(trust);
		}
		KeyManagerFactory key = (bundle.getStores().getKeyStore() != null) ? bundle.getManagers().getKeyManagerFactory()
				: null;
		return new TlsSettings(trust, key, true);
	}

	/**
	 * One factory with the authorities of both. A single set of authorities, rather than
	 * one trust manager that asks two, leaves all checks to the JDK, host names among
	 * them.
	 */
	private static TrustManagerFactory withSystem(TrustManagerFactory added) throws GeneralSecurityException {
		String algorithm = TrustManagerFactory.getDefaultAlgorithm();
		TrustManagerFactory system = TrustManagerFactory.getInstance(algorithm);
		system.init((KeyStore) null);
		KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
		loadEmpty(all);
		addAuthorities(all, "system", system);
		addAuthorities(all, "added", added);
		TrustManagerFactory both = TrustManagerFactory.getInstance(algorithm);
		both.init(all);
		return both;
	}

	private static void loadEmpty(KeyStore store) throws GeneralSecurityException {
		try {
			store.load(null, null);
		}
		catch (IOException ex) {
			throw new IllegalStateException("A key store that is not read cannot fail to be read", ex);
		}
	}

	private static void addAuthorities(KeyStore store, String alias, TrustManagerFactory factory)
			throws GeneralSecurityException {
		int number = 0;
		for (TrustManager manager : factory.getTrustManagers()) {
			if (manager instanceof X509TrustManager x509) {
				for (X509Certificate authority : x509.getAcceptedIssuers()) {
					store.setCertificateEntry(alias + number++, authority);
				}
			}
		}
	}

	private static @Nullable String rootMessage(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root.getMessage();
	}

}
