package io.nexus3.provider.test.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port of loopback at which connecting neither succeeds nor fails: it is listened on,
 * but its queue is full and nobody accepts, so that the system drops what comes, as a
 * firewall does. Works where the system drops rather than refuses, as Linux does.
 *
 * @since 0.1.0
 */
public final class BlackHole implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 250;

	private static final int MOST = 64;

	private final ServerSocket listening;

	private final List<Socket> queue = new ArrayList<>();

	private BlackHole(InetAddress address) throws IOException {
		this.listening = new ServerSocket(0, 1, address);
	}

	/**
	 * Opens one on a free port of 127.0.0.1.
	 * @return the black hole, to be closed by the caller
	 * @throws IllegalStateException if this system takes every connection
	 */
	public static BlackHole open() {
		return open("127.0.0.1");
	}

	/**
	 * Opens one on a free port.
	 * @param address a loopback address, such as {@code 127.0.0.2}
	 * @return the black hole, to be closed by the caller
	 * @throws IllegalStateException if this system takes every connection
	 */
	public static BlackHole open(String address) {
		try {
			BlackHole hole = new BlackHole(InetAddress.getByName(address));
			hole.fill();
			return hole;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No port of " + address + " can be listened on", ex);
		}
	}

	private void fill() throws IOException {
		while (this.queue.size() < MOST) {
			Socket waiting = new Socket();
			this.queue.add(waiting);
			try {
				waiting.connect(new InetSocketAddress(this.listening.getInetAddress(), port()), PATIENCE_MILLIS);
			}
			catch (SocketTimeoutException ex) {
				return;
			}
		}
		close();
		throw new IllegalStateException("This system does not drop connections when a queue is full");
	}

	/**
	 * Returns the port.
	 * @return the port at which connecting never completes
	 */
	public int port() {
		return this.listening.getLocalPort();
	}

	/**
	 * Returns the address.
	 * @return such as {@code http://127.0.0.1:port}, without a slash at the end
	 */
	public String baseUrl() {
		return "http://" + this.listening.getInetAddress().getHostAddress() + ":" + port();
	}

	/**
	 * Closes the port; those who still wait for it are refused. Closing twice has no
	 * effect.
	 */
	@Override
	public void close() {
		try {
			for (Socket waiting : this.queue) {
				waiting.close();
			}
			this.listening.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
