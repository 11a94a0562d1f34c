package io.nexus3.provider.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.actuate.Nexus3Endpoint;
import io.nexus3.provider.actuate.ProviderRefresh;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.ExpiringKey;
import io.nexus3.provider.config.InvalidConfigurationException;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where keys come from, and how they change. The server answers with the key it got.
 */
class Nexus3CredentialTests {

	private static final Duration WAIT = Duration.ofSeconds(30);

	private static final int STREAMS = 50;

	private final Gate gate = new Gate();

	@TempDir
	private Path directory;

	private ScriptedServer server;

	private ApplicationContextRunner runner;

	@BeforeEach
	void start() {
		this.server = ScriptedServer.start(this::answer);
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, WebClientAutoConfiguration.class,
					Nexus3AutoConfiguration.class))
			.withPropertyValues("nexus3.providers.box.type=openai",
					"nexus3.providers.box.base-url=" + this.server.baseUrl() + "/v1",
					"nexus3.providers.box.retry.max-retries=0", "nexus3.models.fast.model-id=m");
	}

	@AfterEach
	void stop() {
		this.gate.open();
		this.server.close();
	}

	private ScriptedResponse answer(ReceivedRequest request) {
		String key = String.valueOf(request.header("Authorization")).replace("Bearer ", "");
		return request.bodyText().contains("\"stream\":true") ? WireAnswers.openAiWaiting(key, this.gate)
				: WireAnswers.openAi(key);
	}

	private static String keyOfACall(AsyncProvider provider) {
		return provider.complete("Hi").block(WAIT).text();
	}

	private static List<CompletableFuture<StreamEvent>> running(AsyncProvider provider) throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(STREAMS);
		List<CompletableFuture<StreamEvent>> streams = new ArrayList<>();
		for (int i = 0; i < STREAMS; i++) {
			streams.add(provider.stream("Hi").doOnNext((event) -> {
				if (event instanceof ContentDelta) {
					begun.countDown();
				}
			}).last().toFuture());
		}
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		return streams;
	}

	private void assertAllEndWith(List<CompletableFuture<StreamEvent>> streams, String key) throws Exception {
		this.gate.open();
		for (CompletableFuture<StreamEvent> stream : streams) {
			assertThat(stream.get(30, TimeUnit.SECONDS)).isInstanceOfSatisfying(StreamComplete.class,
					(end) -> assertThat(end.message().text()).isEqualTo(key));
		}
	}

	@Test
	@DisplayName("7: a key replaced on disk while 50 streams run breaks none, and the next call uses the new one")
	void aKeyIsReplacedOnDisk() throws Exception {
		Path file = Files.writeString(this.directory.resolve("key"), "sk-old\n");
		this.runner.withPropertyValues("nexus3.providers.box.api-key-file=" + file).run((context) -> {
			AsyncProvider provider = context.getBean(ProviderRegistry.class).getForModel("fast");
			List<CompletableFuture<StreamEvent>> streams = running(provider);
			Files.writeString(file, "sk-new\n");
			assertThat(keyOfACall(provider)).isEqualTo("sk-new");
			assertAllEndWith(streams, "sk-old");
		});
	}

	@Test
	@DisplayName("7: a key replaced through the endpoint while 50 streams run breaks none, and the next call uses the new one")
	void aKeyIsReplacedThroughTheEndpoint() {
		this.runner.withConfiguration(AutoConfigurations.of(Nexus3EndpointAutoConfiguration.class))
			.withSystemProperties("nexus3.test.key=sk-old")
			.withPropertyValues("nexus3.providers.box.api-key=${nexus3.test.key}",
					"management.endpoints.web.exposure.include=nexus3")
			.run((context) -> {
				AsyncProvider provider = context.getBean(ProviderRegistry.class).getForModel("fast");
				List<CompletableFuture<StreamEvent>> streams = running(provider);
				System.setProperty("nexus3.test.key", "sk-new");
				assertThat(context.getBean(Nexus3Endpoint.class).refresh("box")).isNotNull();
				assertThat(keyOfACall(provider)).isEqualTo("sk-new");
				assertAllEndWith(streams, "sk-old");
			});
	}

	@Test
	void aRefreshOfAnUnknownProviderDoesNothing() {
		this.runner.withPropertyValues("nexus3.providers.box.api-key=sk-old")
			.run((context) -> assertThat(context.getBean(ProviderRefresh.class).refresh("other")).isFalse());
	}

	@Test
	void aCredentialOfTheApplicationTakesThePlaceOfTheKey() {
		this.runner.withPropertyValues("nexus3.providers.box.api-key=sk-property")
			.withBean(ProviderCredential.class,
					() -> new ProviderCredential("box", CredentialSource.of(ApiKey.of("sk-vault"))))
			.run((context) -> {
				AsyncProvider provider = context.getBean(ProviderRegistry.class).getForModel("fast");
				assertThat(keyOfACall(provider)).isEqualTo("sk-vault");
				context.getBean(ProviderRefresh.class).refresh("box");
				assertThat(keyOfACall(provider)).isEqualTo("sk-vault");
			});
	}

	@Test
	void aTokenIsFetchedOnceAndKept() {
		AtomicInteger fetched = new AtomicInteger();
		Mono<ExpiringKey> issuer = Mono
			.fromSupplier(() -> new ExpiringKey(ApiKey.of("token-" + fetched.incrementAndGet()), null));
		this.runner
			.withBean(ProviderCredential.class,
					() -> new ProviderCredential("box", CredentialSource.token("Microsoft Entra ID", issuer)))
			.run((context) -> {
				AsyncProvider provider = context.getBean(ProviderRegistry.class).getForModel("fast");
				assertThat(keyOfACall(provider)).isEqualTo("token-1");
				assertThat(keyOfACall(provider)).isEqualTo("token-1");
			});
	}

	@Test
	void aCredentialForAnUnknownProviderIsAMistake() {
		this.runner
			.withBean(ProviderCredential.class,
					() -> new ProviderCredential("bx", CredentialSource.of(ApiKey.of("sk-vault"))))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationException.class)
				.hasMessageContaining("names the provider 'bx'"));
	}

	@Test
	void aKeyAndAFileExcludeEachOther() {
		this.runner.withPropertyValues("nexus3.providers.box.api-key=sk-secret", "nexus3.providers.box.api-key-file=/k")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationException.class)
				.hasMessageContaining("nexus3.providers.box.api-key-file")
				.hasMessageNotContaining("sk-secret"));
	}

	@Test
	void aCredentialPrintsNoKey() {
		assertThat(new ProviderCredential("box", CredentialSource.of(ApiKey.of("sk-vault"))))
			.hasToString("ProviderCredential[provider=box]");
	}

}
