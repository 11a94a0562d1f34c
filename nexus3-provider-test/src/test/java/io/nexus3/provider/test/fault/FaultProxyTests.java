package io.nexus3.provider.test.fault;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.nexus3.provider.test.fault.ProxiedConnection.End;
import io.nexus3.provider.test.fault.ProxiedConnection.Side;
import io.nexus3.provider.test.http.Http;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.test.raw.ClosedPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FaultProxyTests {

	private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

	private ServerSocket listening;

	private FaultProxy proxy;

	private Socket client;

	private Socket server;

	@BeforeEach
	void start() throws IOException {
		this.listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		this.listening.setSoTimeout((int) Http.SOON.toMillis());
		this.proxy = FaultProxy.start(this.listening.getLocalPort());
	}

	@AfterEach
	void stop() throws IOException {
		this.proxy.close();
		this.listening.close();
		if (this.client != null) {
			this.client.close();
			this.server.close();
		}
	}

	private void connect() throws IOException {
		this.client = new Socket("127.0.0.1", this.proxy.port());
		this.server = this.listening.accept();
		this.client.setSoTimeout((int) Http.SOON.toMillis());
		this.server.setSoTimeout((int) Http.SOON.toMillis());
	}

	private void connect(Toxics toxics) throws IOException {
		this.proxy.use(ToxicPlan.always(toxics));
		connect();
	}

	private ProxiedConnection connection() {
		return this.proxy.connections().get(0);
	}

	private End end() throws Exception {
		return connection().ended().get(10, TimeUnit.SECONDS);
	}

	private static String read(Socket socket, int bytes) throws IOException {
		return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
	}

	private static void assertSilent(Socket socket) throws IOException {
		socket.setSoTimeout(100);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> socket.getInputStream().read());
	}

	@Test
	void passesBytesInBothDirections() throws Exception {
		connect();
		this.client.getOutputStream().write(HELLO);
		assertThat(read(this.server, 5)).isEqualTo("hello");
		this.server.getOutputStream().write(HELLO);
		assertThat(read(this.client, 5)).isEqualTo("hello");
	}

	@Test
	void passesLargeAnswersUnchanged() throws Exception {
		byte[] body = new byte[3_000_000];
		for (int i = 0; i < body.length; i++) {
			body[i] = (byte) (i * 31 + i / 1000);
		}
		connect(Toxics.onDownstream(new Toxic.Slicer(1_000, Duration.ZERO)));
		Thread writer = new Thread(() -> {
			try (Socket socket = this.server) {
				socket.getOutputStream().write(body);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		writer.start();
		assertThat(this.client.getInputStream().readAllBytes()).isEqualTo(body);
		assertThat(end()).isEqualTo(new End(Side.SERVER, null));
		assertThat(connection().downstreamBytes()).isEqualTo(body.length);
	}

	@Test
	void saysThatTheClientClosed() throws Exception {
		connect();
		this.client.getOutputStream().write(HELLO);
		this.client.close();
		assertThat(this.server.getInputStream().readAllBytes()).isEqualTo(HELLO);
		assertThat(end()).isEqualTo(new End(Side.CLIENT, null));
		assertThat(connection().upstreamBytes()).isEqualTo(5);
		assertThat(connection().downstreamBytes()).isZero();
	}

	@Test
	void handsAResetOn() throws Exception {
		connect();
		this.server.setSoLinger(true, 0);
		this.server.close();
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.client.getInputStream().read());
		assertThat(end().by()).isEqualTo(Side.SERVER);
	}

	@Test
	void resetsWhereTheServerRefuses() throws Exception {
		// Not a server that is closed: somebody else may listen at its port by then.
		try (ClosedPort closed = ClosedPort.take();
				FaultProxy refused = FaultProxy.start(closed.port());
				Socket socket = new Socket("127.0.0.1", refused.port())) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read());
			assertThat(refused.connections().get(0).ended().get(10, TimeUnit.SECONDS).by()).isEqualTo(Side.SERVER);
		}
	}

	@Test
	void delaysDataByItsLatency() throws Exception {
		connect(Toxics.onUpstream(new Toxic.Latency(Duration.ofMillis(80), Duration.ofMillis(30))));
		long start = System.nanoTime();
		this.client.getOutputStream().write(HELLO);
		assertThat(read(this.server, 5)).isEqualTo("hello");
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
	}

	@Test
	void keepsToItsBandwidth() throws Exception {
		connect(Toxics.onDownstream(new Toxic.Bandwidth(10_000)));
		long start = System.nanoTime();
		this.server.getOutputStream().write(new byte[2_000]);
		assertThat(read(this.client, 2_000)).hasSize(2_000);
		// 2,000 bytes take 200 ms, of which the pause after the last piece is not seen.
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(140));
	}

	@Test
	void hidesTheEndForAWhile() throws Exception {
		connect(Toxics.onDownstream(new Toxic.SlowClose(Duration.ofMillis(100))));
		long start = System.nanoTime();
		this.server.getOutputStream().write(HELLO);
		this.server.close();
		assertThat(this.client.getInputStream().readAllBytes()).isEqualTo(HELLO);
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
		assertThat(end()).isEqualTo(new End(Side.SERVER, null));
	}

	@Test
	void stallsWithTheConnectionOpen() throws Exception {
		connect(Toxics.onDownstream(new Toxic.Stall(3)));
		this.server.getOutputStream().write(HELLO);
		assertThat(read(this.client, 3)).isEqualTo("hel");
		assertSilent(this.client);
		assertThat(this.proxy.openConnections()).isEqualTo(1);
	}

	@Test
	void seesTheEndOfAStalledConnection() throws Exception {
		connect(Toxics.onDownstream(new Toxic.Stall(0)));
		this.server.getOutputStream().write(HELLO);
		this.server.close();
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
		assertThat(end()).isEqualTo(new End(Side.SERVER, null));
	}

	@Test
	void resetsBothSidesAfterSoManyBytes() throws Exception {
		Toxic reset = new Toxic.Reset(5);
		connect(Toxics.onUpstream(reset));
		this.client.getOutputStream().write(HELLO);
		assertThat(end()).isEqualTo(new End(Side.PROXY, reset));
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.client.getInputStream().read());
		assertThat(connection().upstreamBytes()).isEqualTo(5);
	}

	@Test
	void resetsBeforeTheFirstByte() throws Exception {
		connect(Toxics.onUpstream(new Toxic.Reset(0)));
		this.client.getOutputStream().write(HELLO);
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.server.getInputStream().read());
		assertThat(connection().upstreamBytes()).isZero();
	}

	@Test
	void slicesDataIntoPieces() throws Exception {
		connect(Toxics.onUpstream(new Toxic.Slicer(2, Duration.ofMillis(40))));
		this.client.getOutputStream().write(HELLO);
		InputStream input = this.server.getInputStream();
		assertThat(input.read(new byte[10])).isEqualTo(2);
		assertThat(read(this.server, 3)).isEqualTo("llo");
	}

	@Test
	void closesAfterSoManyBytes() throws Exception {
		Toxic limit = new Toxic.LimitData(4);
		connect(Toxics.onDownstream(limit));
		this.server.getOutputStream().write(HELLO);
		assertThat(new String(this.client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
			.isEqualTo("hell");
		assertThat(end()).isEqualTo(new End(Side.PROXY, limit));
	}

	@Test
	void changesOpenConnections() throws Exception {
		connect(Toxics.onDownstream(new Toxic.Stall(0)));
		this.server.getOutputStream().write(HELLO);
		assertSilent(this.client);
		this.proxy.use(Toxics.none());
		this.client.setSoTimeout((int) Http.SOON.toMillis());
		// The change comes to the connection by itself: write until it has.
		while (this.client.getInputStream().available() == 0) {
			this.server.getOutputStream().write('x');
			Thread.onSpinWait();
		}
		assertThat(read(this.client, 1)).isEqualTo("x");
	}

	@Test
	void choosesForEachConnection() throws Exception {
		this.proxy.use((number) -> (number == 0) ? Toxics.onUpstream(new Toxic.LimitData(0)) : Toxics.none());
		connect();
		this.client.getOutputStream().write(HELLO);
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
		this.client.close();
		this.server.close();
		connect();
		this.client.getOutputStream().write(HELLO);
		assertThat(read(this.server, 5)).isEqualTo("hello");
		assertThat(this.proxy.acceptedConnections()).isEqualTo(2);
	}

	@Test
	void choosesForEachExchangeOfAKeptConnection() throws Exception {
		try (ScriptedServer http = ScriptedServer.start((request) -> ScriptedResponse.json(200, "{}"));
				FaultProxy between = FaultProxy.start(http.port())) {
			between
				.useForEachExchange((number) -> (number == 2) ? Toxics.onUpstream(new Toxic.Reset(0)) : Toxics.none());
			try (Socket socket = new Socket("127.0.0.1", between.port())) {
				byte[] request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
				for (int i = 0; i < 2; i++) {
					socket.getOutputStream().write(request);
					assertThat(readAnswer(socket)).endsWith("{}");
				}
				socket.getOutputStream().write(request);
				assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read());
			}
			assertThat(between.exchanges()).isEqualTo(3);
			assertThat(http.requests()).hasSize(2);
			assertThat(between.connections().get(0).toxics()).hasSize(1);
		}
	}

	private static String readAnswer(Socket socket) throws IOException {
		StringBuilder answer = new StringBuilder();
		while (answer.indexOf("{}") < 0) {
			answer.append((char) socket.getInputStream().read());
		}
		return answer.toString();
	}

	@Test
	void slowsTheSenderDownWhereTheReceiverIsSlow() throws Exception {
		connect();
		AtomicBoolean done = new AtomicBoolean();
		Thread writer = new Thread(() -> {
			try {
				this.server.getOutputStream().write(new byte[64 * 1024 * 1024]);
				done.set(true);
			}
			catch (IOException ex) {
				// The test is over.
			}
		});
		writer.start();
		long before = -1;
		while (connection().downstreamBytes() == 0 || connection().downstreamBytes() != before) {
			before = connection().downstreamBytes();
			writer.join(200);
		}
		assertThat(done).isFalse();
		assertThat(before).isLessThan(32 * 1024 * 1024);
		this.client.close();
		writer.join(Http.SOON.toMillis());
		assertThat(writer.isAlive()).isFalse();
	}

	@Test
	void hitsTheSameOnesForTheSameSeed() {
		List<Toxics> choices = List.of(Toxics.onUpstream(new Toxic.Reset(0)), Toxics.onDownstream(new Toxic.Stall(9)));
		ToxicPlan plan = ToxicPlan.randomly(42, 0.3, choices);
		List<Toxics> first = IntStream.range(0, 10_000).mapToObj(plan::choose).toList();
		ToxicPlan same = ToxicPlan.randomly(42, 0.3, choices);
		assertThat(IntStream.range(0, 10_000).mapToObj(same::choose).toList()).isEqualTo(first);
		assertThat(first.stream().filter((toxics) -> !toxics.isEmpty()).count()).isBetween(2_800L, 3_200L);
		assertThat(first).containsAll(choices);
	}

	@Test
	void countsTheLastOfTwoToxicsOfAKind() throws Exception {
		Toxics both = Toxics.onDownstream(new Toxic.Slicer(1, Duration.ofSeconds(60)))
			.and(Toxics.onDownstream(new Toxic.Slicer(5, Duration.ZERO)));
		connect(both);
		this.server.getOutputStream().write(HELLO);
		assertThat(read(this.client, 5)).isEqualTo("hello");
	}

	@Test
	void refusesToxicsThatMakeNoSense() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Toxic.Slicer(0, Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> new Toxic.Bandwidth(0));
		assertThatIllegalArgumentException().isThrownBy(() -> new Toxic.Reset(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> new Toxic.SlowClose(Duration.ofMillis(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> ToxicPlan.randomly(1, 1.5, List.of(Toxics.none())));
	}

	@Test
	void forgetsConnectionsButServesThemOn() throws Exception {
		connect();
		this.proxy.clearConnections();
		this.client.getOutputStream().write(HELLO);
		assertThat(read(this.server, 5)).isEqualTo("hello");
		assertThat(this.proxy.connections()).isEmpty();
		assertThat(this.proxy.openConnections()).isEqualTo(1);
	}

	@Test
	void closesItsConnectionsWhenItIsClosed() throws Exception {
		connect();
		this.proxy.close();
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
		assertThat(end()).isEqualTo(new End(Side.PROXY, null));
		assertThat(this.proxy.openConnections()).isZero();
	}

}
