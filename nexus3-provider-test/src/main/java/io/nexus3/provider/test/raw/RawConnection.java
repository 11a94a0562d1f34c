package io.nexus3.provider.test.raw;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import javax.net.ssl.SSLSocket;

import io.nexus3.provider.test.tls.ServerTls;

import org.jspecify.annotations.Nullable;

/**
 * One connection that a raw server accepted. What a script does with it runs on the
 * connection's own thread; what a test waits for is safe for use by any thread.
 *
 * @since 0.1.0
 */
public final class RawConnection {

	private static final int DRAIN_MILLIS = 5000;

	private final int number;

	private final Socket accepted;

	private final Consumer<RawRequest> requests;

	private final CompletableFuture<Instant> closedByClient = new CompletableFuture<>();

	private final CompletableFuture<@Nullable Throwable> ended = new CompletableFuture<>();

	private Socket socket;

	private RequestInput in;

	private int received;

	RawConnection(int number, Socket accepted, Consumer<RawRequest> requests) {
		this.number = number;
		this.accepted = accepted;
		this.socket = accepted;
		this.requests = requests;
		try {
			accepted.setTcpNoDelay(true);
			this.in = new RequestInput(new BufferedInputStream(accepted.getInputStream()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the number.
	 * @return its place among the connections of the server, from 0
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Says when the client was seen to close or reset the connection. A script sees that
	 * only while it reads, as {@link RawScript#stall()} does.
	 * @return a future with the time at which the server saw the close; cancelled if the
	 * server ended the connection first
	 */
	public CompletableFuture<Instant> closedByClient() {
		return this.closedByClient;
	}

	/**
	 * Says when the script is over.
	 * @return a future that completes with what ended the script early, such as a failed
	 * handshake, or with {@code null} when it was carried out to its end
	 */
	public CompletableFuture<@Nullable Throwable> ended() {
		return this.ended;
	}

	/**
	 * Reads one request to its end and records it.
	 * @throws IOException if the client closes the connection before
	 */
	public void readRequest() throws IOException {
		String head = this.in.head();
		this.requests.accept(new RawRequest(this.number, this.received++, head, this.in.body(head)));
	}

	/**
	 * Reads the head of a request and records it without a body, which is left where it
	 * is.
	 * @return request line and headers, without the empty line
	 * @throws IOException if the client closes the connection before
	 */
	public String readHead() throws IOException {
		String head = this.in.head();
		this.requests.accept(new RawRequest(this.number, this.received++, head, new byte[0]));
		return head;
	}

	/**
	 * Reads and forgets until the client closes the connection.
	 * @throws IOException if the client resets the connection
	 */
	public void readUntilClosed() throws IOException {
		this.in.untilClosed();
		this.closedByClient.complete(Instant.now());
	}

	/**
	 * Reads what has come, at least one byte, and forgets it.
	 * @throws IOException if the client closes the connection before
	 */
	public void readSome() throws IOException {
		this.in.some();
	}

	/**
	 * Writes bytes at once, whatever they are.
	 * @param bytes the bytes
	 * @throws IOException if the client has gone
	 */
	public void write(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
		this.socket.getOutputStream().flush();
	}

	/**
	 * Tells the client that its tunnel is open, and passes bytes between it and a server
	 * of this host until one of them closes; then the connection is closed in good order
	 * (FIN).
	 * @param port the server's port on 127.0.0.1
	 * @throws IOException if nobody listens there, or the client has gone
	 * @throws InterruptedException if the raw server was closed
	 */
	public void tunnelTo(int port) throws IOException, InterruptedException {
		Tunnel tunnel = Tunnel.to(port);
		write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		tunnel.run(this.socket, this.in.rest(), () -> this.closedByClient.complete(Instant.now()));
		this.accepted.close();
	}

	/**
	 * Goes on in TLS. Returns when the handshake is done.
	 * @param tls how
	 * @throws IOException if the handshake fails
	 */
	public void startTls(ServerTls tls) throws IOException {
		SSLSocket secured = tls.over(this.accepted);
		this.socket = secured;
		secured.startHandshake();
		this.in = new RequestInput(new BufferedInputStream(secured.getInputStream()));
	}

	/**
	 * Closes the connection in good order (FIN), even where the client has sent what
	 * nobody read, which alone would make it a reset.
	 * @throws IOException if the client has gone
	 */
	public void close() throws IOException {
		this.closedByClient.cancel(false);
		if (this.socket != this.accepted) {
			this.socket.close();
		}
		this.accepted.shutdownOutput();
		this.accepted.setSoTimeout(DRAIN_MILLIS);
		this.in.untilClosed();
		this.accepted.close();
	}

	/**
	 * Resets the connection (RST). As on a real network, bytes that the client's system
	 * has not taken yet may be lost.
	 * @throws IOException if the client has gone
	 */
	public void reset() throws IOException {
		this.closedByClient.cancel(false);
		this.accepted.setSoLinger(true, 0);
		this.accepted.close();
	}

	void run(RawScript script) {
		Throwable failure = null;
		try {
			for (RawStep step : script.steps()) {
				step.run(this);
			}
			if (!this.accepted.isClosed()) {
				close();
			}
		}
		catch (IOException ex) {
			failure = ex;
			this.closedByClient.complete(Instant.now());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			failure = ex;
		}
		catch (RuntimeException | AssertionError ex) {
			failure = ex;
		}
		finally {
			abort();
			this.ended.complete(failure);
		}
	}

	boolean open() {
		return !this.accepted.isClosed();
	}

	void abort() {
		this.closedByClient.cancel(false);
		try {
			this.accepted.close();
		}
		catch (IOException ex) {
			// Closing is all that was wanted.
		}
	}

}
