package io.nexus3.provider.test.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nexus3.provider.test.recording.ExchangeFolder.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a real provider and writes every exchange to a folder of its own:
 * {@code meta.json}, {@code request.json} and {@code response.sse} or
 * {@code response.json}, to be played back by {@link RecordedExchanges}. Of the headers
 * only those known to be harmless are written; keys of eight characters or more are
 * overwritten wherever else they turn up. What users say is written: record with invented
 * conversations. Safe for use by any thread.
 *
 * @since 0.1.0
 */
public final class RecordingProxy implements AutoCloseable {

	private static final Set<String> NOT_FORWARDED = Set.of("connection", "host", "content-length", "expect", "upgrade",
			"transfer-encoding", "keep-alive", "te", "trailer", "http2-settings", "accept-encoding", "proxy-connection",
			"proxy-authorization");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "recording-proxy");
		thread.setDaemon(true);
		return thread;
	});

	private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

	private final HttpServer server;

	private final String upstream;

	private final ExchangeFolder folder;

	private RecordingProxy(HttpServer server, String upstream, Path folder) {
		this.server = server;
		this.upstream = upstream;
		this.folder = new ExchangeFolder(folder);
	}

	/**
	 * Starts a proxy on a free port of 127.0.0.1.
	 * @param upstream the base URL of the real provider, as the application has it
	 * @param folder where to write; made if it is not there, and what is there is kept
	 * @return the running proxy, to be closed by the caller
	 * @throws UncheckedIOException if no port can be opened
	 */
	public static RecordingProxy start(URI upstream, Path folder) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
			String base = upstream.toString();
			RecordingProxy proxy = new RecordingProxy(server,
					base.endsWith("/") ? base.substring(0, base.length() - 1) : base, folder);
			server.setExecutor(proxy.threads);
			server.createContext("/", proxy::forward);
			server.start();
			return proxy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns what the application is configured with in place of the real base URL.
	 * @return the base URL, without a slash at the end
	 */
	public String baseUrl() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	private void forward(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.upstream + exchange.getRequestURI()))
			.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
		exchange.getRequestHeaders().forEach((name, values) -> {
			if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
				values.forEach((value) -> request.header(name, value));
			}
		});
		// The recording holds the text, so the server must not compress it.
		request.header("Accept-Encoding", "identity");
		Answering answering = new Answering(exchange);
		IOException broken = null;
		try {
			this.client.send(request.build(), answering);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			broken = new IOException("The proxy was closed", ex);
		}
		catch (IOException ex) {
			broken = ex;
		}
		HttpResponse.ResponseInfo info = answering.info;
		ResponseRelay relay = answering.relay;
		if (info == null || relay == null) {
			refuse(exchange, broken);
			return;
		}
		// Before the client sees the end, so that it finds the recording then.
		record(new Recorded(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
				exchange.getRequestHeaders(), body, info.statusCode(), info.headers().map(), relay.copy(),
				broken != null));
		if (broken != null) {
			// Makes the server drop the connection, as happened here.
			throw broken;
		}
		exchange.close();
	}

	private void record(Recorded recorded) {
		try {
			this.folder.write(recorded);
		}
		catch (IOException ex) {
			this.failure.compareAndSet(null, ex);
		}
	}

	private static void refuse(HttpExchange exchange, @Nullable IOException reason) throws IOException {
		byte[] message = ("The recorded server cannot be reached: " + reason).getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(502, message.length);
		exchange.getResponseBody().write(message);
		exchange.close();
	}

	/**
	 * Stops the proxy. Exchanges under way are cut and written as truncated.
	 * @throws UncheckedIOException if an exchange could not be written
	 */
	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
		try {
			this.threads.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		IOException failed = this.failure.get();
		if (failed != null) {
			throw new UncheckedIOException("An exchange could not be written", failed);
		}
	}

	/**
	 * Begins the answer to the client when the head of the real one is there.
	 */
	private static final class Answering implements HttpResponse.BodyHandler<@Nullable Void> {

		private final HttpExchange exchange;

		private volatile HttpResponse.@Nullable ResponseInfo info;

		private volatile @Nullable ResponseRelay relay;

		Answering(HttpExchange exchange) {
			this.exchange = exchange;
		}

		@Override
		public HttpResponse.BodySubscriber<@Nullable Void> apply(HttpResponse.ResponseInfo head) {
			head.headers().map().forEach((name, values) -> {
				if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
					values.forEach((value) -> this.exchange.getResponseHeaders().add(name, value));
				}
			});
			boolean bodiless = head.statusCode() == 204 || head.statusCode() == 304;
			try {
				this.exchange.sendResponseHeaders(head.statusCode(), bodiless ? -1 : 0);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			ResponseRelay begun = new ResponseRelay(this.exchange.getResponseBody());
			this.info = head;
			this.relay = begun;
			return begun;
		}

	}

}
