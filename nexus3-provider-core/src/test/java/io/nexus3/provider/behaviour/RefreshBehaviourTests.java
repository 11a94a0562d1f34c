package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.InvalidConfigurationException;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.transport.HttpTransports;
import io.nexus3.provider.wire.PoolListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RefreshBehaviourTests {

	private static final int STREAMS = 50;

	private final Gate gate = new Gate();

	private final CompletableFuture<Void> poolClosed = new CompletableFuture<>();

	private ScriptedServer server;

	private ProviderRegistry registry;

	@BeforeEach
	void start() {
		this.server = ScriptedServer.start(this::answer);
		this.registry = ProviderRegistry
			.builder(ProvidersConfig.of(List.of(config()), List.of(ModelConfig.of("alias", "test", "gpt")), null))
			.transports(new HttpTransports().withPoolListeners(List.of(new PoolListener() {

				@Override
				public void poolOpened(ConnectionPool pool) {
				}

				@Override
				public void poolClosed(ConnectionPool pool) {
					RefreshBehaviourTests.this.poolClosed.complete(null);
				}

			})))
			.build();
	}

	@AfterEach
	void stop() {
		this.gate.open();
		this.registry.close();
		this.server.close();
	}

	private ProviderConfig config() {
		return Scene.provider("openai", this.server.baseUrl()).withRetry(Scene.retries(0));
	}

	/** The old key's streams wait at the gate; the answer is the key. */
	private ScriptedResponse answer(ReceivedRequest request) {
		if (request.method().equals("GET")) {
			return ScriptedResponse.json(200, "{\"data\":[]}");
		}
		String key = String.valueOf(request.header("Authorization")).replace("Bearer ", "");
		if (!request.bodyText().contains("\"stream\":true")) {
			return ServedAnswers.json(key);
		}
		return ScriptedResponse.sse()
			.thenWrite(ServedAnswers.delta(key))
			.thenAwait(this.gate)
			.thenWrite(ServedAnswers.stop() + ServedAnswers.DONE);
	}

	private List<CompletableFuture<String>> running(AsyncProvider provider, int number) throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(number);
		List<CompletableFuture<String>> texts = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			texts.add(provider.stream("Hi").doOnNext((event) -> {
				if (event instanceof ContentDelta) {
					begun.countDown();
				}
			}).collectList().map(Scene::text).toFuture());
		}
		assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
		return texts;
	}

	@Test
	@DisplayName("7: a key replaced while 50 streams run breaks none, and the next call uses the new one")
	void refreshesUnderRunningStreams() throws Exception {
		AsyncProvider provider = this.registry.getForModel("alias");
		List<CompletableFuture<String>> streams = running(provider, STREAMS);
		this.registry.refresh(config().withApiKey("sk-new"));
		assertThat(provider.complete("Hi").block(Scene.WATCHDOG).text()).isEqualTo("sk-new");
		assertThat(this.poolClosed).isNotDone();
		this.gate.open();
		for (CompletableFuture<String> stream : streams) {
			assertThat(stream.get(20, TimeUnit.SECONDS)).isEqualTo(Scene.KEY);
		}
		this.poolClosed.get(20, TimeUnit.SECONDS);
		assertThat(provider.complete("Hi").block(Scene.WATCHDOG).text()).isEqualTo("sk-new");
	}

	@Test
	void theNextCallGoesToTheNewAddress() {
		AsyncProvider provider = this.registry.getForModel("alias");
		provider.complete("Hi").block(Scene.WATCHDOG);
		try (ScriptedServer other = ScriptedServer.start((request) -> ServedAnswers.json("elsewhere"))) {
			this.registry.refresh(config().withBaseUrl(other.baseUrl() + "/v1"));
			assertThat(provider.complete("Hi").block(Scene.WATCHDOG).text()).isEqualTo("elsewhere");
			assertThat(this.registry.getForModel("alias")).isSameAs(provider);
			assertThat(this.registry.provider("test").endpoint().baseUrl().port()).isEqualTo(other.port());
			assertThat(this.registry.config().providers().get("test").endpoint().baseUrl().port())
				.isEqualTo(other.port());
		}
	}

	@Test
	void connectionsWithoutCallsCloseAtOnce() throws Exception {
		AsyncProvider provider = this.registry.getForModel("alias");
		provider.complete("Hi").block(Scene.WATCHDOG);
		this.registry.refresh(config());
		this.poolClosed.get(20, TimeUnit.SECONDS);
		assertThat(provider.complete("Hi").block(Scene.WATCHDOG).text()).isEqualTo(Scene.KEY);
	}

	@Test
	void aCallThatIsCancelledLetsTheOldConnectionsClose() throws Exception {
		List<CompletableFuture<String>> streams = running(this.registry.getForModel("alias"), 2);
		this.registry.refresh(config());
		streams.get(0).cancel(true);
		assertThat(this.poolClosed).isNotDone();
		streams.get(1).cancel(true);
		this.poolClosed.get(20, TimeUnit.SECONDS);
		assertThat(streams).allMatch(CompletableFuture::isCancelled);
	}

	@Test
	void closingEndsTheCallsOnOldConnectionsToo() throws Exception {
		AsyncProvider provider = this.registry.getForModel("alias");
		CountDownLatch begun = new CountDownLatch(1);
		CompletableFuture<List<StreamEvent>> stream = provider.stream("Hi")
			.doOnNext((event) -> begun.countDown())
			.collectList()
			.toFuture();
		assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
		this.registry.refresh(config());
		this.registry.closeAsync().block(Scene.WATCHDOG);
		assertThat(stream).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(ProviderException.class,
					(error) -> assertThat(error.kind()).isEqualTo(ErrorKind.CLOSED));
		this.poolClosed.get(20, TimeUnit.SECONDS);
	}

	@Test
	void aClosedRegistryRefusesCallsOfProvidersThatFollowARefresh() {
		AsyncProvider provider = this.registry.getForModel("alias");
		this.registry.refresh(config());
		this.registry.close();
		StepVerifier.create(provider.complete("Hi"))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(ProviderException.class,
					(typed) -> assertThat(typed.kind()).isEqualTo(ErrorKind.CLOSED)))
			.verify(Scene.WATCHDOG);
		assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> this.registry.refresh(config()));
	}

	@Test
	void aMistakeChangesNothing() {
		AsyncProvider provider = this.registry.getForModel("alias");
		assertThatExceptionOfType(InvalidConfigurationException.class)
			.isThrownBy(() -> this.registry.refresh(ProviderConfig.of("test", "nothing-known")));
		assertThat(this.registry.provider("test").type().name()).isEqualTo("openai");
		assertThat(provider.complete("Hi").block(Scene.WATCHDOG).text()).isEqualTo(Scene.KEY);
	}

	@Test
	void aProviderThatIsNotConfiguredCannotBeRefreshed() {
		assertThatExceptionOfType(ProviderException.class)
			.isThrownBy(() -> this.registry.refresh(ProviderConfig.of("other", "ollama")))
			.withMessageContaining("other");
	}

	@Test
	void aProbeAsksForTheListOfModelsWithTheKey() {
		StepVerifier.create(this.registry.probe("test")).expectNext(200).expectComplete().verify(Scene.WATCHDOG);
		ReceivedRequest request = this.server.requests().get(0);
		assertThat(request.method()).isEqualTo("GET");
		assertThat(request.path()).isEqualTo("/v1/models");
		assertThat(request.header("Authorization")).isEqualTo("Bearer " + Scene.KEY);
	}

	@Test
	void aProbeWithoutAKeyAsksNothing() {
		CredentialSource none = CredentialSource.environment("NOT_SET_ANYWHERE");
		this.registry.refresh(config().withAccess(new ProviderConfig.Access(none, null)));
		StepVerifier.create(this.registry.probe("test")).expectComplete().verify(Scene.WATCHDOG);
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aProbeOfAClosedPortIsATypedError() {
		this.registry.refresh(config().withBaseUrl("http://localhost:1/v1")
			.withAccess(new ProviderConfig.Access(CredentialSource.of(ApiKey.of("k")), null)));
		StepVerifier.create(this.registry.probe("test")).expectError(ProviderException.class).verify(Scene.WATCHDOG);
	}

}
