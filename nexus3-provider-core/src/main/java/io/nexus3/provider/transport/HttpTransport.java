package io.nexus3.provider.transport;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.AuthMethod;
import io.nexus3.provider.wire.AnswerReader;
import io.nexus3.provider.wire.HttpFailure;
import io.nexus3.provider.wire.WireHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The connections of one provider, and single attempts over them. What comes is read as
 * what it is: events, or one JSON body, whichever was asked for.
 *
 * @since 0.1.0
 */
public final class HttpTransport {

	/** How long an error's body may take; its status is known by then. */
	private static final Duration ERROR_BODY_TIMEOUT = Duration.ofSeconds(5);

	private final TransportSettings settings;

	private final ConnectionProvider pool;

	private final WebClient client;

	/** Where a connection of the pool turned out to be dead, the next may be too. */
	private final WebClient unpooled;

	private volatile @Nullable Place last;

	HttpTransport(TransportSettings settings, WebClient.Builder builder, HttpTransports.Seams seams) {
		this.settings = settings;
		this.pool = HttpClients.pool(settings, seams.pools());
		this.client = client(builder, this.pool, seams);
		this.unpooled = client(builder, ConnectionProvider.newConnection(), seams);
		HttpClients.warnAbout(settings);
	}

	private WebClient client(WebClient.Builder builder, ConnectionProvider connections, HttpTransports.Seams seams) {
		HttpClient http = seams.network().apply(HttpClients.client(this.settings, connections, seams));
		return builder.clone()
			.clientConnector(new ReactorClientHttpConnector(http))
			.filter(PendingAnswer::watched)
			.build();
	}

	/**
	 * Make one attempt. Cancelling closes its connection.
	 * @param attempt the attempt
	 * @param <T> what the answer is read into
	 * @return one list per buffer that the network gave, possibly an empty one; errors
	 * are {@link io.nexus3.provider.ProviderException}s
	 */
	public <T> Flux<List<T>> exchange(AttemptRequest<T> attempt) {
		URI uri = uri(attempt.pathAndQuery());
		PendingAnswer answer = new PendingAnswer(attempt.reader());
		RawLog rawLog = attempt.rawLog();
		Redactor redactor = new Redactor(attempt.key());
		if (rawLog != null) {
			rawLog.redactWith(redactor);
			rawLog.request(uri.toString(), new String(attempt.request().body(), StandardCharsets.UTF_8));
		}
		return (attempt.fresh() ? this.unpooled : this.client).post()
			.uri(uri)
			.headers((headers) -> headers(headers, attempt))
			.bodyValue(attempt.request().body())
			.exchangeToFlux((response) -> {
				answer.take();
				return read(response, attempt, redactor, answer);
			})
			.onErrorMap((ex) -> TransportErrors.map(ex, this.settings.baseUrl(), this.settings.connections().proxy()))
			.contextWrite(answer::in);
	}

	/** Most calls go where the last one went. */
	private URI uri(String pathAndQuery) {
		Place last = this.last;
		if (last == null || !last.pathAndQuery.equals(pathAndQuery)) {
			last = new Place(pathAndQuery, URI.create(this.settings.baseUrl() + pathAndQuery));
			this.last = last;
		}
		return last.uri;
	}

	/**
	 * Names in lower case, as HTTP/2 has them: Spring looks all of them up that way, and
	 * makes them so each time that headers are copied.
	 */
	private void headers(HttpHeaders headers, AttemptRequest<?> attempt) {
		attempt.request().headers().forEach(headers::set);
		attempt.extraHeaders().forEach(headers::set);
		headers.set("content-type", MediaType.APPLICATION_JSON_VALUE);
		headers.set("accept", attempt.request().stream() ? "text/event-stream, application/json"
				: "application/json, text/event-stream");
		headers.set("accept-encoding", "identity");
		authorize(headers, this.settings.authMethod(), attempt.key());
	}

	private static void authorize(HttpHeaders headers, AuthMethod method, @Nullable ApiKey key) {
		if (key == null) {
			return;
		}
		switch (method) {
			case BEARER -> headers.set("authorization", "Bearer " + key.reveal());
			case API_KEY -> headers.set("api-key", key.reveal());
			case X_API_KEY -> headers.set("x-api-key", key.reveal());
			case NONE -> {
			}
		}
	}

	private <T> Flux<List<T>> read(ClientResponse response, AttemptRequest<T> attempt, Redactor redactor,
			PendingAnswer answer) {
		int status = response.statusCode().value();
		WireHeaders headers = WireHeaders.of(asMap(response.headers().asHttpHeaders()));
		AnswerReader<T> reader = attempt.reader();
		reader.head(status, headers);
		Flux<DataBuffer> sent = response.body(BodyExtractors.toDataBuffers()).onErrorMap((ex) -> {
			answer.failed();
			return TransportErrors.mapBody(ex, this.settings.baseUrl());
		});
		Flux<DataBuffer> body = Inflation.of(headers.first("content-encoding"),
				this.settings.reading().limits().responseBody(), sent);
		if (status < 200 || status >= 300 || status == 204 || status == 205) {
			return failure(status, headers, body, attempt, redactor).flatMapMany(Flux::error);
		}
		return new BodyReader<>(status, headers, attempt, this.settings.reading().limits()).read(body);
	}

	private Mono<RuntimeException> failure(int status, WireHeaders headers, Flux<DataBuffer> body,
			AttemptRequest<?> attempt, Redactor redactor) {
		ErrorBody error = new ErrorBody(this.settings.reading().limits().errorBody());
		Flux<DataBuffer> start = body.doOnComplete(error::end)
			.takeUntil(error::add)
			.take(ERROR_BODY_TIMEOUT, attempt.timer())
			.onErrorComplete();
		return start.then(Mono.fromSupplier(() -> {
			byte[] bytes = redactor.redact(error.bytes(), !error.truncated());
			if (attempt.rawLog() != null) {
				attempt.rawLog().response(status, new String(bytes, StandardCharsets.UTF_8), error.truncated());
			}
			return attempt.reader().failure(new HttpFailure(status, headers, bytes, error.truncated()));
		}));
	}

	/**
	 * Ask with GET, and look no further than the status.
	 * @param pathAndQuery what follows the base URL
	 * @param extraHeaders headers besides the credentials, already checked
	 * @param key the key, or {@code null} for none
	 * @return the status; errors are {@link io.nexus3.provider.ProviderException}s
	 */
	public Mono<Integer> probe(String pathAndQuery, Map<String, String> extraHeaders, @Nullable ApiKey key) {
		PendingAnswer answer = new PendingAnswer(null);
		return this.client.get().uri(URI.create(this.settings.baseUrl() + pathAndQuery)).headers((headers) -> {
			extraHeaders.forEach(headers::set);
			headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
			headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
			authorize(headers, this.settings.authMethod(), key);
		}).exchangeToMono((response) -> {
			answer.take();
			ErrorBody start = new ErrorBody(this.settings.reading().limits().errorBody());
			return response.body(BodyExtractors.toDataBuffers())
				.doOnError((ex) -> answer.failed())
				.takeUntil(start::add)
				.then(Mono.just(response.statusCode().value()));
		})
			.onErrorMap((ex) -> TransportErrors.map(ex, this.settings.baseUrl(), this.settings.connections().proxy()))
			.contextWrite(answer::in);
	}

	private static Map<String, List<String>> asMap(HttpHeaders headers) {
		Map<String, List<String>> map = new HashMap<>();
		headers.forEach(map::put);
		return map;
	}

	/**
	 * Close all connections without waiting for it.
	 */
	public void close() {
		this.pool.dispose();
	}

	/**
	 * Close all connections.
	 * @return completes when they are closed
	 */
	public Mono<Void> closeAsync() {
		return this.pool.disposeLater();
	}

	private record Place(String pathAndQuery, URI uri) {

	}

}
