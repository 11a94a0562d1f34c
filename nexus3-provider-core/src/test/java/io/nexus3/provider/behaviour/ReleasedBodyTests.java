package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Exchange;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.transport.HttpTransports;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cancellation between the head of the answer and the subscription of its body. Spring
 * then subscribes to the body itself, to read it to its end.
 */
class ReleasedBodyTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	@ParameterizedTest
	@EnumSource
	@DisplayName("59: a cancellation just before the body is subscribed closes the connection")
	void closesTheConnection(Moment moment) throws Exception {
		assertClosed(moment, 200, (registry) -> registry.getForModel("alias").stream("Hi").then());
	}

	@ParameterizedTest
	@EnumSource
	void closesTheConnectionOfAnError(Moment moment) throws Exception {
		assertClosed(moment, 500, (registry) -> registry.getForModel("alias").complete("Hi").then());
	}

	@ParameterizedTest
	@EnumSource
	void closesTheConnectionOfAProbe(Moment moment) throws Exception {
		assertClosed(moment, 200, (registry) -> registry.probe("test").then());
	}

	private static void assertClosed(Moment moment, int status, Function<ProviderRegistry, Mono<Void>> made)
			throws Exception {
		Disposable.Swap call = Disposables.swap();
		CompletableFuture<Void> crossed = new CompletableFuture<>();
		HttpTransports transports = transports((response) -> moment.at(response, () -> {
			call.dispose();
			crossed.complete(null);
		}));
		ScriptedResponse endless = ScriptedResponse.sse(ServedAnswers.delta("He"))
			.withStatus(status)
			.thenAwait(new Gate());
		try (ScriptedServer server = ScriptedServer.start((request) -> endless);
				ProviderRegistry registry = registry(server, transports)) {
			call.update(made.apply(registry).subscribe());
			Exchange exchange = server.awaitExchange(0, SOON);
			assertThat(crossed).succeedsWithin(SOON);
			assertThat(exchange.closedByClient()).succeedsWithin(SOON);
		}
	}

	private static HttpTransports transports(UnaryOperator<Mono<ClientResponse>> filter) {
		return new HttpTransports(
				(provider) -> WebClient.builder().filter((request, next) -> filter.apply(next.exchange(request))));
	}

	private static ProviderRegistry registry(ScriptedServer server, HttpTransports transports) {
		return ProviderRegistry
			.builder(ProvidersConfig.of(List.of(Scene.retrying(0).apply(Scene.provider("openai", server.baseUrl()))),
					List.of(ModelConfig.of("alias", "test", "gpt")), null))
			.transports(transports)
			.build();
	}

	/** Where the cancellation comes from. */
	private enum Moment {

		/** Spring's subscription to the body is there before anybody else's. */
		ON_THE_EVENT_LOOP {
			@Override
			Mono<ClientResponse> at(Mono<ClientResponse> response, Runnable cancel) {
				return response.doOnNext((head) -> cancel.run());
			}
		},

		/** Spring's subscription has to wait for the event loop. */
		BESIDE_THE_EVENT_LOOP {
			@Override
			Mono<ClientResponse> at(Mono<ClientResponse> response, Runnable cancel) {
				return response.doOnNext((head) -> {
					CompletableFuture<Void> done = CompletableFuture.runAsync(cancel);
					while (!done.isDone()) {
						// An event loop must not park, not even in a test.
					}
				});
			}
		},

		/** The event loop is free to do what it is asked to. */
		AFTER_A_HOP {
			@Override
			Mono<ClientResponse> at(Mono<ClientResponse> response, Runnable cancel) {
				return response.publishOn(Schedulers.parallel()).doOnNext((head) -> cancel.run());
			}
		};

		abstract Mono<ClientResponse> at(Mono<ClientResponse> response, Runnable cancel);

	}

}
