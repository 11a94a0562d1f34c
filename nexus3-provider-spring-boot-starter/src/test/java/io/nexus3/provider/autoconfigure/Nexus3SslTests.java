package io.nexus3.provider.autoconfigure;

import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;

import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.config.TlsSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class Nexus3SslTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, Nexus3AutoConfiguration.class))
		.withPropertyValues("nexus3.providers.openai.ssl.bundle=corp");

	private static TlsSettings tls(ProvidersConfig config) {
		return config.providers().get("openai").connections().tls();
	}

	private static List<String> authorities(TrustManagerFactory factory) {
		X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
		return Arrays.stream(manager.getAcceptedIssuers())
			.map((issuer) -> issuer.getSubjectX500Principal().getName())
			.toList();
	}

	private static List<String> systemAuthorities() throws Exception {
		TrustManagerFactory system = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		system.init((KeyStore) null);
		return authorities(system);
	}

	@Test
	@DisplayName("6: authorities of an SSL bundle are added to the system's")
	void theAuthoritiesOfABundleAreAddedToTheSystems() {
		this.runner.withPropertyValues("spring.ssl.bundle.pem.corp.truststore.certificate=classpath:ssl/server.crt")
			.run((context) -> {
				TlsSettings tls = tls(context.getBean(ProvidersConfig.class));
				assertThat(tls.verify()).isTrue();
				assertThat(tls.key()).isNull();
				assertThat(authorities(tls.trust())).contains("CN=localhost,O=nexus3 tests")
					.containsAll(systemAuthorities());
			});
	}

	@Test
	@DisplayName("6: the key of an SSL bundle identifies the application, and the system's authorities stay")
	void theKeyOfABundleIsUsed() {
		this.runner
			.withPropertyValues("spring.ssl.bundle.jks.corp.keystore.location=classpath:ssl/server.p12",
					"spring.ssl.bundle.jks.corp.keystore.password=changeit")
			.run((context) -> {
				TlsSettings tls = tls(context.getBean(ProvidersConfig.class));
				assertThat(tls.key()).isNotNull();
				assertThat(authorities(tls.trust())).hasSameElementsAs(systemAuthorities());
			});
	}

	@Test
	void certificatesAreNotVerifiedWhenThatIsSwitchedOff() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(Nexus3AutoConfiguration.class))
			.withPropertyValues("nexus3.providers.openai.ssl.verify=false")
			.run((context) -> assertThat(tls(context.getBean(ProvidersConfig.class)).verify()).isFalse());
	}

}
