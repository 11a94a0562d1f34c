package io.nexus3.provider.test.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ScriptedServerTests {

	private final HttpClient client = Http.client();

	private ScriptedServer server;

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.server.close();
		}
	}

	private void start(ScriptedResponse response) {
		this.server = ScriptedServer.start((request) -> response);
	}

	private HttpResponse<String> post(String body) throws Exception {
		return Http.send(this.client, Http.post(this.server.uri("/v1/chat?a=b"), body));
	}

	private HttpResponse<InputStream> open() throws Exception {
		return this.client.send(Http.post(this.server.uri("/stream"), "{}"), HttpResponse.BodyHandlers.ofInputStream());
	}

	@Test
	void answersWithStatusHeadersAndBody() throws Exception {
		start(ScriptedResponse.json(429, "{\"error\":1}").withHeader("Retry-After", "2"));
		HttpResponse<String> response = post("{}");
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.headers().firstValue("retry-after")).contains("2");
		assertThat(response.headers().firstValue("content-type")).contains("application/json");
		assertThat(response.headers().firstValue("content-length")).contains("11");
		assertThat(response.body()).isEqualTo("{\"error\":1}");
	}

	@Test
	void recordsTheRequestAsItWasSent() throws Exception {
		start(ScriptedResponse.status(204));
		HttpRequest request = HttpRequest.newBuilder(this.server.uri("/v1/chat?a=b"))
			.header("X-Two", "one")
			.header("X-Two", "two")
			.POST(HttpRequest.BodyPublishers.ofString("grüße"))
			.build();
		Http.send(this.client, request);
		ReceivedRequest received = this.server.requests().get(0);
		assertThat(received.method()).isEqualTo("POST");
		assertThat(received.path()).isEqualTo("/v1/chat");
		assertThat(received.query()).isEqualTo("a=b");
		assertThat(received.headers().get("x-TWO")).containsExactly("one", "two");
		assertThat(received.header("x-two")).isEqualTo("one");
		assertThat(received.header("absent")).isNull();
		assertThat(received.bodyText()).isEqualTo("grüße");
	}

	@Test
	void reusesAConnectionAndSaysWhichRequestCameOnIt() throws Exception {
		start(ScriptedResponse.json(200, "{}"));
		post("1");
		post("2");
		assertThat(this.server.requests()).extracting(ReceivedRequest::order).containsExactly(0, 1);
		assertThat(this.server.requests()).extracting(ReceivedRequest::connection).containsExactly(0, 0);
		assertThat(this.server.requests()).extracting(ReceivedRequest::orderOnConnection).containsExactly(0, 1);
		assertThat(this.server.acceptedConnections()).isEqualTo(1);
	}

	@Test
	void sendsNoContentTypeThatWasNotScripted() throws Exception {
		start(ScriptedResponse.status(200).thenWrite("data: x\n\n"));
		assertThat(post("{}").headers().firstValue("content-type")).isEmpty();
	}

	@Test
	void everyWriteIsAChunkOfItsOwn() throws Exception {
		start(ScriptedResponse.sse("data: ab\n\n").splitAt(4, 7));
		assertThat(Http.wire(this.server)).endsWith("\r\n\r\n4\r\ndata\r\n3\r\n: a\r\n3\r\nb\n\n\r\n0\r\n\r\n");
	}

	@Test
	void theBodyMayLastUntilTheConnectionCloses() throws Exception {
		start(ScriptedResponse.sse("data: ab\n\n").withFraming(Framing.UNTIL_CLOSE));
		HttpResponse<String> response = post("{}");
		assertThat(response.headers().firstValue("transfer-encoding")).isEmpty();
		assertThat(response.body()).isEqualTo("data: ab\n\n");
	}

	@Test
	void rawBytesReachTheClientUnchanged() throws Exception {
		start(ScriptedResponse.raw("no http at all"));
		assertThat(Http.wire(this.server)).isEqualTo("no http at all");
	}

	@Test
	void whatIsWrittenBeforeAGateArrivesWhileTheGateIsShut() throws Exception {
		Gate gate = new Gate();
		start(ScriptedResponse.sse("first").thenAwait(gate).thenWrite("second"));
		try (InputStream body = open().body()) {
			assertThat(body.readNBytes(5)).asString().isEqualTo("first");
			gate.reached().get(10, TimeUnit.SECONDS);
			assertThat(body.available()).isZero();
			gate.open();
			assertThat(body.readAllBytes()).asString().isEqualTo("second");
		}
	}

	@Test
	void aGateBeforeTheHeadHoldsBackTheStatus() throws Exception {
		Gate gate = new Gate();
		start(ScriptedResponse.json(200, "{}").withHeadAfter(gate));
		CompletableFuture<HttpResponse<String>> response = this.client.sendAsync(Http.post(this.server.uri("/"), "{}"),
				HttpResponse.BodyHandlers.ofString());
		gate.reached().get(10, TimeUnit.SECONDS);
		assertThat(this.server.exchanges().get(0).bytesWritten()).isZero();
		assertThat(response).isNotDone();
		gate.open();
		assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
	}

	@Test
	void aPauseSeparatesTwoWrites() throws Exception {
		start(ScriptedResponse.sse("ab").oneBytePerWrite().withPauseBetweenWrites(Duration.ofMillis(150)));
		try (InputStream body = open().body()) {
			body.read();
			long first = System.nanoTime();
			body.read();
			assertThat(Duration.ofNanos(System.nanoTime() - first)).isBetween(Duration.ofMillis(100), Http.SOON);
		}
	}

	@Test
	void anAbruptCloseIsAnErrorForTheClientAfterTheDataSoFar() throws Exception {
		start(ScriptedResponse.sse("abc").withEnding(Ending.CLOSE));
		try (InputStream body = open().body()) {
			assertThat(body.readNBytes(3)).asString().isEqualTo("abc");
			assertThatIOException().isThrownBy(body::read);
		}
	}

	@Test
	void aPromisedLengthThatIsNotReachedIsAnErrorForTheClient() {
		start(ScriptedResponse.json(200, "{}").withHeader("Content-Length", "10").withEnding(Ending.CLOSE));
		assertThatIOException().isThrownBy(() -> post("{}"));
	}

	@Test
	void aResetIsSeenAsAResetByTheClient() throws Exception {
		Gate gate = new Gate();
		start(ScriptedResponse.sse("abc").thenAwait(gate).withEnding(Ending.RESET));
		try (Socket socket = Http.socket(this.server)) {
			socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			InputStream in = socket.getInputStream();
			assertThat(in.read()).isEqualTo('H');
			gate.open();
			assertThatExceptionOfType(SocketException.class).isThrownBy(in::readAllBytes)
				.withMessageContaining("reset");
		}
	}

	@Test
	void aResetBeforeAnyByteIsSeenByTheClient() {
		start(ScriptedResponse.noAnswer(Ending.RESET));
		assertThatIOException().isThrownBy(() -> post("{}"));
	}

	@Test
	void aCloseBeforeAnyByteGivesTheClientNothing() throws Exception {
		start(ScriptedResponse.noAnswer(Ending.CLOSE));
		assertThat(Http.wire(this.server)).isEmpty();
	}

	@Test
	void aKeptConnectionCanDieSilentlyAfterACompleteAnswer() throws Exception {
		start(ScriptedResponse.json(200, "{}").withEnding(Ending.CLEAN_THEN_CLOSE));
		try (Socket socket = Http.socket(this.server)) {
			socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(socket.getInputStream().readAllBytes()).asString()
				.endsWith("Content-Length: 2\r\n\r\n{}")
				.doesNotContain("Connection");
		}
	}

	@Test
	void aStallLastsUntilTheClientGivesUpAndThatIsSeen() throws Exception {
		start(ScriptedResponse.sse("abc").withEnding(Ending.STALL));
		Instant start = Instant.now();
		Exchange exchange;
		try (InputStream body = open().body()) {
			body.readNBytes(3);
			exchange = this.server.awaitExchange(0, Http.SOON);
			exchange.answered().get(10, TimeUnit.SECONDS);
			assertThat(exchange.closedByClient()).isNotDone();
		}
		assertThat(exchange.closedByClient().get(10, TimeUnit.SECONDS)).isBetween(start, Instant.now());
	}

	@Test
	void aCloseByTheServerIsNotTakenForOneByTheClient() throws Exception {
		start(ScriptedResponse.sse("abc").withEnding(Ending.STALL));
		Exchange exchange;
		try (InputStream body = open().body()) {
			body.readNBytes(3);
			exchange = this.server.awaitExchange(0, Http.SOON);
			this.server.closeConnections();
			assertThatIOException().isThrownBy(body::read);
		}
		assertThat(exchange.closedByClient()).isCancelled();
		assertThat(this.server.openConnections()).isZero();
	}

	@Test
	void aClientThatReadsNothingStopsTheServerFromWriting() throws Exception {
		byte[] block = new byte[32 * 1024];
		start(ScriptedResponse.sse().then(new BodyStep.Repeat(block, Long.MAX_VALUE)));
		try (Socket socket = Http.socket(this.server)) {
			OutputStream out = socket.getOutputStream();
			out.write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			Exchange exchange = this.server.awaitExchange(0, Http.SOON);
			long written = stillAfterAWhile(exchange);
			assertThat(written).isBetween(1L, 64L * 1024 * 1024);
			socket.getInputStream().readNBytes(2 * (int) written);
			assertThat(exchange.bytesWritten()).isGreaterThan(written);
		}
	}

	private static long stillAfterAWhile(Exchange exchange) throws Exception {
		long before = -1;
		while (exchange.bytesWritten() != before || before == 0) {
			before = exchange.bytesWritten();
			new CompletableFuture<Void>().completeOnTimeout(null, 200, TimeUnit.MILLISECONDS).get();
		}
		return before;
	}

	@Test
	void aBodyOfOneByteWritesArrivesWholeAndFast() throws Exception {
		String body = "0123456789".repeat(2048);
		start(ScriptedResponse.sse(body).oneBytePerWrite());
		long start = System.nanoTime();
		assertThat(post("{}").body()).isEqualTo(body);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
	}

	@Test
	void largeWritesArriveInOrder() throws Exception {
		byte[] letters = "abcdefgh".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
		start(ScriptedResponse.sse().then(new BodyStep.Repeat(letters, 40)));
		assertThat(post("{}").body()).isEqualTo("abcdefgh".repeat(2_000_000));
	}

	@Test
	void requestsSentBeforeTheAnswerAreAnsweredInOrder() throws Exception {
		this.server = ScriptedServer.start(
				(request) -> ScriptedResponse.status(200).thenWrite(request.uri()).withHeadAfter(Duration.ofMillis(5)));
		try (Socket socket = Http.socket(this.server)) {
			socket.getOutputStream()
				.write("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(socket.getInputStream().readAllBytes()).asString()
				.containsSubsequence("HTTP/1.1 200", "/1", "HTTP/1.1 200", "/2");
		}
	}

	@Test
	void aFailingHandlerIsAnsweredWithItsReason() throws Exception {
		this.server = ScriptedServer.start((request) -> {
			throw new IllegalStateException("no more answers");
		});
		HttpResponse<String> response = post("{}");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).contains("no more answers");
	}

	@Test
	void waitingForARequestThatDoesNotComeFailsTheTest() {
		start(ScriptedResponse.status(200));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.server.awaitExchange(0, Duration.ofMillis(20)))
			.withMessageContaining("did not come");
	}

	@Test
	void forgottenExchangesAreGoneButCountedOn() throws Exception {
		start(ScriptedResponse.json(200, "{}"));
		post("1");
		this.server.clearExchanges();
		post("2");
		assertThat(this.server.requests()).extracting(ReceivedRequest::order).isEqualTo(List.of(1));
	}

	@Test
	void aClosedServerRefusesConnectionsAndLeavesNoThread() throws Exception {
		start(ScriptedResponse.status(200));
		post("{}");
		int port = this.server.port();
		this.server.close();
		this.server.close();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Socket("127.0.0.1", port).close());
		List<Thread> threads = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("scripted-server"))
			.toList();
		for (Thread thread : threads) {
			// Its loop has ended; the thread itself may be on its last step.
			thread.join(5_000);
		}
		assertThat(threads).noneMatch(Thread::isAlive);
	}

	@Test
	void aRequestIsPrintedWithoutItsHeaders() throws IOException, InterruptedException {
		start(ScriptedResponse.status(204));
		Http.send(this.client,
				HttpRequest.newBuilder(this.server.uri("/x")).header("Authorization", "Bearer canary").GET().build());
		assertThat(this.server.requests().get(0).toString()).contains("GET /x").doesNotContain("canary");
	}

}
