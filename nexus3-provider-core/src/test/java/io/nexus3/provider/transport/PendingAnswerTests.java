package io.nexus3.provider.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an attempt may do to its connection, and for how long.
 */
class PendingAnswerTests {

	private static final Duration WATCHDOG = Duration.ofSeconds(10);

	private static final ClientRequest REQUEST = ClientRequest.create(HttpMethod.GET, URI.create("http://localhost/"))
		.build();

	private final Gate gate = new Gate();

	private final ScriptedServer server = ScriptedServer
		.start((request) -> (request.order() == 0) ? ScriptedResponse.json(200, "{}")
				: ScriptedResponse.status(200).thenWrite("he").thenAwait(this.gate).thenWrite("llo"));

	private final ConnectionProvider pool = ConnectionProvider.create("one", 1);

	private final CompletableFuture<Connection> second = new CompletableFuture<>();

	@AfterEach
	void close() {
		this.pool.disposeLater().block(WATCHDOG);
		this.server.close();
	}

	@Test
	void aFailureAfterTheEndLeavesTheConnectionToTheNextCall() throws Exception {
		assertThat(nextCallDuring(PendingAnswer::failed)).isEqualTo("hello");
		assertThat(this.server.acceptedConnections()).isEqualTo(1);
	}

	@Test
	void aCancellationAfterTheEndLeavesTheConnectionToTheNextCall() throws Exception {
		List<Throwable> errors = new CopyOnWriteArrayList<>();
		assertThat(nextCallDuring((answer) -> cancel(answer, errors))).isEqualTo("hello");
		assertThat(this.server.acceptedConnections()).isEqualTo(1);
		assertThat(errors).isEmpty();
	}

	@Test
	void aFailureBeforeTheEndClosesTheConnection() throws Exception {
		get(new PendingAnswer(null)).block(WATCHDOG);
		PendingAnswer answer = new PendingAnswer(null);
		List<String> pieces = body(answer).doOnNext((piece) -> answer.failed()).collectList().block(WATCHDOG);
		assertThat(pieces).containsExactly("he");
		assertThat(this.server.awaitExchange(1, WATCHDOG).closedByClient().get(10, TimeUnit.SECONDS)).isNotNull();
	}

	/** What the second call says when something happens to the first one during it. */
	private String nextCallDuring(Consumer<PendingAnswer> event) throws Exception {
		PendingAnswer first = new PendingAnswer(null);
		get(first).block(WATCHDOG);
		CompletableFuture<String> next = get(new PendingAnswer(null)).toFuture();
		Connection connection = this.second.get(10, TimeUnit.SECONDS);
		event.accept(first);
		connection.channel().eventLoop().submit(() -> {
		}).get(10, TimeUnit.SECONDS);
		this.gate.open();
		return next.get(10, TimeUnit.SECONDS);
	}

	private Mono<String> get(PendingAnswer answer) {
		return body(answer).collect(Collectors.joining());
	}

	private Flux<String> body(PendingAnswer answer) {
		return HttpClient.create(this.pool).doOnRequest((request, connection) -> {
			PendingAnswer.of(request.currentContextView()).connected(connection, false);
			if (!this.server.requests().isEmpty()) {
				this.second.complete(connection);
			}
		}).get().uri(this.server.uri("/")).responseContent().asString().contextWrite(answer::in);
	}

	private static void cancel(PendingAnswer answer, List<Throwable> errors) {
		Mono<ClientResponse> pending = PendingAnswer.watched(REQUEST, (request) -> Mono.never());
		pending.doOnError(errors::add).contextWrite(answer::in).subscribe().dispose();
	}

}
