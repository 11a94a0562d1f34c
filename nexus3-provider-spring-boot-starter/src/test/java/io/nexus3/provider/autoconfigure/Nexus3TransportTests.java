package io.nexus3.provider.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.net.ssl.X509TrustManager;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.transport.HttpTransports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * How connections are made: what the application may change, and what it may not.
 */
class Nexus3TransportTests {

	private static final Duration WAIT = Duration.ofSeconds(30);

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
				WebClientAutoConfiguration.class, Nexus3AutoConfiguration.class));

	private ScriptedServer server;

	private ApplicationContextRunner runner;

	@BeforeEach
	void start() {
		this.server = ScriptedServer.start((request) -> WireAnswers.openAi("direct"));
		this.runner = this.bare.withPropertyValues("nexus3.providers.box.type=openai",
				"nexus3.providers.box.api-key=sk-test", "nexus3.providers.box.retry.max-retries=0",
				"nexus3.providers.box.base-url=" + this.server.baseUrl() + "/v1", "nexus3.models.fast.model-id=m");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private static String call(AsyncProvider provider) {
		return provider.complete("Hi").block(WAIT).text();
	}

	private static ProviderException failure(AsyncProvider provider) {
		return catchThrowableOfType(ProviderException.class, () -> call(provider));
	}

	@Test
	void customizersKnowWhichProviderTheyChange() {
		this.runner
			.withBean(ProviderWebClientCustomizer.class,
					() -> (provider, builder) -> builder.defaultHeader("X-Provider", provider))
			.run((context) -> {
				call(context.getBean(ProviderRegistry.class).getForModel("fast"));
				assertThat(this.server.requests()).extracting((request) -> request.header("X-Provider"))
					.containsExactly("box");
			});
	}

	@Test
	void theTransportsOfTheApplicationWin() {
		HttpTransports own = new HttpTransports();
		this.runner.withBean(HttpTransports.class, () -> own)
			.run((context) -> assertThat(context).getBean(HttpTransports.class).isSameAs(own));
	}

	@Test
	void theAddressFilterOfTheApplicationIsHonouredBesidesThePolicy() {
		this.runner.withBean(InetAddressFilter.class, InetAddressFilter::externalAddresses).run((context) -> {
			ProviderException refused = failure(context.getBean(ProviderRegistry.class).getForModel("fast"));
			assertThat(refused.kind()).isEqualTo(ErrorKind.ADDRESS_REFUSED);
			assertThat(refused).hasMessageContaining("address filter");
			assertThat(this.server.requests()).isEmpty();
		});
	}

	@Test
	void anAddressFilterThatFailsLetsNothingThrough() {
		this.runner.withBean(InetAddressFilter.class, () -> (address) -> {
			throw new IllegalStateException("broken");
		}).run((context) -> {
			assertThat(failure(context.getBean(ProviderRegistry.class).getForModel("fast"))).isNotNull();
			assertThat(this.server.requests()).isEmpty();
		});
	}

	@Test
	void anAddressFilterThatAllowsAllDoesNotUndoThePolicy() {
		this.runner.withBean(InetAddressFilter.class, InetAddressFilter::all)
			.withPropertyValues("nexus3.providers.box.base-url=https://169.254.169.254/v1")
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void aProviderGoesThroughItsProxyAndOthersDoNot() {
		List<ReceivedRequest> seen = new ArrayList<>();
		try (ScriptedServer proxy = ScriptedServer.start((request) -> {
			seen.add(request);
			return WireAnswers.error(502, "the proxy was asked");
		})) {
			this.runner
				.withPropertyValues("nexus3.providers.box.proxy.host=localhost",
						"nexus3.providers.box.proxy.port=" + proxy.port(), "nexus3.providers.plain.type=openai",
						"nexus3.providers.plain.api-key=sk-test", "nexus3.models.fast.provider=box",
						"nexus3.providers.plain.base-url=" + this.server.baseUrl() + "/v1")
				.run((context) -> {
					ProviderRegistry registry = context.getBean(ProviderRegistry.class);
					assertThat(failure(registry.getForModel("fast"))).isNotNull();
					assertThat(proxy.requests()).isNotEmpty();
					assertThat(this.server.requests()).isEmpty();
					assertThat(call(registry.get("plain", "m"))).isEqualTo("direct");
				});
		}
	}

	@Test
	void theConnectTimeoutOfAllClientsHoldsWhereAProviderSaysNone() {
		this.runner
			.withPropertyValues("spring.http.clients.connect-timeout=3s", "spring.http.clients.read-timeout=1s",
					"spring.http.clients.redirects=follow", "nexus3.providers.other.type=ollama",
					"nexus3.models.fast.provider=box", "nexus3.providers.other.timeouts.connect=7s")
			.run((context) -> {
				ProvidersConfig config = context.getBean(ProvidersConfig.class);
				assertThat(config.providers().get("box").calls().timeouts().connect()).hasSeconds(3);
				assertThat(config.providers().get("box").calls().timeouts().idle()).hasSeconds(60);
				assertThat(config.providers().get("other").calls().timeouts().connect()).hasSeconds(7);
			});
	}

	@Test
	void theSslBundleOfAllClientsHoldsWhereAProviderNamesNone() {
		this.runner
			.withPropertyValues("spring.http.clients.ssl.bundle=corp",
					"spring.ssl.bundle.pem.corp.truststore.certificate=classpath:ssl/server.crt")
			.run((context) -> assertThat(
					context.getBean(ProvidersConfig.class).providers().get("box").connections().tls().trust())
				.isNotNull());
	}

	private static List<String> trusted(ProviderRegistry registry) {
		X509TrustManager manager = (X509TrustManager) registry.provider("box")
			.config()
			.connections()
			.tls()
			.trust()
			.getTrustManagers()[0];
		return Arrays.stream(manager.getAcceptedIssuers())
			.map((issuer) -> issuer.getSubjectX500Principal().getName())
			.toList();
	}

	@Test
	void aReloadedSslBundleIsTakenOver() {
		this.runner.withPropertyValues("nexus3.providers.box.ssl.bundle=corp")
			.withBean("sslBundleRegistry", DefaultSslBundleRegistry.class,
					() -> new DefaultSslBundleRegistry("corp", SslBundle.of(SslStoreBundle.NONE)))
			.run((context) -> {
				ProviderRegistry registry = context.getBean(ProviderRegistry.class);
				AsyncProvider provider = registry.getForModel("fast");
				assertThat(call(provider)).isEqualTo("direct");
				assertThat(trusted(registry)).doesNotContain("CN=localhost,O=nexus3 tests");
				SslStoreBundle stores = new PemSslStoreBundle(null,
						PemSslStoreDetails.forCertificate("classpath:ssl/server.crt"));
				context.getBean(DefaultSslBundleRegistry.class).updateBundle("corp", SslBundle.of(stores));
				assertThat(trusted(registry)).contains("CN=localhost,O=nexus3 tests");
				assertThat(call(provider)).isEqualTo("direct");
			});
	}

}
