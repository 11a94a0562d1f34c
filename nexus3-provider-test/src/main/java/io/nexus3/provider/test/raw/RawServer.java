package io.nexus3.provider.test.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * A server on loopback that knows no HTTP: what it sends on each connection, and how the
 * connection ends, is a {@link RawScript}. For faults that no HTTP server can show:
 * resets at a chosen moment, endless heads, half a chunk, a stalled handshake. Each
 * connection has a thread of its own (a daemon). Safe for use by any thread.
 *
 * @since 0.1.0
 */
public final class RawServer implements AutoCloseable {

	private static final int BACKLOG = 1024;

	private final Object monitor = new Object();

	private final List<RawConnection> connections = new ArrayList<>();

	private final List<RawRequest> requests = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	private final ServerSocket listening;

	private final IntFunction<RawScript> scripts;

	private RawServer(IntFunction<RawScript> scripts) {
		this.scripts = scripts;
		try {
			this.listening = new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No port of 127.0.0.1 can be listened on", ex);
		}
		start("raw-server-accept", this::accept);
	}

	/**
	 * Starts a server on a free port of 127.0.0.1.
	 * @param scripts what to do on the first connection, the second and so on; the last
	 * one is repeated
	 * @return the running server, to be closed by the caller
	 */
	public static RawServer start(RawScript... scripts) {
		return start((number) -> scripts[Math.min(number, scripts.length - 1)]);
	}

	/**
	 * Starts a server on a free port of 127.0.0.1.
	 * @param scripts gives what to do on a connection by its number, from 0
	 * @return the running server, to be closed by the caller
	 */
	public static RawServer start(IntFunction<RawScript> scripts) {
		return new RawServer(scripts);
	}

	private void accept() {
		try {
			while (!this.listening.isClosed()) {
				serve(this.listening.accept());
			}
		}
		catch (IOException ex) {
			// Closed: nothing more is accepted.
		}
	}

	/** In one go, so that closing finds either the running thread or nothing at all. */
	private void serve(Socket socket) throws IOException {
		synchronized (this.monitor) {
			if (this.listening.isClosed()) {
				socket.close();
				return;
			}
			RawConnection connection = new RawConnection(this.connections.size(), socket, this::received);
			this.connections.add(connection);
			start("raw-server-" + connection.number(), () -> connection.run(this.scripts.apply(connection.number())));
			this.monitor.notifyAll();
		}
	}

	private void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		synchronized (this.monitor) {
			this.threads.add(thread);
		}
		thread.start();
	}

	private void received(RawRequest request) {
		synchronized (this.monitor) {
			this.requests.add(request);
			this.monitor.notifyAll();
		}
	}

	/**
	 * Returns the port.
	 * @return the port that the server listens on
	 */
	public int port() {
		return this.listening.getLocalPort();
	}

	/**
	 * Returns the address for plain HTTP.
	 * @return {@code http://127.0.0.1:port}, without a slash at the end
	 */
	public String baseUrl() {
		return "http://127.0.0.1:" + port();
	}

	/**
	 * Returns the address for HTTP over TLS.
	 * @return {@code https://localhost:port}, without a slash at the end
	 */
	public String secureUrl() {
		return "https://localhost:" + port();
	}

	/**
	 * Returns what was accepted so far.
	 * @return a snapshot of all connections in the order of acceptance
	 */
	public List<RawConnection> connections() {
		synchronized (this.monitor) {
			return List.copyOf(this.connections);
		}
	}

	/**
	 * Returns what was read so far.
	 * @return a snapshot of all requests that scripts read, in that order
	 */
	public List<RawRequest> requests() {
		synchronized (this.monitor) {
			return List.copyOf(this.requests);
		}
	}

	/**
	 * Returns how many connections are open now.
	 * @return the number of connections that neither side is known to have closed
	 */
	public int openConnections() {
		return (int) connections().stream().filter(RawConnection::open).count();
	}

	/**
	 * Waits for a connection.
	 * @param number its number, from 0
	 * @param timeout how long to wait
	 * @return the connection
	 * @throws AssertionError if it did not come in time
	 * @throws InterruptedException if the thread was interrupted
	 */
	public RawConnection awaitConnection(int number, Duration timeout) throws InterruptedException {
		await("connection", number, timeout, () -> connections().size());
		return connections().get(number);
	}

	/**
	 * Waits for a request to be read.
	 * @param number its place among all requests, from 0
	 * @param timeout how long to wait
	 * @return the request
	 * @throws AssertionError if it did not come in time
	 * @throws InterruptedException if the thread was interrupted
	 */
	public RawRequest awaitRequest(int number, Duration timeout) throws InterruptedException {
		await("request", number, timeout, () -> requests().size());
		return requests().get(number);
	}

	private void await(String what, int number, Duration timeout, IntSupplier count) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		synchronized (this.monitor) {
			while (count.getAsInt() <= number) {
				long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
				if (left <= 0) {
					throw new AssertionError("The %s number %d did not come within %s; %d came".formatted(what, number,
							timeout, count.getAsInt()));
				}
				this.monitor.wait(left);
			}
		}
	}

	/**
	 * Stops listening, closes all connections and ends the threads. Closing twice has no
	 * effect.
	 */
	@Override
	public void close() {
		try {
			this.listening.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		connections().forEach(RawConnection::abort);
		synchronized (this.monitor) {
			this.threads.forEach(Thread::interrupt);
		}
	}

}
