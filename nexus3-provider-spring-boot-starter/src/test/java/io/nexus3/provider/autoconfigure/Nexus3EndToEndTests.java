package io.nexus3.provider.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.registry.CallListener;
import io.nexus3.provider.registry.CallTrace;
import io.nexus3.provider.registry.ProviderDecorator;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProviders;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.wire.RawLogListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * From properties to an answer, over real connections on loopback.
 */
class Nexus3EndToEndTests {

	private static final Duration WAIT = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
				WebClientAutoConfiguration.class, Nexus3AutoConfiguration.class));

	private SimulatedProviders servers;

	@BeforeEach
	void start() {
		this.servers = SimulatedProviders.start();
	}

	@AfterEach
	void stop() {
		this.servers.close();
	}

	private ApplicationContextRunner with(Dialect dialect) {
		String type = dialect.name().toLowerCase(Locale.ROOT);
		return this.runner.withPropertyValues("nexus3.providers.box.type=" + type,
				"nexus3.providers.box.base-url=" + this.servers.baseUrl(dialect),
				"nexus3.providers.box.api-key=sk-test", "nexus3.models.fast.provider=box",
				"nexus3.models.fast.model-id=model-1");
	}

	private static void assertAnswers(AsyncProvider provider) {
		StepVerifier.create(provider.complete("Good morning"))
			.assertNext((message) -> assertThat(message.text()).contains("Good morning"))
			.expectComplete()
			.verify(WAIT);
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void everyTypeAnswersInOnePiece(Dialect dialect) {
		with(dialect).run((context) -> {
			assertAnswers(context.getBean(ProviderRegistry.class).getForModel("fast"));
			assertThat(this.servers.provider(dialect).requests()).hasSize(1);
		});
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void everyTypeStreams(Dialect dialect) {
		with(dialect).run((context) -> StepVerifier
			.create(context.getBean(ProviderRegistry.class).getForModel("fast").stream("Good morning").collectList())
			.assertNext((events) -> {
				StreamEvent last = events.get(events.size() - 1);
				assertThat(last).isInstanceOf(StreamComplete.class);
				String text = ((StreamComplete) last).message().text();
				assertThat(text).contains("Good morning").isEqualTo(deltas(events));
			})
			.expectComplete()
			.verify(WAIT));
	}

	private static String deltas(List<StreamEvent> events) {
		return events.stream()
			.filter(ContentDelta.class::isInstance)
			.map((event) -> ((ContentDelta) event).text())
			.collect(Collectors.joining());
	}

	@Test
	@DisplayName("5: models are found by default, by alias, by provider and alias, and by raw id")
	void modelsAreFoundByTheirNames() {
		with(Dialect.OPENAI)
			.withPropertyValues("nexus3.models.slow.provider=box", "nexus3.models.slow.model-id=model-2",
					"nexus3.default-model=slow")
			.run((context) -> {
				ProviderRegistry registry = context.getBean(ProviderRegistry.class);
				assertThat(registry.resolve(null).modelId()).isEqualTo("model-2");
				assertThat(registry.resolve("fast").modelId()).isEqualTo("model-1");
				assertThat(registry.resolve("box/fast").alias()).isEqualTo("fast");
				assertAnswers(registry.get("box", "model-3"));
				assertThat(this.servers.provider(Dialect.OPENAI).requests().get(0).model()).isEqualTo("model-3");
			});
	}

	@Test
	@DisplayName("5: an unknown alias is an error that lists what exists")
	void anUnknownAliasListsWhatExists() {
		with(Dialect.OPENAI).run((context) -> {
			ProviderRegistry registry = context.getBean(ProviderRegistry.class);
			assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> registry.getForModel("box/unknown"))
				.withMessageContaining("box/unknown")
				.withMessageContaining("fast");
		});
	}

	@Test
	@DisplayName("13: a missing key lets the application start and fails the first use, naming the variable")
	void aMissingKeyFailsTheFirstUse() {
		with(Dialect.OPENAI)
			.withPropertyValues("nexus3.providers.box.api-key=", "nexus3.providers.box.api-key-env=NOT_SET_ANYWHERE")
			.run((context) -> StepVerifier
				.create(context.getBean(ProviderRegistry.class).getForModel("fast").complete("Hello"))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(ProviderException.class)
					.hasMessageContaining("API key not found")
					.hasMessageContaining("NOT_SET_ANYWHERE"))
				.verify(WAIT));
	}

	@Test
	void optionsOfProviderAndModelReachTheWire() {
		with(Dialect.OPENAI)
			.withPropertyValues("nexus3.providers.box.options.temperature=0.25",
					"nexus3.providers.box.extra-headers.X-Gateway=gate", "nexus3.models.fast.options.seed=7",
					"nexus3.models.fast.extra-body.user=u-1")
			.run((context) -> {
				assertAnswers(context.getBean(ProviderRegistry.class).getForModel("fast"));
				var call = this.servers.provider(Dialect.OPENAI).requests().get(0);
				assertThat(call.body().path("temperature").asDouble()).isEqualTo(0.25);
				assertThat(call.body().path("seed").asInt()).isEqualTo(7);
				assertThat(call.body().path("user").asString()).isEqualTo("u-1");
				assertThat(call.request().header("X-Gateway")).isEqualTo("gate");
				assertThat(call.request().header("Authorization")).isEqualTo("Bearer sk-test");
			});
	}

	@Test
	void customizersOfWebClientTakePart() {
		with(Dialect.OPENAI)
			.withBean(WebClientCustomizer.class, () -> (builder) -> builder.defaultHeader("X-Customized", "yes"))
			.run((context) -> {
				assertAnswers(context.getBean(ProviderRegistry.class).getForModel("fast"));
				assertThat(this.servers.provider(Dialect.OPENAI).requests().get(0).request().header("X-Customized"))
					.isEqualTo("yes");
			});
	}

	@Test
	@DisplayName("16: a customizer cannot make redirects followed")
	void aCustomizerCannotMakeRedirectsFollowed() {
		with(Dialect.OPENAI)
			.withBean(WebClientCustomizer.class,
					() -> (builder) -> builder
						.clientConnector(new ReactorClientHttpConnector(HttpClient.create().followRedirect(true))))
			.run((context) -> {
				this.servers.provider(Dialect.OPENAI)
					.enqueue(ScriptedResponse.status(307)
						.withHeader("Location", this.servers.baseUrl(Dialect.VLLM) + "/chat/completions"));
				StepVerifier.create(context.getBean(ProviderRegistry.class).getForModel("fast").complete("Hello"))
					.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(ProviderException.class)
						.hasMessageContaining("307"))
					.verify(WAIT);
				assertThat(this.servers.provider(Dialect.VLLM).requests()).isEmpty();
			});
	}

	@Test
	void decoratorsOfTheApplicationWrapProviders() {
		with(Dialect.OPENAI)
			.withBean(ProviderDecorator.class, () -> (provider, model) -> answering(AssistantMessage.of("decorated")))
			.run((context) -> StepVerifier
				.create(context.getBean(ProviderRegistry.class).getForModel("fast").complete("Hello"))
				.assertNext((message) -> assertThat(message.text()).isEqualTo("decorated"))
				.expectComplete()
				.verify(WAIT));
	}

	private static AsyncProvider answering(AssistantMessage message) {
		return new AsyncProvider() {

			@Override
			public Mono<AssistantMessage> complete(CompletionRequest request) {
				return Mono.just(message);
			}

			@Override
			public Flux<StreamEvent> stream(CompletionRequest request) {
				return Flux.empty();
			}

		};
	}

	@Test
	void listenersOfTheApplicationAreTold() {
		List<String> told = new CopyOnWriteArrayList<>();
		with(Dialect.OPENAI).withBean(CallListener.class, () -> (call, context) -> {
			told.add(call.provider() + "/" + call.model().alias());
			return new CallTrace() {
			};
		}).run((context) -> {
			assertAnswers(context.getBean(ProviderRegistry.class).getForModel("fast"));
			assertThat(told).containsExactly("box/fast");
		});
	}

	@Test
	void theRawLogOfTheApplicationSeesTraffic() {
		AtomicReference<String> seen = new AtomicReference<>();
		with(Dialect.OPENAI).withBean(RawLogListener.class, () -> new RawLogListener() {

			@Override
			public void onRequest(Attempt attempt, String url, String body) {
				seen.set(body);
			}

		}).run((context) -> {
			assertAnswers(context.getBean(ProviderRegistry.class).getForModel("fast"));
			assertThat(seen.get()).contains("Good morning");
		});
	}

	@Test
	void theRegistryIsClosedWithTheApplication() {
		AtomicReference<ProviderRegistry> registry = new AtomicReference<>();
		with(Dialect.OPENAI).run((context) -> registry.set(context.getBean(ProviderRegistry.class)));
		assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> registry.get().getForModel("fast"));
	}

}
