package io.nexus3.provider.test.raw;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.test.http.Gate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class RawServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String POST = "POST /x HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi";

	private static Socket connect(RawServer server) throws IOException {
		return new Socket("127.0.0.1", server.port());
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String rest(Socket socket) throws IOException {
		return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	@Test
	void answersSeveralRequestsOfOneConnection() throws Exception {
		RawScript once = RawScript.start().readRequest().write("a").write("b");
		try (RawServer server = RawServer.start(once.then(once)); Socket client = connect(server)) {
			send(client, POST + POST);
			assertThat(rest(client)).isEqualTo("abab");
			assertThat(server.requests()).extracting(RawRequest::orderOnConnection).containsExactly(0, 1);
			assertThat(server.requests().get(0).bodyText()).isEqualTo("hi");
			assertThat(server.requests().get(0).head()).startsWith("POST /x");
		}
	}

	@Test
	void readsChunkedRequests() throws Exception {
		try (RawServer server = RawServer.start(RawScript.start().readRequest()); Socket client = connect(server)) {
			send(client, "POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n1\r\n!\r\n0\r\n\r\n");
			assertThat(server.awaitRequest(0, PATIENCE).bodyText()).isEqualTo("hi!");
		}
	}

	@Test
	void resetsAConnection() throws Exception {
		try (RawServer server = RawServer.start(RawScript.start().readRequest().reset());
				Socket client = connect(server)) {
			send(client, POST);
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> rest(client))
				.withMessageContaining("reset");
		}
	}

	@Test
	void closesInGoodOrderEvenWhereSomethingIsUnread() throws Exception {
		Gate sent = new Gate();
		try (RawServer server = RawServer.start(RawScript.start().await(sent).write("bye"));
				Socket client = connect(server)) {
			send(client, POST);
			sent.open();
			assertThat(rest(client)).isEqualTo("bye");
		}
	}

	@Test
	void followsAnotherScriptOnEachConnection() throws Exception {
		try (RawServer server = RawServer.start(RawScript.start().write("1"), RawScript.start().write("2"));
				Socket first = connect(server)) {
			assertThat(rest(first)).isEqualTo("1");
			try (Socket second = connect(server); Socket third = connect(server)) {
				assertThat(rest(second)).isEqualTo("2");
				assertThat(rest(third)).isEqualTo("2");
			}
			assertThat(server.connections()).hasSize(3);
		}
	}

	@Test
	void dribblesByteByByte() throws Exception {
		try (RawServer server = RawServer.start(RawScript.start().dribble("abc", Duration.ZERO));
				Socket client = connect(server)) {
			assertThat(rest(client)).isEqualTo("abc");
		}
	}

	@Test
	void waitsAtAGate() throws Exception {
		Gate gate = new Gate();
		try (RawServer server = RawServer.start(RawScript.start().write("a").await(gate).write("b"));
				Socket client = connect(server)) {
			InputStream in = client.getInputStream();
			assertThat(in.read()).isEqualTo('a');
			gate.reached().get(10, TimeUnit.SECONDS);
			assertThat(in.available()).isZero();
			gate.open();
			assertThat(in.read()).isEqualTo('b');
		}
	}

	@Test
	void saysWhenTheClientCloses() throws Exception {
		try (RawServer server = RawServer.start(RawScript.start().write("a").stall())) {
			try (Socket client = connect(server)) {
				client.getInputStream().read();
				assertThat(server.openConnections()).isEqualTo(1);
			}
			server.connections().get(0).closedByClient().get(10, TimeUnit.SECONDS);
			server.connections().get(0).ended().get(10, TimeUnit.SECONDS);
			assertThat(server.openConnections()).isZero();
		}
	}

	@Test
	void writesForEverUntilTheClientCloses() throws Exception {
		try (RawServer server = RawServer.start(RawScript.start().writeForEver("x", Duration.ZERO))) {
			try (Socket client = connect(server)) {
				assertThat(client.getInputStream().readNBytes(1000)).containsOnly('x');
			}
			server.connections().get(0).closedByClient().get(10, TimeUnit.SECONDS);
			server.connections().get(0).ended().get(10, TimeUnit.SECONDS);
			assertThat(server.openConnections()).isZero();
		}
	}

	@RepeatedTest(50)
	void endsItsThreadsWhenClosed() throws Exception {
		RawServer server = RawServer.start(RawScript.start().freeze());
		try (Socket client = connect(server)) {
			assertThat(client.isConnected()).isTrue();
			RawConnection connection = server.awaitConnection(0, PATIENCE);
			server.close();
			assertThat(connection.ended().get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
			assertThat(connection.closedByClient()).isCancelled();
		}
	}

	@Test
	void neverCompletesAConnectionToABlackHole() throws Exception {
		try (BlackHole hole = BlackHole.open(); Socket client = new Socket()) {
			assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> client.connect(new InetSocketAddress("127.0.0.1", hole.port()), 300));
		}
	}

	@Test
	void answersWhileTheBodyIsOnItsWay() throws Exception {
		RawScript early = RawScript.start().readHead().write("early").stall();
		try (RawServer server = RawServer.start(early); Socket client = connect(server)) {
			send(client, "POST /x HTTP/1.1\r\nContent-Length: 1000\r\n\r\n");
			assertThat(client.getInputStream().readNBytes(5)).isEqualTo("early".getBytes(StandardCharsets.UTF_8));
			send(client, "x".repeat(1000));
			client.close();
			assertThat(server.connections().get(0).closedByClient()).succeedsWithin(PATIENCE);
			assertThat(server.requests()).singleElement()
				.satisfies((request) -> assertThat(request.bodyText()).isEmpty());
		}
	}

	@Test
	void tunnelsToThePortThatIsAskedForOnThisHost() throws Exception {
		try (RawServer target = RawServer.start(RawScript.start().readRequest().write("answer"));
				RawServer proxy = RawServer.start(RawScript.start().tunnel());
				Socket client = connect(proxy)) {
			// What follows the head at once belongs to the tunnel.
			send(client, "CONNECT far.example:%d HTTP/1.1\r\n\r\n%s".formatted(target.port(), POST));
			assertThat(rest(client)).isEqualTo("HTTP/1.1 200 Connection established\r\n\r\nanswer");
			assertThat(target.requests()).extracting(RawRequest::bodyText).containsExactly("hi");
			assertThat(proxy.requests()).extracting(RawRequest::head)
				.containsExactly("CONNECT far.example:" + target.port() + " HTTP/1.1");
		}
	}

	@Test
	void closesTheTunnelWhenTheClientDoes() throws Exception {
		try (RawServer target = RawServer.start(RawScript.start().stall());
				RawServer proxy = RawServer.start(RawScript.start().tunnelTo(target.port()))) {
			try (Socket client = connect(proxy)) {
				send(client, "CONNECT far.example:443 HTTP/1.1\r\n\r\n");
				target.awaitConnection(0, PATIENCE);
			}
			assertThat(target.connections().get(0).closedByClient()).succeedsWithin(PATIENCE);
			assertThat(proxy.connections().get(0).closedByClient()).succeedsWithin(PATIENCE);
		}
	}

	@Test
	void opensNoTunnelForAnythingButConnect() throws Exception {
		try (RawServer proxy = RawServer.start(RawScript.start().tunnel()); Socket client = connect(proxy)) {
			send(client, "GET http://far.example/ HTTP/1.1\r\n\r\n");
			assertThat(rest(client)).isEmpty();
			assertThat(proxy.connections().get(0).ended().get(10, TimeUnit.SECONDS)).hasMessageContaining("CONNECT");
		}
	}

	@Test
	void aClosedPortRefusesAndIsNotGivenToAnybody() {
		try (ClosedPort closed = ClosedPort.take()) {
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Socket("127.0.0.1", closed.port()));
			assertThatExceptionOfType(BindException.class)
				.isThrownBy(() -> new ServerSocket(closed.port(), 1, InetAddress.getByName("127.0.0.1")));
			assertThat(closed.baseUrl()).isEqualTo("http://127.0.0.1:" + closed.port());
		}
	}

}
